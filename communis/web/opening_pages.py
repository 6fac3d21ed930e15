"""What the pages about an opening show: the rows to propose, the page to come with one's answers in it, the choice."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communis.answers.showing import rulings_of
from communis.conversations.anchoring import anchored
from communis.conversations.asking import Question, question_of
from communis.conversations.effects import effects_of
from communis.conversations.files import files_of
from communis.conversations.gate import Seen
from communis.conversations.markdown import first_sentence
from communis.conversations.reading import Node, address_of_conversation, thread
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.shown_words import byline, sentence
from communis.journal.moments import now
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.describing import AudienceSeen, audience_seen, choosable_circles
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.people.naming import person_with, persons_named
from communis.web.audience_words import describe, opening_words, who
from communis.web.contributions import Page, draw_articles
from communis.web.forms.writing import NARROW_AND_WIDE
from communis.web.found_rows import found_rows
from communis.web.typed_answers import WAYS, Given, kept
from communis.widening import rules
from communis.widening.before_opening import border_of, found_among, names_not_asked, texts_of
from communis.widening.future import Asked, Proposal, answers_given
from communis.widening.models import Widening
from communis.widening.quoted_words import NarrowerTexts


def proposal(post: QueryDict) -> tuple[Choice, int]:
    """``(audience, days)`` as chosen in the form. Raises Refused."""
    rung = NARROW_AND_WIDE.get(post.get("audience", ""))
    if rung is None or rung == Rung.DIRECT:
        raise Refused(_("Choose a circle, all employees or anyone."), "audience")
    days = post.get("days", "")
    if not (days.isdecimal() and len(days) < 4):
        raise Refused(_("Write how many days they have, from 1 to 60."), "days")
    circle = post.get("circle", "")
    return Choice(rung, circles=(circle,) if rung == Rung.CIRCLE and circle else ()), int(days)


def rows_to_open(viewer: Viewer, said: Sequence[Seen], chosen: Collection[str]) -> dict[str, Any]:
    """What can be proposed: each contribution with its first sentence; and the audiences to choose from."""
    return {
        "said": [
            {
                "line": seen.line,
                "words": sentence(seen),
                "byline": byline(seen),
                "ticked": seen.line in chosen,
            }
            for seen in said
            if seen.rung < Rung.PUBLIC
        ],
        "circles": choosable_circles(viewer),
        "public": settings.PUBLIC_RUNG,
    }


def asked_page(
    proposal: Proposal,
    viewer: Viewer,
    asked: Sequence[Asked],
    given: Sequence[Given] | None,
    errors: Mapping[str, str],
    everything: str,
    left: Collection[str] = (),
) -> dict[str, Any]:
    """The page as they would see it, cut where one's own words end, so that the answer stands below them."""
    answers = {one.line: one for one in given} if given is not None else {}
    said = {one.consent.line_id: texts_of(_html_of(one, answers, everything), one.shown) for one in asked}
    names = names_not_asked(proposal.widening, viewer, chain.from_iterable(said.values()))
    border = border_of(proposal.widening, viewer)
    rung, can_answer = Rung(proposal.audience.rung), rules.may_answer(proposal.widening, now())
    labels = {value: str(label) for value, (_way, label) in WAYS.items()}
    narrower = NarrowerTexts(proposal.answered_words(asked, viewer))
    forms: dict[int, dict[str, Any]] = {
        one.shown.contribution: {
            "asked": one,
            "given": answers.get(one.consent.line_id) or kept(one, everything),
            "fault": errors.get(str(one.consent.line_id), ""),
            "changed": one.consent.digest is not None and not one.holds,
            "opened": one.consent.opened_id is not None,
            "below": 0,
            "found": found_rows(
                found_among(said[one.consent.line_id], rung, names, border, narrower), left, one.shown.address
            ),
        }
        for one in asked
    }
    own: dict[int, tuple[str, Byline]] = {}
    if given is None:
        own = answers_given(list(asked))
    else:
        for one in asked:
            shows = answers[one.consent.line_id].shows(one)
            if shows is not None:
                own[one.shown.line] = shows
    page = proposal.page_as_asked(viewer, own)
    nodes = thread(proposal.widening.conversation_id, page)
    for form in list(forms.values())[1:]:
        # Said of the whole, and therefore once: it stands with the first of one's own.
        form["found"] = [one for one in form["found"] if one.words]
    for contribution, form in forms.items():
        form["below"] = _below(contribution, page)
        form["rows"] = _rows(form["asked"].shown.byline, form["given"].value, labels, can_answer=can_answer)
    return {
        "parts": _parts(nodes, _look(page, proposal), forms, set(proposal.by_contribution)),
        "question": _question(page, viewer),
        "number_own": len(asked),
        "waiting": _waiting(asked, proposal.widening),
        "can_take_back": any(one.holds and one.consent.opened_id is None for one in asked),
    }


def _waiting(asked: Sequence[Asked], widening: Widening) -> list[dict[str, str]]:
    """Those of one's own words that wait until one says that something has happened. For nobody else's page."""
    if not rules.may_say_it_has_happened(widening):
        return []
    return [
        {
            "line": one.shown.address,
            "words": first_sentence(one.shown.html),
            "event": one.consent.waits_for,
        }
        for one in asked
        if one.consent.waits and one.holds
    ]


def line_of(widening: Widening, person: Person, viewer: Viewer, address: str) -> int:
    """The number of a line that one is asked about, by its address. Raises NotThere."""
    for one in Proposal(widening).asked_of(person, viewer):
        if one.shown.address == address:
            return one.consent.line_id
    raise NotThere


class WayRow(NamedTuple):
    """One of the answers, as a radio row."""

    value: str
    label: str
    checked: bool
    # It takes away a name that stands there now.
    shows_name: bool


