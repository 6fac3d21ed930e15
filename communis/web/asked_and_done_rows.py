"""What became of a question, in words."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from communis.answers.asked_and_done import Done, Said, Waiting
from communis.conversations.gate import Seen
from communis.conversations.reading import address_of_conversation
from communis.conversations.shown_words import byline, sentence
from communis.looking.viewers import Viewer
from communis.web.answer_block import promised_words
from communis.web.rows import address
from communis.web.verdict_signs import verdict_sign

Where = Callable[[Seen], str]


class SaidRow(NamedTuple):
    """An idea in a line or two: the first sentence, whose, the verdict with its sign, and how far it is."""

    words: str
    byline: str
    address: str
    sign: SafeString | str
    verdict: str
    state: str


class DoneRow(NamedTuple):
    """What was done and what came of it, with the idea it began with. Nobody is named (R30)."""

    html: SafeString
    effect: str
    idea: str
    address: str


class WaitingRow(NamedTuple):
    """By when an answer is promised, and to what."""

    line: str
    idea: str
    address: str


def where_said(here: int, public_id: str) -> Where:
    """Where something said is read: in this conversation, or in the one that its branch has moved to."""
    known = {here: public_id}

    def where(seen: Seen) -> str:
        if seen.conversation not in known:
            known[seen.conversation] = address_of_conversation(seen.conversation)
        return address(known[seen.conversation], seen)

    return where


def said_row(said: Said, where: Where) -> SaidRow:
    """For the page."""
    verdict = said.became.verdict
    return SaidRow(
        sentence(said.seen),
        byline(said.seen),
        where(said.seen),
        verdict_sign(verdict) if verdict else "",
        str(verdict.label) if verdict else "",
        str(said.state.label),
    )


def done_row(done: Done, where: Where) -> DoneRow:
    """For the page."""
    html = mark_safe(done.outcome.html)  # noqa: S308  sanitised when stored
    return DoneRow(html, done.effect.effect, sentence(done.idea), where(done.outcome))


def waiting_row(waiting: Waiting, where: Where, viewer: Viewer) -> WaitingRow:
    """For the page."""
    line = promised_words(waiting.promised, viewer).line
    return WaitingRow(line, sentence(waiting.idea), where(waiting.idea))
