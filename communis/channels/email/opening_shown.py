"""An opening as a mail shows it to one who is asked: the page to come in text, and what can be answered with a word."""

import hashlib
import json
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from communis.answers.showing import rulings_of
from communis.channels.email.readers_named import readers_named
from communis.conversations.files import files_of
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.reading import thread
from communis.conversations.shown_words import byline
from communis.conversations.visible_text import plain
from communis.journal.moments import now
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.people.naming import person_with, persons_named
from communis.widening import rules
from communis.widening.before_opening import Found, border_of, found_among, names_not_asked, texts_of
from communis.widening.binding import YES
from communis.widening.future import Asked, Proposal
from communis.widening.models import Consent, Widening
from communis.widening.quoted_words import NarrowerTexts

Way = Consent.Way
# In characters. What is longer is no mail, and of words that were cut nobody can say yes to all.
LONGEST = 20_000
# Whose terms, effects and goals stand beside their words on the page.
_WITH_MORE_THAN_WORDS = {Kind.QUESTION, Kind.OUTCOME}


class SaidThere(NamedTuple):
    """One contribution on the page to come."""

    name: str
    # Of an answer: its verdict.
    verdict: str
    words: str
    own: bool
    # It is shown only if its author says yes.
    waits: bool


class OpeningShown(NamedTuple):
    """All that a mail says of an opening, and the answers that one word can give."""

    # Who proposes it, where one may know; and who would read it.
    proposer: str
    readers: str
    said: list[SaidThere]
    asked: list[Asked]
    # What the check before opening says of one's own words: why, and the words where it is about some.
    found: list[tuple[str, str]]
    # Empty where only the page can show all that the answer is about. When it is asked about no more, a no alone, for
    # who has said yes to something that has not opened.
    ways: tuple[Way, ...]
    # Whether it can still be answered.
    open: bool
    # The hash of what is shown.
    page: str


def opening_shown(widening: Widening, viewer: Viewer, *, by: Person) -> OpeningShown:
    """As everybody's page would stand if each said yes, whatever has been answered so far: one's own answer too."""
    proposal = Proposal(widening)
    asked = proposal.asked_of(by, viewer)
    page = proposal.page_as_asked(viewer)
    ordered = [node.seen for node in thread(widening.conversation_id, page) if node.seen is not None]
    said = [_said(seen, proposal, {one.shown.contribution for one in asked}) for seen in _ruled(ordered)]
    found = _found(asked, proposal, viewer)
    is_open = rules.may_answer(widening, now()) and bool(asked)
    whole = is_open and _shows_all(asked, ordered, proposal, said)
    stops = any(one.finding.stops for one in found)
    return OpeningShown(
        _proposer(proposal, viewer),
        readers_named(widening.audience_id, viewer),
        said,
        asked,
        list(dict.fromkeys((one.finding.explanation, one.words) for one in found)),
        (_ways(asked) if whole and not stops else ()) if is_open else _taking_back(widening, asked),
        is_open,
        _hash(widening, asked, ordered),
    )


def _ruled(seen: Sequence[Seen]) -> list[tuple[Seen, str]]:
    rulings = rulings_of(list(seen))
    return [
        (one, str(rulings[one.contribution].verdict.label) if one.contribution in rulings else "")
        for one in seen
    ]


def _said(ruled: tuple[Seen, str], proposal: Proposal, own: set[int]) -> SaidThere:
    seen, verdict = ruled
    is_own = seen.contribution in own
    waits = not is_own and seen.contribution in proposal.by_contribution
    return SaidThere(byline(seen), verdict, plain(seen.html), is_own, waits)


def _found(asked: Sequence[Asked], proposal: Proposal, viewer: Viewer) -> list[Found]:
    """What the page would say before one answers."""
    texts = [texts_of(one.shown.html, one.shown) for one in asked]
    names = names_not_asked(proposal.widening, viewer, chain.from_iterable(texts))
    border = border_of(proposal.widening, viewer)
    narrower = NarrowerTexts(proposal.answered_words(asked, viewer))
    rung = proposal.widening.audience.rung
    return [one for said in texts for one in found_among(said, Rung(rung), names, border, narrower)]


def _shows_all(
    asked: Sequence[Asked], page: Sequence[Seen], proposal: Proposal, said: Sequence[SaidThere]
) -> bool:
    """Whether text alone shows what the answer is about: no pictures, files or terms, and not too long for a mail."""
    if any(one.shown.beside for one in asked) or files_of([abs(seen.revision) for seen in page]):
        return False
    if any(
        seen.kind in _WITH_MORE_THAN_WORDS and seen.contribution in proposal.by_contribution for seen in page
    ):
        return False
    return sum(len(one.words) for one in said) <= LONGEST


def _ways(asked: Sequence[Asked]) -> tuple[Way, ...]:
    """Those of the page's six answers that need nothing but a word."""
    named = any(one.shown.byline.kind < Byline.Kind.UNNAMED for one in asked)
    return (Way.YES, Way.WITHOUT_NAME, Way.NO) if named else (Way.YES, Way.NO)


def _taking_back(widening: Widening, asked: Sequence[Asked]) -> tuple[Way, ...]:
    said_yes = any(one.consent.way in YES and one.consent.opened_id is None for one in asked)
    return (Way.NO,) if said_yes and rules.may_take_back(widening) else ()


def _hash(widening: Widening, asked: Sequence[Asked], page: Sequence[Seen]) -> str:
    """SHA-256 of the page: all its words, and under which names. Who would read it follows from the opening.

    Made of nothing but what its reader sees: numbers of rows would count what others do.
    """
    said = [
        widening.public_id,
        [
            [
                seen.line,
                seen.kind,
                seen.html,
                seen.byline,
                seen.person_name,
                seen.role,
                seen.outside_name,
                seen.alias,
            ]
            for seen in page
        ],
        [[one.page, one.shown.byline.kind] for one in asked],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _proposer(proposal: Proposal, viewer: Viewer) -> str:
    """The name under the proposer's own words where one sees those, else that of a person one may list, else none."""
    proposer = person_with(proposal.widening.person_id)
    under = {seen.person: seen.person_name for seen in proposal.read_by(viewer) if seen.person is not None}
    return under.get(proposer.public_id) or next(iter(persons_named([proposer.id], viewer)), "")
