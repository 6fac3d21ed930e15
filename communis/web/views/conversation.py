"""A conversation, one contribution of it, and what is new in it."""

from collections.abc import Hashable
from typing import Any

from django.contrib.messages import get_messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communis.answers.asking import may_ask_about
from communis.answers.became import NOTHING_YET, became, became_of, of_nobody
from communis.answers.cutting_down import may_report, own_report
from communis.answers.reasons import about_reasons
from communis.answers.rules import may_let_rest
from communis.answers.showing import asks_about, rulings_of
from communis.answers.states import resting
from communis.behind_the_scenes.claiming import claims_in, claims_on
from communis.channels.email.destinations import conversation_address, question_address
from communis.channels.email.outside.addresses import outside_address
from communis.channels.importers.rules import may_claim_name
from communis.conversations import drafting
from communis.conversations.anchoring import anchored
from communis.conversations.asking import conversation_of, question_of
from communis.conversations.crediting import credited_in
from communis.conversations.effects import effects_of
from communis.conversations.files import files_of
from communis.conversations.following import mark_seen, marks_of
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.hiding import may_hide, own_hidden_words
from communis.conversations.kinds import Kind, Sign
from communis.conversations.lines import line_seen
from communis.conversations.markdown import first_line
from communis.conversations.moving import came_from, gone_on, may_move
from communis.conversations.news import newest_in
from communis.conversations.outing import has_flagged, may_flag
from communis.conversations.reacting import sign_of, signs_on
from communis.conversations.reading import Node, mentions, newer_than, shares_of, thread
from communis.conversations.restating import headlines, may_adopt, restated_by, stands
from communis.conversations.revising import own_contributions
from communis.conversations.rules import (
    may_react_to,
    may_reply_to,
    may_restate,
    may_thank,
    may_wish_simpler,
)
from communis.conversations.shown_words import byline, headline_of, sender
from communis.conversations.sight import Sight, sight_of
from communis.conversations.simpler import wishes_simpler
from communis.conversations.thanking import has_author_here, thanks_at
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.reactions import UNDO
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline
from communis.openness.describing import AudienceSeen, audience_seen
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.people.organisation import organisation_name
from communis.web.access import hidden_is_missing
from communis.web.answer_block import answers_at_top, below_answer
from communis.web.audience_words import first_names, head, words
from communis.web.branches import draw_branches
from communis.web.byline_words import credited_words
from communis.web.compose_page import draft_status
from communis.web.contributions import Page, draw_articles, draw_one, with_new
from communis.web.crowd_words import crowd_words
from communis.web.dates import today
from communis.web.kept_threads import Thread, public_frames, threads
from communis.web.margin import draw_beside, part, places_under, woven
from communis.web.middleware import LookingRequest
from communis.web.slots import Frame, frame, slot
from communis.web.wish_words import wish_of
from communis.widening.lessons import may_draw_lesson
from communis.widening.narrowing import own_openings


@require_safe
def conversation(request: LookingRequest, conversation: str) -> HttpResponse:
    """The whole conversation as this viewer may see it, on one page."""
    sight = sight_of(conversation, request.viewer)
    drawn = _thread(request, sight) if sight else None
    if sight is None or drawn is None:
        raise Http404
    if request.person is None:
        frame_drawn, new = _public_frame(request, conversation, sight, drawn), frozenset[int]()
    else:
        marks = marks_of(sight.conversation, by=request.person)
        new = _mark(sight.conversation, drawn, marks.seen_until, request.person)
        more = _answer_box(drawn, request.viewer, request.person)
        more["waits_with"] = _waits_with(drawn, request.viewer, request.person)
        frame_drawn = _frame(request, conversation, sight, drawn, way=marks.way, **more)
    said, beside = woven(with_new(drawn.head, new), with_new(drawn.beside, new), drawn.groups, drawn.places)
    return frame_drawn.around(
        {
            "head": said,
            "beside": beside,
            "branches": (drawn.branches,),
            "thread": with_new(drawn.rest, new),
            "mentions": with_new(drawn.mentions, new),
            "token": (get_token(request).encode(),),
        }
    )


