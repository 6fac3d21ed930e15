"""The stewards' page to bring in a list of what was tried: first a look at each row, then the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communis.channels.importers.trials import kept_lists
from communis.channels.importers.trials.importing import Judged, Outcome, counts, import_trials
from communis.channels.importers.trials.reading import MOST_BYTES
from communis.conversations.refusals import Refused
from communis.people.models import Person
from communis.web.middleware import LookingRequest
from communis.web.views.imports import for_stewards

# Somebody waits for the page: longer lists are for the command.
MOST_ON_PAGE = 500


@for_stewards
@require_http_methods(["GET", "POST"])
def import_list(request: LookingRequest) -> HttpResponse:
    """Upload a list and see what becomes of each row; then press to bring it in. Before that nothing is written."""
    if request.method == "GET":
        return _page(request)
    try:
        if request.POST.get("list"):
            return _bring_in(request, request.POST["list"])
        data = _uploaded(request)
        judged = import_trials(data, by=_steward(request), dry_run=True, most=MOST_ON_PAGE)
    except Refused as refused:
        return _page(request, fault=refused.message)
    return _page(request, judged, kept_lists.keep(data))


def _uploaded(request: LookingRequest) -> bytes:
    upload = request.FILES.get("file")
    if upload is None or upload.size is None:
        raise Refused(_("Choose the list: a CSV file that a spreadsheet has saved."), "file")
    if upload.size > MOST_BYTES:
        raise Refused(_("The file is larger than 5 MB. Divide it, and bring in one part at a time."), "file")
    data: bytes = upload.read()
    return data


def _bring_in(request: LookingRequest, name: str) -> HttpResponse:
    try:
        data = kept_lists.kept(name)
    except LookupError:
        # Pressed twice, or a week ago: what came in is there already.
        raise Refused(_("That list has been brought in, or is not kept any more. Choose it again.")) from None
    judged = import_trials(data, by=_steward(request))
    kept_lists.forget(name)
    added = counts(judged)[Outcome.ADDED]
    messages.success(request, _("Brought in: %(added)d.") % {"added": added})
    if any(one.outcome == Outcome.REFUSED for one in judged):
        return _page(request, judged)
    return HttpResponseRedirect(reverse("trials"))


def _page(
    request: LookingRequest, judged: list[Judged] | None = None, kept: str = "", fault: str = ""
) -> HttpResponse:
    said = {
        Outcome.ADDED: _("will be added") if kept else _("added"),
        Outcome.THERE: _("is there already"),
        Outcome.REFUSED: _("cannot be used"),
    }
    context: dict[str, Any] = {
        "here": "trials",
        "rows": [(one, said[one.outcome]) for one in judged or []],
        "looked": judged is not None,
        "added": counts(judged or [])[Outcome.ADDED],
        "kept": kept,
        "fault": fault,
    }
    return render(request, "trials/import.html", context, status=422 if fault else 200)


def _steward(request: LookingRequest) -> Person:
    assert request.person is not None  # behind for_stewards
    return request.person
