"""Being cut down: the report to one person whom the organisation has named, and that person's list."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.answers import cutting_down
from communis.conversations.lines import line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.drawn_alone import draw_alone
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def report(request: LookingRequest, line: str) -> HttpResponse:
    """Say that these words cut one down: to whom, what that person will read, and a word."""
    person = cast(Person, request.person)  # behind signed_in
    seen = line_seen(line, request.viewer).share
    if not cutting_down.may_report(seen, by=person):
        raise NotThere
    word, fault = request.POST.get("text", ""), ""
    if request.method == "POST":
        try:
            receiver, key = request.POST.get("receiver", ""), request.POST.get("key", "")
            cutting_down.report(line, receiver, word, by=person, key=key)
            messages.success(request, _("Reported. You are told when it is handled."))
            return HttpResponseRedirect(reverse("line", args=[line]))
        except Refused as refused:
            fault = refused.message
    context = {
        "line": line,
        "drawn": draw_alone(seen),
        "receiver": cutting_down.who_receives(seen, by=person),
        "reported": cutting_down.own_report(seen, request.viewer, by=person),
        "text": word,
        "fault": fault,
        "key": request.POST.get("key", "") or public_id(),
    }
    return render(request, "answers/report.html", context, status=422 if fault else 200)


@require_safe
@signed_in
def reports(request: LookingRequest) -> HttpResponse:
    """What was reported to the person who looks."""
    return _list(request)


def _list(request: LookingRequest, **refused: str) -> HttpResponse:
    """The list; with the reason that was typed below a report, when it was refused."""
    found = cutting_down.reports_to(request.viewer, by=cast(Person, request.person))
    # Sanitised when the words were stored; the report is a copy of them.
    rows = [
        (one, mark_safe(one.own_words), mark_safe(one.words))  # noqa: S308
        for one in found
    ]
    context = {"rows": rows, "key": public_id(), **refused}
    return render(request, "answers/reports.html", context, status=422 if refused else 200)


@require_POST
@keeps_words
@signed_in
def hide(request: LookingRequest, report: str) -> HttpResponse:
    """Hide the words that were reported."""
    reason = request.POST.get("reason", "")
    try:
        key = request.POST.get("key", "")
        cutting_down.hide_reported(report, reason, by=cast(Person, request.person), key=key)
    except Refused as refusal:
        return _list(request, refused=report, reason=reason, fault=refusal.message)
    messages.success(request, _("Hidden. The one who wrote it is told."))
    return HttpResponseRedirect(reverse("reports"))


@require_POST
@signed_in
def handled(request: LookingRequest, report: str) -> HttpResponse:
    """It is handled."""
    cutting_down.handle(report, by=cast(Person, request.person))
    messages.success(request, _("Handled. The one who reported it is told."))
    return HttpResponseRedirect(reverse("reports"))
