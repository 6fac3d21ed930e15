"""What one promises those who ask: within how many days one answers, when one is closed or away, and who stands in."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.answers.absences import absence_of, say_away, say_back, who_can_stand_in
from communis.answers.promises import promise, promise_of
from communis.conversations.refusals import Refused
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.middleware import LookingRequest
from communis.web.typed_days import day_written

_AWAY = ("away_from", "away_until", "stand_in")


@require_http_methods(["GET", "POST"])
@signed_in
def own_promise(request: LookingRequest) -> HttpResponse:
    """Within how many days one answers, and whether one is closed to new asks."""
    person = cast(Person, request.person)  # behind signed_in
    if request.method == "GET":
        return _page(request)
    typed = {name: request.POST.get(name, "") for name in ("days", "closed_until", "because")}
    try:
        closed_until = day_written(typed["closed_until"], "closed_until")
        promise(_whole(typed["days"]), by=person, closed_until=closed_until, because=typed["because"])
    except Refused as refused:
        return _page(request, typed, refused)
    messages.success(request, _("Your promise is kept. People see it before they ask."))
    return HttpResponseRedirect(reverse("to-answer"))


@require_POST
@signed_in
def absence(request: LookingRequest) -> HttpResponse:
    """When one is away, and who answers meanwhile; or that one is here."""
    person = cast(Person, request.person)
    if request.POST.get("do") == "here":
        say_back(by=person)
        messages.success(request, _("You are here. Nobody answers in your place."))
        return HttpResponseRedirect(reverse("to-answer"))
    typed = {name: request.POST.get(name, "") for name in _AWAY}
    try:
        first, last = (day_written(typed[name], name) for name in ("away_from", "away_until"))
        say_away(first, last, typed["stand_in"], request.viewer, by=person)
    except Refused as refused:
        return _page(request, typed, refused)
    messages.success(request, _("Noted. Those who can ask you see it before they ask."))
    return HttpResponseRedirect(reverse("to-answer"))


def _page(
    request: LookingRequest, typed: dict[str, str] | None = None, fault: Refused | None = None
) -> HttpResponse:
    person = cast(Person, request.person)
    can_stand_in = who_can_stand_in(request.viewer, by=person)
    away, now = absence_of(person), promise_of(person.id)
    said = {
        "days": str(now.days),
        "closed_until": now.closed_until.isoformat() if now.closed_until else "",
        "because": now.closed_because,
        "away_from": away.first.isoformat() if away else "",
        "away_until": away.last.isoformat() if away else "",
        "stand_in": next((one.public_id for one in can_stand_in if away and one.id == away.stand_in_id), ""),
    }
    context = {
        "here": "to-answer",
        "typed": said | (typed or {}),
        "fault": fault.message if fault else "",
        "field": fault.field if fault else "",
        "away_refused": typed is not None and "away_from" in typed,
        "away": away,
        "can_stand_in": can_stand_in,
    }
    return render(request, "answers/promise.html", context, status=422 if fault else 200)


def _whole(written: str) -> int:
    return int(written) if written.strip().isdecimal() and len(written) < 5 else 0
