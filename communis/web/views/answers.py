"""To answer: one's queue, the answer itself, and what else can become of an ask; and asking for an answer."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.answers import asking
from communis.answers.absences import absence_of
from communis.answers.clarity import what_most_find
from communis.answers.drafts import drafted_among
from communis.answers.mandates import holds_any
from communis.answers.promises import promise_of
from communis.answers.queue import Waiting, ask_waiting, queue_of, was_ever_asked
from communis.answers.reasons import reasons_answered
from communis.conversations.lines import line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.shown_words import sentence
from communis.journal.ids import public_id
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.answer_words import (
    AskRow,
    ask_row,
    askable_row,
    most_find_words,
    own_absence_words,
    promise_words,
    reason_row,
    waiting_sentence,
)
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.rows import address
from communis.web.typed_days import day_written
from communis.web.views.giving import answer_form


@require_safe
@signed_in
def to_answer(request: LookingRequest) -> HttpResponse:
    """What waits for one's answer, by the day that was promised."""
    person = _person(request)
    queue = queue_of(request.viewer, by=person)
    begun = drafted_among((one.ask.public_id for one in queue.all_open), by=person)
    groups: list[tuple[str, list[AskRow]]] = [
        (_("Today"), _rows(queue.today, begun)),
        (_("This week"), _rows(queue.week, begun)),
        (_("Later"), _rows(queue.later, begun)),
        (_("Waits for someone else"), _rows(queue.others_turn, begun)),
    ]
    context = {
        "here": "to-answer",
        "sentence": waiting_sentence(queue),
        "reasons": [reason_row(one) for one in reasons_answered(request.viewer, by=person)],
        "groups": [group for group in groups if group[1]],
        "promise": promise_words(promise_of(person.id)),
        "example": holds_any(person) and not was_ever_asked(request.viewer, by=person),
        "most_find": most_find_words(what_most_find()) if holds_any(person) or person.steward else [],
        "away": own_absence_words(absence_of(person), request.viewer),
    }
    return render(request, "answers/queue.html", context)


def _rows(waiting: list[Waiting], begun: set[str]) -> list[AskRow]:
    return [ask_row(one, begun=one.ask.public_id in begun) for one in waiting]


@require_POST
@keeps_words
@signed_in
def hand_over(request: LookingRequest, ask: str) -> HttpResponse:
    """*Not mine*: someone else who reads it and holds a mandate answers."""
    person = _person(request)
    return _step(
        request,
        ask,
        lambda: asking.hand_over(
            ask,
            request.POST.get("mandate", ""),
            by=person,
            because=request.POST.get("because", ""),
            key=request.POST.get("key", ""),
        ),
        _("Handed over. Whoever asked is told."),
    )


@require_POST
@keeps_words
@signed_in
def new_day(request: LookingRequest, ask: str) -> HttpResponse:
    """Promise another day, and say why."""
    person = _person(request)

    def act() -> None:
        day = day_written(request.POST.get("day", ""), "day")
        if day is None:
            raise Refused(_("Choose a day that is still to come."), "day")
        asking.promise_new_day(
            ask, day, request.POST.get("because", ""), by=person, key=request.POST.get("key", "")
        )

    return _step(request, ask, act, _("Another day is promised. Whoever asked is told why."))


@require_POST
@keeps_words
@signed_in
def conflict(request: LookingRequest, ask: str) -> HttpResponse:
    """Say that one has a stake in it."""
    person = _person(request)
    return _step(
        request,
        ask,
        lambda: asking.declare_conflict(ask, by=person),
        _("Noted. Hand it over to someone else."),
    )


def _step(request: LookingRequest, ask: str, act: Any, done: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        waiting = ask_waiting(ask, request.viewer, by=_person(request))
        typed = {name: request.POST.get(name, "") for name in ("mandate", "because", "day")}
        return answer_form(request, waiting, {**typed, "key": public_id(), "step": "yes"}, fault=refused)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("to-answer"))


@require_POST
@signed_in
def take_back(request: LookingRequest, ask: str) -> HttpResponse:
    """Ask no longer."""
    person = _person(request)
    try:
        asking.take_ask_back(ask, by=person)
        messages.success(request, _("Taken back. Nobody is asked for an answer by you here now."))
    except Refused as refused:
        messages.info(request, refused.message)
    return HttpResponseRedirect(reverse("front"))


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def ask_about(request: LookingRequest, line: str) -> HttpResponse:
    """Ask for an answer: whom, and by when it is promised."""
    person = _person(request)
    seen = line_seen(line, request.viewer)
    if not asking.may_ask_about(seen.share, by=person):
        raise NotThere
    typed = {name: request.POST.get(name, "") for name in ("mandate", "because")}
    fault: Refused | None = None
    if request.method == "POST":
        try:
            mandate, _separator, stand_in = typed["mandate"].partition(":")
            asking.ask(
                line,
                mandate,
                by=person,
                because=typed["because"],
                stand_in=stand_in,
                key=request.POST.get("key", ""),
            )
            messages.success(request, _("Asked. The answer comes to you first."))
            return HttpResponseRedirect(address(seen.conversation_public_id, seen.share))
        except Refused as refused:
            fault = refused
    words = request.GET.get("q", "")
    context = {
        "line": line,
        "about": sentence(seen.share),
        "conversation": seen.conversation_public_id,
        "found": [askable_row(one) for one in asking.askable(seen.share.audience, request.viewer, words)],
        "q": words,
        "typed": typed,
        "fault": fault,
        "key": public_id(),
    }
    return render(request, "answers/ask.html", context, status=422 if fault else 200)


def _person(request: LookingRequest) -> Person:
    return cast(Person, request.person)  # behind signed_in