def _frame(request: LookingRequest, conversation: str, sight: Sight, drawn: Thread, **more: object) -> Frame:
    """The page around the thread."""
    opening = drawn.opening
    audience = _audience(drawn, request.viewer)
    simpler = headlines([opening], request.viewer).get(opening.contribution) if opening else None
    context = {
        "conversation": conversation,
        "title": first_line(simpler.html) if simpler else drawn.title,
        "simpler": simpler,
        "simpler_by": byline(simpler) if simpler else "",
        "moved_from": came_from(opening, request.viewer) if opening else None,
        "opening": opening,
        "wish": wish_of(opening),
        "question": question_of(opening, request.viewer) if opening else None,
        "outside_address": outside_address(opening) if opening else "",
        "rung": Rung(drawn.rung),
        "since": opening.opened_at if opening else None,
        "sender": sender(opening) if opening else "",
        "audience": head(audience) if audience else "",
        "to_one": audience.one_other if audience else opening is None and drawn.rung == Rung.DIRECT,
        "head": slot("head"),
        "beside": slot("beside") if drawn.beside.pieces else "",
        "main_class": "with-margin" if drawn.beside.pieces else "",
        "branches": slot("branches"),
        "thread": slot("thread"),
        "alone": drawn.alone,
        **_answers(drawn, request.viewer),
        "mentions": slot("mentions") if drawn.mentions.pieces else "",
        "newest": drawn.newest,
        "credited": credited_words(credited_in(sight.conversation, request.viewer)),
        **more,
    }
    return frame(request, "conversation/page.html", context)


def _answers(thread: Thread, viewer: Viewer) -> dict[str, Any]:
    """The straight answer, or by when one is promised. Nothing is asked where nobody ever asked."""
    if thread.opening is None or not (thread.asked or thread.became.answers or thread.rests):
        return {}
    return answers_at_top(thread.opening, thread.became, viewer, rests=thread.rests)


def _answer_box(thread: Thread, viewer: Viewer, person: Person) -> dict[str, object]:
    """The form at the foot, set to those who read here already; or the way to the answer that was begun."""
    opening = thread.opening
    if opening is None or not may_reply_to(Kind(opening.kind), viewer):
        return {}
    place = drafting.reply_place(opening.line)
    readers = _audience(thread, viewer) or AudienceSeen(Rung(opening.rung))
    return {
        "key": public_id(),
        "place": place,
        "begun": drafting.has_begun(place, by=person),
        "readers": words(readers, answering=True),
        "status": draft_status(None),
        "letter_at": conversation_address(opening, by=person),
    }


def _waits_with(thread: Thread, viewer: Viewer, person: Person) -> str:
    """For the author of a letter nobody has answered: who has it to read, once it can no longer be undone."""
    opening, audience = thread.opening, _audience(thread, viewer)
    if not thread.alone or opening is None or audience is None:
        return ""
    told = audience.one_other and audience.persons and audience.reachable and now() - opening.opened_at > UNDO
    if not told or not own_contributions([opening.contribution], by=person):
        return ""
    return _("%(name)s has it in the list.") % {"name": first_names(audience.persons)[0]}


def _public_frame(request: LookingRequest, conversation: str, sight: Sight, drawn: Thread) -> Frame:
    """The page around the thread for someone signed out: kept, unless it says something to this visitor alone."""
    said = request.META["QUERY_STRING"] or len(get_messages(request))
    when = today() if drawn.asked else today().year  # a promised day has passed from the next one on
    outside = outside_address(drawn.opening) if drawn.opening else ""  # no part of the sight
    key = (sight, get_language(), when, request.build_absolute_uri("/"), organisation_name(), outside)
    found = None if said else public_frames.get(key)
    if found is None:
        found = _frame(request, conversation, sight, drawn, csrf_token=slot("token"))
        if not said and drawn.by_itself:
            public_frames.keep(key, found)
    return found


def _thread(request: LookingRequest, sight: Sight) -> Thread | None:
    """The thread as all see it who have this sight: kept from an earlier look, or drawn."""
    key: tuple[Hashable, ...] = (sight, request.person is not None, get_language(), today().year)
    drawn = threads.get(key)
    if drawn is None or drawn.behind:
        # Whom authors behind the scenes have shown themselves to is no part of the sight.
        shown = claims_in(sight.conversation, request.viewer)
        if shown:
            key = (*key, shown)
            drawn = threads.get(key)
    if drawn is None:
        drawn = _drawn(request, sight.conversation)
        if drawn is not None and drawn.by_itself:
            threads.keep(key, drawn)
    return drawn


