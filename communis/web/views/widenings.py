"""Opening by consent: proposing it, answering for one's own words, choosing, and narrowing again."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communis.conversations.lines import line_seen
from communis.conversations.reading import mentions, shares_at
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.audience_words import describe
from communis.web.middleware import LookingRequest
from communis.web.opening_pages import (
    asked_page,
    line_of,
    page_to_choose,
    proposal,
    rows_to_open,
    whose,
)
from communis.web.typed_answers import Given, given_in, with_masked
from communis.widening import completing, rules
from communis.widening.answering import answer
from communis.widening.future import Proposal
from communis.widening.happening import say_it_has_happened
from communis.widening.models import Lesson, Widening
from communis.widening.narrowing import end_opening, own_openings, take_name_away
from communis.widening.proposing import propose

State = Widening.State


@require_http_methods(["GET", "POST"])
@signed_in
def propose_opening(request: LookingRequest, conversation: str) -> HttpResponse:
    """Who should read it, why, and until when its authors can answer."""
    _number, shares = shares_at(conversation, request.viewer)
    if not shares:
        raise NotThere
    said, _elsewhere = mentions(shares)
    errors: dict[str, str] = {}
    if request.method == "POST":
        chosen = request.POST.getlist("lines")
        try:
            choice, days = proposal(request.POST)
            made = propose(
                conversation,
                choice,
                request.POST.get("reason", ""),
                by=_person(request),
                days=days,
                lines=chosen,
                key=request.POST.get("key", ""),
            )
            messages.success(request, _("Proposed. Nothing moves until those who wrote have answered."))
            return HttpResponseRedirect(reverse("widening", args=[made]))
        except Refused as refused:
            errors = {refused.field: refused.message}
    else:
        chosen = [seen.line for seen in said]
    context = {
        "conversation": conversation,
        "rows": rows_to_open(request.viewer, said, chosen),
        "audience": request.POST.get("audience", "organisation"),
        "circle": request.POST.get("circle", ""),
        "reason": request.POST.get("reason", ""),
        "days": request.POST.get("days", "14"),
        "errors": errors,
        "key": public_id(),
    }
    return render(request, "widenings/propose.html", context, status=422 if errors else 200)


@require_safe
@signed_in
def widenings(request: LookingRequest) -> HttpResponse:
    """What one is asked about, and what one has proposed."""
    seen = Widening.visible.to(request.viewer).order_by("-proposed_at")
    rows = [
        {
            "public_id": one.public_id,
            "reason": one.reason,
            "audience": describe(one.audience_id, request.viewer),
            "rung": one.audience.rung,
            "answer_by": one.answer_by,
            "own": one.person_id == _person(request).id,
            "asking": one.state == State.ASKING,
        }
        for one in seen.select_related("audience")[:100]
    ]
    lessons = Lesson.visible.to(request.viewer).order_by("-proposed_at")[:100]
    return render(request, "widenings/list.html", {"here": "widenings", "rows": rows, "lessons": lessons})


@require_http_methods(["GET", "POST"])
@signed_in
def widening(request: LookingRequest, widening: str) -> HttpResponse:
    """Those asked see the page as it would be, and answer for their own words; who proposed it chooses."""
    found = _found(request, widening)
    person = _person(request)
    if request.method == "GET":
        return _page(request, found)
    key, do = request.POST.get("key", ""), request.POST.get("do", "")
    try:
        if do == "open":
            completing.choose_to_open(widening, by=person, key=key)
            messages.success(request, _("Chosen. Those who said yes can look once more before it opens."))
        elif do == "let-be":
            completing.let_be(widening, by=person, key=key)
            messages.success(request, _("Let be. Everything stays where it is."))
        elif do == "happened":
            line = line_of(found, person, request.viewer, request.POST.get("line", ""))
            say_it_has_happened(widening, line, by=person, key=key)
            messages.success(request, _("Noted. From now on your answer counts as a yes."))
        else:
            return _answered(request, found, only_show=do != "answer")
    except Refused as refused:
        return _page(request, found, errors={refused.field: refused.message})
    return HttpResponseRedirect(reverse("widening", args=[widening]))


def _answered(request: LookingRequest, found: Widening, *, only_show: bool) -> HttpResponse:
    proposal = Proposal(found)
    asked = proposal.asked_of(_person(request), request.viewer)
    given = given_in(request.POST, asked)
    if request.POST.get("mask", ""):
        given = with_masked(given, asked, proposal, request.viewer, request.POST.get("mask", ""))
    errors = {str(one.line): one.fault for one in given if one.fault}
    if only_show or errors:
        return _page(request, found, given, errors)
    try:
        answer(
            found.public_id,
            [one.answered() for one in given],
            by=_person(request),
            key=request.POST.get("key", ""),
        )
    except Refused as refused:
        return _page(request, found, given, {refused.field: refused.message})
    messages.success(
        request,
        _(
            "Thank you. Nothing happens until everyone has answered, or the time is out."
            " You can change your answer until then."
        ),
    )
    return HttpResponseRedirect(reverse("widening", args=[found.public_id]))


def _page(
    request: LookingRequest,
    found: Widening,
    given: list[Given] | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:
    person, viewer, at = _person(request), request.viewer, now()
    proposal = Proposal(found)
    asked = proposal.asked_of(person, viewer)
    proposing = found.person_id == person.id
    # Until then the proposer is shown nothing that follows from the answers, nor after having left.
    choosing = proposing and found.state == State.ASKING and proposal.seen_whole_by(viewer) and proposal.ready
    chosen = found.state == State.CHOSEN
    said_yes = any(one.consent.person_id == person.id for one in proposal.openable) if chosen else False
    context: dict[str, Any] = {
        "widening": found,
        "proposing": proposing,
        "rung": Rung(found.audience.rung),
        **whose(proposal, viewer),
        "choosing": choosing,
        "taking_part": not proposing or proposal.seen_whole_by(viewer),
        "asking": found.state == State.ASKING,
        "can_answer": rules.may_answer(found, at),
        "chosen": chosen and found.opens_at is not None and at < found.opens_at,
        "opened": found.state == State.OPENED or (chosen and (found.opens_at or 0) <= at),
        "left": found.state == State.LEFT,
        "can_let_be": proposing and found.state in (State.ASKING, State.CHOSEN),
        "hours": settings.HOURS_TO_TAKE_BACK,
        "errors": errors or {},
        "key": public_id(),
        **asked_page(
            proposal, viewer, asked, given, errors or {}, request.GET.get("all", ""), _left(request)
        ),
        **(page_to_choose(proposal, viewer) if choosing or (chosen and (proposing or said_yes)) else {}),
    }
    return render(request, "widenings/widening.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def narrowing(request: LookingRequest, line: str) -> HttpResponse:
    """One's own words on wider lines: end one of them, or take the name away there."""
    person = _person(request)
    seen = line_seen(line, request.viewer)
    lines = own_openings(line, by=person)
    if not lines:
        raise NotThere
    if request.method == "POST":
        which = request.POST.get("which", "")
        if request.POST.get("do") == "without-name":
            take_name_away(line, which, by=person)
            messages.success(
                request, _("Your name is gone there. What someone has read or copied stays with them.")
            )
        else:
            end_opening(line, which, by=person, key=request.POST.get("key", ""))
            messages.success(request, _("Ended there. What someone has read or copied stays with them."))
        return HttpResponseRedirect(reverse("line", args=[line]))
    context = {
        "line": line,
        "key": public_id(),
        "conversation": seen.conversation_public_id,
        "rows": [
            {
                "line": one.line,
                "audience": describe(one.audience, request.viewer),
                "opened_at": one.opened_at,
                "with_name": one.with_name,
            }
            for one in lines
        ],
    }
    return render(request, "widenings/narrowing.html", context)


def _left(request: LookingRequest) -> list[str]:
    """What the check found and the author has said stays."""
    return [*request.POST.getlist("left"), request.POST.get("leave", "")]


def _found(request: LookingRequest, widening: str) -> Widening:
    found = Widening.visible.to(request.viewer).select_related("audience").filter(public_id=widening).first()
    if found is None:
        raise NotThere
    return cast(Widening, found)


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
