"""Afterwards: what came of an answer, an idea that rests, who wants to help, and what became of a question."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.answers.asked_and_done import asked_and_done
from communis.answers.helping import offer_help, take_help_back
from communis.answers.outcomes import LONGEST_MORE, Outcome, may_tell_here, tell_outcome
from communis.answers.resting import let_rest, wake
from communis.conversations import markdown
from communis.conversations.asking import conversation_of, question_of
from communis.conversations.effects import goals_seen
from communis.conversations.gate import Seen, seen_contributions, seen_in
from communis.conversations.kinds import Kind
from communis.conversations.lines import LineSeen, line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.restating import headlines
from communis.conversations.shown_words import byline, headline_of
from communis.journal.ids import public_id
from communis.openness.rungs import Rung
from communis.people.actions import roles_now
from communis.people.models import Person, Role
from communis.web import before_it_goes, found_rows
from communis.web.access import hidden_is_missing, signed_in
from communis.web.asked_and_done_rows import done_row, said_row, waiting_row, where_said
from communis.web.audience_words import describe
from communis.web.drawn_alone import draw_alone
from communis.web.found_rows import FoundRow
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.rows import address


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def outcome(request: LookingRequest, line: str) -> HttpResponse:
    """Tell what was done after the yes on this line, and what came of it."""
    seen = line_seen(line, request.viewer)
    if seen.share.kind != Kind.ANSWER or not may_tell_here(seen.share, request.viewer):
        raise NotThere
    if request.method == "GET":
        return _form(request, seen, {"key": public_id()})
    typed = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in _FIELDS}
    written = _written(request, seen.share, typed)
    token = request.POST.get("mask", "")
    if token:
        for name in ("words", "more"):
            typed[name] = found_rows.mask(
                typed[name], token, written.found, Rung(seen.share.rung), written.names
            )
        written = _written(request, seen.share, typed)
    found = written.rows(before_it_goes.left_in(request.POST))
    do = request.POST.get("do", "")
    goes = do == "confirm" or (do == "send" and seen.share.rung != Rung.PUBLIC)
    if not goes or not before_it_goes.may_go(found, request.POST):
        # What anyone would read is looked at once more, as it would stand.
        return _form(request, seen, typed, found=found, shown=do in ("show", "send", "confirm"))
    person = _person(request)
    try:
        role = _role(typed["byline"], person)
        told = Outcome(typed["words"], typed["more"], typed["effect"], typed["goal"])
        tell_outcome(line, told, by=person, role=role, key=typed["key"])
    except Refused as refused:
        return _form(request, seen, typed, fault=refused, found=found)
    messages.success(request, _("Told. Those who took part and can read it are told too."))
    return HttpResponseRedirect(reverse("conversation", args=[seen.conversation_public_id]))


_FIELDS = ("words", "more", "effect", "goal", "byline", "key")


def _written(request: LookingRequest, answer: Seen, typed: dict[str, str]) -> before_it_goes.Words:
    """The words, with what the check before opening finds in them where many will read."""
    idea = seen_contributions([answer.parent], request.viewer) if answer.parent is not None else []
    return before_it_goes.Words(
        Outcome(typed["words"], typed["more"]).as_text(),
        Rung(answer.rung),
        request.viewer,
        beside=[said for said in (typed["effect"], typed["goal"]) if said],
        answered=[one.person for one in idea if one.person is not None],
        outside_already=True,
    )


def _form(
    request: LookingRequest,
    answer: LineSeen,
    typed: dict[str, str],
    *,
    fault: Refused | None = None,
    found: Sequence[FoundRow] = (),
    shown: bool = False,
) -> HttpResponse:
    # As long as it could be told at all; more is refused when it is sent.
    parts = (typed.get(name, "")[:LONGEST_MORE] for name in ("words", "more"))
    words = Outcome(*parts).as_text()
    context: dict[str, Any] = {
        "answer": answer.share,
        "drawn": draw_alone(answer.share),
        "conversation": answer.conversation_public_id,
        "audience": describe(answer.share.audience, request.viewer),
        "to_anyone": answer.share.rung == Rung.PUBLIC,
        "goals": goals_seen(request.viewer),
        "typed": typed,
        "fault": fault,
        "found": found,
        "checked": ",".join(one.token for one in found),
        "shown": markdown.render(words) if shown and words else "",
        "roles": roles_now(_person(request)),
    }
    refused = fault is not None or any(one.stops for one in found)
    return render(request, "answers/outcome.html", context, status=422 if refused else 200)


def _role(title: str, person: Person) -> Role | None:
    if not title:
        return None
    for role in roles_now(person):
        if role.title == title:
            return role
    raise Refused(_("You do not hold that role now. Choose your own name, or a role you hold."), "byline")


@require_POST
@signed_in
def rests(request: LookingRequest, line: str) -> HttpResponse:
    """Let one's own idea rest, or (``wanted`` is no) wake it."""
    person, key = _person(request), request.POST.get("key", "")
    try:
        if request.POST.get("wanted") == "no":
            wake(line, by=person, key=key)
            messages.success(request, _("It is awake again."))
        else:
            let_rest(line, by=person, key=key)
            messages.success(request, _("It rests. You can wake it at any time."))
    except Refused as refused:
        messages.info(request, refused.message)
    return HttpResponseRedirect(reverse("line", args=[line]))


@require_POST
@signed_in
def helpers(request: LookingRequest, line: str) -> HttpResponse:
    """Want to help with what got a yes, or (``wanted`` is no) take one's name off."""
    seen = line_seen(line, request.viewer)
    try:
        if request.POST.get("wanted") == "no":
            take_help_back(line, by=_person(request))
        else:
            offer_help(line, by=_person(request))
            messages.success(
                request, _("Your name stands there. The one who answered and the author are told.")
            )
    except Refused as refused:
        messages.info(request, refused.message)
    if seen.share.opening:
        return HttpResponseRedirect(address(seen.conversation_public_id, seen.share))
    return HttpResponseRedirect(reverse("line", args=[line]))


@require_safe
@hidden_is_missing
def what_became(request: LookingRequest, conversation: str) -> HttpResponse:
    """We asked, you said, we did: a question on one page, as its reader may see it. Printed it is whole as well."""
    viewer = request.viewer
    found = conversation_of(conversation, viewer)
    opening = next(iter(seen_in([found.id], viewer, openings_only=True)), None) if found else None
    question = question_of(opening, viewer) if opening else None
    if opening is None or question is None:
        raise NotThere
    looking_after = {host.public_id for host in question.hosts} | {opening.person or ""}
    became = asked_and_done(opening, looking_after, viewer)
    where = where_said(opening.conversation, conversation)
    simpler = headlines([opening], viewer).get(opening.contribution)
    context = {
        "conversation": conversation,
        "title": headline_of(opening, viewer),
        "opening": opening,
        "asked_by": byline(opening),
        "question": question,
        "simpler": simpler,
        "simpler_by": byline(simpler) if simpler else "",
        "said": [said_row(one, where) for one in became.said],
        "done": [(goal, [done_row(one, where) for one in some]) for goal, some in became.done.items()],
        "waiting": [waiting_row(one, where, viewer) for one in became.waiting],
    }
    return render(request, "answers/what_became.html", context)


def _person(request: LookingRequest) -> Person:
    return cast(Person, request.person)  # behind signed_in
