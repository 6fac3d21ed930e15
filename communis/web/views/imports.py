"""The stewards' pages of imports. For anybody else, signed in or out, they are an address that never was."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.channels.importers import deciding, running, settling
from communis.channels.importers.models import Import
from communis.channels.importers.pictures import look
from communis.conversations.refusals import Refused
from communis.journal.ids import public_id
from communis.people.models import Person
from communis.web.access import hidden_is_missing
from communis.web.import_report import rows_of
from communis.web.limited_upload import limit_upload
from communis.web.middleware import LookingRequest
from communis.web.unwritable import UNWRITABLE

LONGEST_NAME = 200


def for_stewards(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Asks who it is before anything else, the form's token too: no answer may tell that there is a page."""
    inside = csrf_protect(hidden_is_missing(view))

    @wraps(view)
    def guarded(request: LookingRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.person is None or not request.person.steward:
            raise Http404
        limit_upload(request)
        return inside(request, *arguments, **named)

    return csrf_exempt(guarded)


@for_stewards
@require_http_methods(["GET", "POST"])
def imports(request: LookingRequest) -> HttpResponse:
    """Upload an export; and one's earlier imports."""
    if request.method == "GET":
        return _list(request)
    name = request.POST.get("name", "").replace(UNWRITABLE, "").strip()
    key = request.POST.get("key", "")
    upload = request.FILES.get("file")
    try:
        if len(name) > LONGEST_NAME:
            raise Refused(_("Make it at most 200 characters. All you wrote is here."), "name")
        if getattr(request, "too_large", False):
            limit = _("The file is larger than %(size)d MiB. Export the blog in parts, one year at a time.")
            raise Refused(limit % {"size": settings.LARGEST_IMPORT_MIB}, "file")
        if upload is None:
            raise Refused(_("Choose the file that WordPress saved."), "file")
        if not settings.PUBLIC_RUNG:
            raise Refused(
                _("This organisation opens nothing to everyone, so a blog cannot be brought in."), "file"
            )
        asked = running.ask_for_import(
            upload.chunks(), name or upload.name or _("A blog"), by=_steward(request), key=key
        )
    except Refused as refusal:
        return _list(request, name, {refusal.field: refusal.message})
    return HttpResponseRedirect(reverse("import", args=[asked]))


def _list(request: LookingRequest, name: str = "", errors: dict[str, str] | None = None) -> HttpResponse:
    context = {
        "imports": running.own_imports(by=_steward(request)),
        "name": name,
        "errors": errors or {},
        "key": public_id(),
        "largest": settings.LARGEST_IMPORT_MIB,
    }
    return render(request, "imports/list.html", context, status=422 if errors else 200)


@for_stewards
@require_safe
def one(request: LookingRequest, import_id: str) -> HttpResponse:
    """What an import would bring in, how far it is, or what it brought in."""
    job = running.own_import(import_id, by=_steward(request))
    return _fetched(request, job) if job.kind == "pictures" else _page(request, job)


@for_stewards
@require_POST
def names(request: LookingRequest, import_id: str) -> HttpResponse:
    """Ask a person whether a name in the blog is theirs."""
    steward = _steward(request)
    typed = {name: request.POST.get(name, "").replace(UNWRITABLE, "") for name in ("outside", "email")}
    key = request.POST.get("key", "")
    try:
        settling.offer(import_id, typed["outside"], typed["email"], by=steward, key=key)
    except Refused as refusal:
        job = running.own_import(import_id, by=steward)
        return _page(request, job, typed=typed, errors={refusal.field: refusal.message})
    messages.success(request, _("Asked. You see the answer under Stewards: who wrote what came in."))
    return HttpResponseRedirect(reverse("import", args=[import_id]))


def _page(
    request: LookingRequest,
    job: Import,
    fault: tuple[str, str] = ("", ""),
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    held, waiting = deciding.held_of(job, by=_steward(request))
    done = job.state == Import.State.FINISHED
    context = {
        "job": job,
        "under_way": _under_way(job),
        "refused": job.state == Import.State.REFUSED,
        "done": done,
        "rows": rows_of(job.report) if done else [],
        "more_refused": job.report.get("refused_total", 0) - len(job.report.get("refused", [])),
        "held": [(one, public_id()) for one in held] if done and not job.dry_run else [],
        "waiting": waiting,
        "names": done and not job.dry_run,
        "typed": typed or {},
        "errors": errors or {},
        "fault_at": fault[0],
        "fault": fault[1],
        "key": public_id(),
        "seen": _seen(job),
    }
    return render(request, "imports/one.html", context, status=422 if fault[1] or errors else 200)


def _fetched(request: LookingRequest, job: Import) -> HttpResponse:
    context = {
        "job": job,
        "under_way": _under_way(job),
        "refused": job.state == Import.State.REFUSED,
        "faults": job.report.get("refused", []),
        "more_refused": job.report.get("refused_total", 0) - len(job.report.get("refused", [])),
        "seen": _seen(job),
    }
    return render(request, "imports/fetched.html", context)


@for_stewards
@require_http_methods(["GET", "POST"])
def pictures(request: LookingRequest, import_id: str) -> HttpResponse:
    """The pictures of a blog that are still links, and the choice to fetch them."""
    steward = _steward(request)
    if request.method == "POST":
        asked = running.ask_for_pictures(import_id, by=steward, key=request.POST.get("key", ""))
        return HttpResponseRedirect(reverse("import", args=[asked]))
    blog = running.own_blog(import_id, by=steward)
    found = look(blog.report["source"])
    context = {"job": blog, "found": found, "hosts": found.hosts.most_common(), "key": public_id()}
    return render(request, "imports/pictures.html", context)


@for_stewards
@require_safe
def progress(request: LookingRequest, import_id: str) -> HttpResponse:
    """Asked every other second while the page is open: no body as long as nothing changed."""
    job = running.own_import(import_id, by=_steward(request))
    if not _under_way(job):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.GET.get("seen") == _seen(job):
        response = HttpResponse(status=204)
        response._csp_exempt = True  # type: ignore[attr-defined]  # what django-csp sets itself
        return response
    return render(request, "imports/progress.html", {"job": job, "seen": _seen(job)})


@for_stewards
@require_POST
def bringing_in(request: LookingRequest, import_id: str) -> HttpResponse:
    """After the dry run."""
    running.bring_it_in(import_id, by=_steward(request))
    return HttpResponseRedirect(reverse("import", args=[import_id]))


@for_stewards
@require_POST
def held(request: LookingRequest, import_id: str, held: str) -> HttpResponse:
    """``do``: publish or leave-out."""
    steward = _steward(request)
    job = running.own_import(import_id, by=steward)
    key = request.POST.get("key", "")
    try:
        if request.POST.get("do") == "publish":
            deciding.publish(held, by=steward, key=key)
            messages.success(request, _("Published."))
        else:
            deciding.leave_out(held, by=steward, key=key)
            messages.success(request, _("Left out."))
    except Refused as refusal:
        return _page(request, job, (held, refusal.message))
    return HttpResponseRedirect(reverse("import", args=[import_id]))


def _under_way(job: Import) -> bool:
    return job.state in (Import.State.WAITING, Import.State.RUNNING)


def _seen(job: Import) -> str:
    return f"{job.state}-{job.progress.get('done', 0)}"


def _steward(request: LookingRequest) -> Person:
    assert request.person is not None  # behind for_stewards
    return request.person