def _drawn(request: LookingRequest, number: int) -> Thread | None:
    shares = shares_of(number, request.viewer)
    if not shares:
        return None
    said, elsewhere = mentions(shares)
    opening = next((seen for seen in said if seen.opening), None)
    page = _page(request, shares, opening)
    here = became(opening, said, page.rulings) if opening else NOTHING_YET
    at_top = [*(seen for seen, _ruling in here.answers), *here.outcomes]
    page = page._replace(at_top=frozenset(one.contribution for one in at_top))
    nodes = thread(number, said)
    parted = part(nodes, page)
    first = draw_articles(nodes[:1], page)
    beside, groups = draw_beside(parted.beside, page)
    return Thread(
        opening=opening._replace(own=False) if opening else None,
        title=first_line(opening.html) if opening else _("A conversation"),
        rung=page.rung,
        newest=max(seen.opened_at for seen in shares),
        alone=len(said) == 1,
        by_itself=(opening is None or opening.parent is None)
        and all(seen.kind != Kind.SUMMARY for seen in said),
        behind=any(seen.byline == Byline.Kind.BEHIND_THE_SCENES for seen in shares),
        became=of_nobody(here),
        asked=opening is not None and bool(asks_about(opening, request.viewer)),
        rests=opening is not None and bool(resting([opening], request.viewer)),
        persons=frozenset(seen.person for seen in shares if seen.person is not None),
        head=first,
        beside=beside,
        groups=groups,
        places=places_under(first, groups),
        branches=draw_branches(nodes),
        rest=draw_articles(parted.below, page),
        # They stand apart from what they hang on.
        mentions=draw_articles([Node(1, seen, None) for seen in elsewhere], page),
    )


def _mark(number: int, thread: Thread, seen_until: int | None, person: Person) -> frozenset[int]:
    """Remember that the person looks now; returns which contributions are new to her since the last look."""
    if seen_until is None or seen_until < thread.newest:
        mark_seen(number, thread.newest, by=person)
    if seen_until is None:
        return frozenset()
    parts = (thread.head, thread.beside, thread.rest, thread.mentions)
    new = frozenset(one for part in parts for one, opened_at in part.said if opened_at > seen_until)
    return new - own_contributions(new, by=person) if new else new


def _audience(thread: Thread, viewer: Viewer) -> AudienceSeen | None:
    """Who reads along. At the wide rungs the rung's own word says it."""
    if thread.opening is None or thread.opening.rung >= Rung.ORGANISATION:
        return None
    return audience_seen(thread.opening.audience, viewer, thread.persons)


def _page(request: LookingRequest, shares: list[Seen], opening: Seen | None) -> Page:
    # What a moved branch answers stands elsewhere, and its words may be quoted here.
    answered = [opening.parent] if opening and opening.parent is not None else []
    known = [*shares, *seen_contributions(answered, request.viewer)]
    # One by itself may answer an answer that is not drawn with it.
    answered_here = len(shares) == 1 or any(seen.kind == Kind.ANSWER for seen in known)
    return Page(
        rung=opening.rung if opening else max(seen.rung for seen in shares),
        may_answer=request.person is not None,
        shown={seen.contribution: seen for seen in known},
        anchored=anchored(known),
        files=files_of([seen.revision for seen in shares]),
        signs=signs_on(shares),
        gone_on=gone_on(shares, request.viewer),
        crowds=crowd_words(shares),
        claims=claims_on(shares, request.viewer),
        rulings=rulings_of(shares),
        effects=effects_of(shares),
        about_reasons=about_reasons(shares, request.viewer) if answered_here else (),
        answered_in_parts=opening.contribution if opening else None,
    )


@require_safe
def news(request: LookingRequest, conversation: str) -> HttpResponse:
    """What is new since a moment: nothing (204, no body), or one line that offers to show it."""
    since = _moment(request.GET.get("since", ""))
    newest = newest_in(conversation, request.viewer)
    if newest is None or newest <= since:
        return _nothing_new()
    found = conversation_of(conversation, request.viewer)
    count = newer_than(found.id, request.viewer, since) if found else 0
    if count == 0:
        return _nothing_new()
    words = ngettext("%(count)d new contribution. Show.", "%(count)d new contributions. Show.", count)
    return render(
        request,
        "conversation/news.html",
        {"conversation": conversation, "words": words % {"count": count}, "newest": newest},
    )


