"""The queue in words: its sentence, its rows, and what one has promised."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communis.answers.asking import Askable, Away
from communis.answers.clarity import Found
from communis.answers.models import Absence, Ask, Promise
from communis.answers.promises import is_closed, today
from communis.answers.queue import Queue, Waiting
from communis.answers.reasons import ReasonAnswered
from communis.conversations.shown_words import byline, sentence
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.naming import persons_named
from communis.web.dates import whole_day
from communis.web.numbers import in_words
from communis.web.rows import address


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
    # Whose it is, where one stands in.
    instead_of: str
    # Whether an answer is begun.
    begun: bool


def ask_row(waiting: Waiting, *, begun: bool = False) -> AskRow:
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
        waiting.instead_of,
        begun,
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


class AskableRow(NamedTuple):
    """Someone who can be asked: the value of the choice, and what is said of the promise before one asks."""

    value: str
    askable: Askable
    away: str


def askable_row(one: Askable) -> AskableRow:
    """The value says who stands in as well, so that an ask counts only for what was shown."""
    value = ":".join(part for part in (one.held.mandate.public_id, one.stand_in) if part)
    return AskableRow(value, one, away_words(one.held.person.name, one.away) if one.away else "")


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


def own_absence_words(absence: Absence | None, viewer: Viewer) -> str:
    """*While you are away Sofia answers*, for the person alone; empty when one is not away."""
    if absence is None:
        return ""
    days = {"first": whole_day(absence.first), "last": whole_day(absence.last)}
    names = persons_named([absence.stand_in_id], viewer) if absence.stand_in_id else []
    if not names:
        return _("You are away %(first)s to %(last)s. Nobody answers meanwhile.") % days
    said = {**days, "name": names[0]}
    return _("While you are away, %(first)s to %(last)s, %(name)s answers what you both read.") % said


def away_words(name: str, away: Away) -> str:
    """*Johan is away until 8 December. Sofia answers meanwhile*, for who asks; or from when the promise counts."""
    said = {"name": name, "day": whole_day(away.last)}
    if away.stand_in is None:
        return _("%(name)s is away until %(day)s; the promise counts from then.") % said
    said["other"] = away.stand_in.name
    return _("%(name)s is away until %(day)s. %(other)s answers meanwhile.") % said


def most_find_words(found: Found) -> list[str]:
    """What most find of the answers of a year, about all who answer together; nothing where nothing is said."""
    sentences = {
        ("clear", True): _("Most who have said something find the answers here clear."),
        ("clear", False): _("Most who have said something find the answers here unclear."),
        ("fair", True): _("Most who have said something find the answers here fair."),
        ("fair", False): _("Most who have said something find the answers here unfair."),
    }
    return [sentences[one] for one in found._asdict().items() if one in sentences]