def _rows(byline: Byline, chosen: str, labels: Mapping[str, str], *, can_answer: bool) -> list[WayRow]:
    """The answers offered. When the time is out: the one that was given, and no."""
    return [
        WayRow(value, label, value == chosen, value == "unnamed" and byline.kind <= Byline.Kind.ROLE)
        for value, label in labels.items()
        if (value != "unnamed" or byline.kind < Byline.Kind.UNNAMED)
        and (can_answer or value in (chosen, "no"))
    ]


def _html_of(asked: Asked, answers: Mapping[int, Given], everything: str) -> str:
    """The words the check looks at: those typed, those answered with before, else those that stand there."""
    given = answers.get(asked.consent.line_id) or kept(asked, everything)
    shows = given.shows(asked)
    return shows[0] if shows is not None else asked.shown.html


def _below(contribution: int, page: Sequence[Seen]) -> int:
    """How many contributions on the page hang on this one."""
    found = {contribution}
    for seen in page:
        if seen.parent in found:
            found.add(seen.contribution)
    return len(found) - 1


class Part(NamedTuple):
    """A piece of the page to come, and the form that stands below it."""

    html: SafeString
    form: dict[str, Any] | None


def _parts(
    nodes: Sequence[Node], look: Page, forms: Mapping[int, dict[str, Any]], asked: Collection[int]
) -> list[Part]:
    """In reading order, cut below each of one's own that is asked about; below another's stands that it waits."""
    waits = '<p class="quiet waits">{}</p>\n'.format(escape(_("Shown if its author says yes"))).encode()
    pieces = draw_articles(nodes, look).pieces
    parts: list[Part] = []
    drawn: list[bytes] = []
    for number, node in enumerate(nodes):
        drawn += pieces[3 * number : 3 * number + 3]
        if node.seen is None or node.seen.contribution not in asked:
            continue
        form = forms.get(node.seen.contribution)
        if form is None:
            drawn.append(waits)
        else:
            parts.append(Part(_safe(drawn), form))
            drawn = []
    if drawn:
        parts.append(Part(_safe(drawn), None))
    return parts


def _question(page: Sequence[Seen], viewer: Viewer) -> Question | None:
    opening = next((seen for seen in page if seen.opening), None)
    return question_of(opening._replace(revision=abs(opening.revision)), viewer) if opening else None


def page_to_choose(proposal: Proposal, viewer: Viewer) -> dict[str, Any]:
    """What can be opened: for who proposed it, and once it is chosen for those who said yes."""
    page = proposal.page_to_open(viewer) if proposal.openable else []
    nodes = thread(proposal.widening.conversation_id, page)
    later = [one.not_before for one in proposal.openable if one.not_before is not None]
    return {
        # The same words may stand on this page once more, with an answer below them.
        "to_open": without_ids(_drawn(nodes, _look(page, proposal))) if page else "",
        "some_later": max(later) if later else None,
    }


def page_for_receipt(proposal: Proposal, viewer: Viewer) -> SafeString:
    """The page as they would see it, for whoever is asked with a receipt."""
    page = proposal.page_as_asked(viewer)
    nodes = thread(proposal.widening.conversation_id, page)
    return without_ids(_drawn(nodes, _look(page, proposal)))


def without_ids(html: SafeString) -> SafeString:
    """The drawn thread without the addresses of its places, which may stand only once on a page."""
    return mark_safe(re.sub(r'(<article class="[^"]*") id="\w+"', r"\1", html))  # noqa: S308  only taken away


def whose(proposal: Proposal, viewer: Viewer, known_as: str = "") -> dict[str, Any]:
    """Who proposes, the conversation, and whom one speaks to in it now: nothing of it for one who has left.

    ``known_as`` is the name where the caller has it. Else it is the one under the proposer's own words where one sees
    those, else that of a person one may list.
    """
    widening, shares = proposal.widening, proposal.read_by(viewer)
    proposer = person_with(widening.person_id)
    under = {seen.person: seen.person_name for seen in shares if seen.person is not None}
    name = known_as or under.get(proposer.public_id) or next(iter(persons_named([proposer.id], viewer)), "")
    narrowest = min(shares, key=lambda seen: seen.rung, default=None)
    to_be = audience_seen(widening.audience_id, viewer)
    return {
        "words": opening_words(to_be, name or _("Someone in the conversation")),
        "conversation": address_of_conversation(widening.conversation_id) if shares else "",
        "now_rung": narrowest.rung if narrowest else None,
        "now_audience": describe(narrowest.audience, viewer, set(under)) if narrowest else "",
        "audience": _with_number(to_be),
    }


def _with_number(seen: AudienceSeen) -> str:
    """Who would read it, and how many where that may be known."""
    if seen.number is None:
        return who(seen)
    people = ngettext("%(number)d person", "%(number)d people", seen.number) % {"number": seen.number}
    return f"{who(seen)}, {people}"


def _drawn(nodes: Sequence[Node], look: Page) -> SafeString:
    return _safe(draw_articles(nodes, look).pieces)


def _safe(pieces: Iterable[bytes]) -> SafeString:
    return mark_safe(b"".join(pieces).decode())  # noqa: S308  sanitised when stored, the rest is escaped


def _look(page: Sequence[Seen], proposal: Proposal) -> Page:
    # Other words are numbered by what they stand in for, whose files they keep.
    files = files_of([abs(seen.revision) for seen in page])
    return Page(
        rung=proposal.audience.rung,
        may_answer=False,
        shown={seen.contribution: seen for seen in page},
        anchored=anchored(page),
        files={**files, **{-number: found for number, found in files.items()}},
        rulings=rulings_of(list(page)),
        effects=effects_of(page),
    )