def _nothing_new() -> HttpResponse:
    """Three hundred bytes at most: no body, so nothing for a content policy to hold back."""
    response = HttpResponse(status=204)
    response._csp_exempt = True  # type: ignore[attr-defined]  # what django-csp sets itself
    return response


def _moment(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 18 else 0


@require_safe
@hidden_is_missing
def line(request: LookingRequest, line: str) -> HttpResponse:
    """One contribution by itself, with all that can be done with it."""
    return show_line(request, line)


def show_line(
    request: LookingRequest, line: str, *, thanks_text: str = "", thanks_fault: str = ""
) -> HttpResponse:
    """The page of one contribution; with the thanks that were typed, when they were refused. Raises NotThere."""
    seen = line_seen(line, request.viewer)
    found = conversation_of(seen.conversation_public_id, request.viewer)
    assert found is not None  # it holds the share just seen
    shares = [seen.share]
    opening = next((one for one in shares_of(found.id, request.viewer) if one.opening), None)
    context: dict[str, Any] = {
        "seen": seen.share,
        "conversation": seen.conversation_public_id,
        "opening": opening,
        "question_line": headline_of(opening, request.viewer) if opening else "",
        "drawn": draw_one(seen.share, _page(request, shares, None)._replace(may_answer=False, signs={})),
        "sender": sender(seen.share),
        "answerable": may_reply_to(Kind(seen.share.kind), request.viewer),
        "signs": signs_on(shares).get(seen.share.line_number, []),
        "wish": wish_of(seen.share),
        "wider": own_openings(line, by=request.person) if request.person and seen.share.own else [],
        **_answers_about(seen.share, request.viewer),
    }
    ruling = rulings_of(shares).get(seen.share.contribution)
    if ruling is not None:
        context |= below_answer(seen.share, ruling, request.viewer)
    if request.person is not None:
        context.update(_may(seen.share, request.viewer, request.person))
    context |= {"thanks_text": thanks_text, "thanks_fault": thanks_fault, "key": public_id()}
    return render(request, "conversation/line.html", context, status=422 if thanks_fault else 200)


def _answers_about(seen: Seen, viewer: Viewer) -> dict[str, Any]:
    """What became of this one contribution, also where it does not begin its conversation."""
    here = became_of([seen], viewer)[seen.contribution]
    return answers_at_top(seen, here, viewer, rests=bool(resting([seen], viewer)))


def _may(seen: Seen, viewer: Viewer, person: Person) -> dict[str, Any]:
    """What this person can do with the contribution, and has done already."""
    kind = Kind(seen.kind)
    react = may_react_to(kind, viewer, own=seen.own)
    adopting = may_adopt(seen, by=person)
    return {
        "may_ask_for_answer": may_ask_about(seen, by=person),
        "may_let_rest": may_let_rest(seen),
        "sign_choices": [(int(sign), sign.label) for sign in Sign] if react else [],
        "own_sign": sign_of(seen, by=person) if react else None,
        "may_wish_simpler": may_wish_simpler(kind, viewer, own=seen.own),
        "wishes_simpler": wishes_simpler(seen, by=person),
        "may_claim_name": may_claim_name(kind, seen.outside_name, seen.rung, own=seen.own),
        "may_restate": may_restate(kind, viewer),
        "may_adopt": adopting,
        "stands": adopting and stands(seen.line_number),
        "restated": restated_by(seen, viewer),
        "may_move": may_move(seen, by=person),
        "may_thank": may_thank(kind, viewer, own=seen.own) and has_author_here(seen),
        "thanks": thanks_at(seen, by=person),
        "may_draw_lesson": may_draw_lesson(seen, viewer),
        "may_report": may_report(seen, by=person),
        "own_report": own_report(seen, viewer, by=person),
        "question_at": question_address(seen, by=person),
        "may_hide": may_hide(seen, by=person),
        # Sanitised when stored.
        "own_hidden": mark_safe(own_hidden_words(seen, by=person)),  # noqa: S308
        "may_flag": may_flag(seen, viewer),
        "has_flagged": has_flagged(seen, by=person),
    }


def to_contribution(conversation: str, line: str) -> HttpResponseRedirect:
    """Go to a contribution in its conversation."""
    return HttpResponseRedirect(f"{reverse('conversation', args=[conversation])}#{line}")
