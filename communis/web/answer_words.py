"""The queue in words: its sentence, its rows, and what one has promised."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communis.answers.models import Ask, Promise
from communis.answers.promises import is_closed, today
from communis.answers.queue import Queue, Waiting
from communis.answers.reasons import ReasonAnswered
from communis.openness.rungs import Rung
from communis.web.contributions import byline
from communis.web.dates import whole_day
from communis.web.numbers import in_words
from communis.web.rows import address, sentence


class AskRow(NamedTuple):
    """An ask in three lines: the first sentence; who, where and by when; how it should be told and why it matters."""

    public_id: str
    words: str
    byline: str
    rung: Rung
    when: str
    wishes: str
    because: str
    conflict: bool


def ask_row(waiting: Waiting) -> AskRow:
    """The row for the one it waits for."""
    ask, seen = waiting.ask, waiting.about.share
    return AskRow(
        ask.public_id,
        sentence(seen),
        byline(seen),
        Rung(seen.rung),
        _when(waiting),
        ", ".join(str(wish.label) for wish in waiting.wishes),
        ask.because,
        ask.conflict,
    )


class ReasonRow(NamedTuple):
    """What the author of an idea answered to the reason of one's answer."""

    answer: str
    line: str
    words: str
    when: int
    address: str


def reason_row(waiting: ReasonAnswered) -> ReasonRow:
    """The row for whoever gave the answer."""
    seen = waiting.said.share
    return ReasonRow(
        waiting.answer,
        _("%(name)s has answered the reason") % {"name": byline(seen)},
        sentence(seen),
        seen.opened_at,
        address(waiting.said.conversation_public_id, seen),
    )


def _when(waiting: Waiting) -> str:
    ask = waiting.ask
    if ask.state == Ask.State.AUTHORS_TURN:
        return _("waits for more from the one who asked")
    if waiting.late:
        number = in_words(waiting.late).lower()
        return ngettext("one day late", "%(number)s days late", waiting.late) % {"number": number}
    if ask.promised == today():
        return _("promised today")
    return _("promised %(day)s") % {"day": whole_day(ask.promised)}


def waiting_sentence(queue: Queue) -> str:
    """*Two wait for your answer. One is promised today.*"""
    late = sum(one.late > 0 for one in queue.today)
    return waiting_words(len(queue.waiting), len(queue.today) - late, late)


def waiting_words(number: int, due: int, late: int) -> str:
    """The same from the numbers; empty when nothing waits."""
    if not number:
        return ""
    said = [
        ngettext("One waits for your answer.", "%(number)s wait for your answer.", number)
        % {"number": in_words(number)}
    ]
    if due:
        said.append(
            ngettext("One is promised today.", "%(number)s are promised today.", due)
            % {"number": in_words(due)}
        )
    if late:
        said.append(ngettext("One is late.", "%(number)s are late.", late) % {"number": in_words(late)})
    return " ".join(said)


def promise_words(promise: Promise) -> str:
    """What people see before they ask."""
    if is_closed(promise) and promise.closed_until:
        return _("Closed to new asks until %(day)s: %(why)s.") % {
            "day": whole_day(promise.closed_until),
            "why": promise.closed_because,
        }
    return ngettext(
        "Your promise: an answer within %(count)d day.",
        "Your promise: an answer within %(count)d days.",
        promise.days,
    ) % {"count": promise.days}
