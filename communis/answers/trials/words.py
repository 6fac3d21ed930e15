"""What a trial says, in plain text, and what it has to say."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from communis.answers.promises import today
from communis.answers.verdicts import ReasonKind
from communis.conversations.refusals import Refused

EARLIEST_YEAR = 1900
LONGEST_TEXT = 5000
_SHORT = {"what": 200, "place": 200, "period": 60, "theme": 60, "cost": 200}
_LONG = ("premise", "result", "reason", "would_change")
# What is read as a text, in the order of the page.
TEXTS = ("what", "place", "period", "theme", "premise", "result", "reason", "cost", "would_change")


@dataclass(frozen=True)
class Words:
    """A trial in words. ``year`` is what it is found under; ``period`` says it as people do: *autumn 2023*."""

    what: str
    place: str
    year: int
    reason: str
    would_change: str
    reason_kind: ReasonKind = ReasonKind.OTHER
    period: str = ""
    theme: str = ""
    premise: str = ""
    result: str = ""
    cost: str = ""
    review_on: datetime.date | None = None
    declined: bool = False

    def as_text(self) -> str:
        """All that is read as a text."""
        return "\n\n".join(getattr(self, name) for name in TEXTS if getattr(self, name))


def tidy(words: Words) -> Words:
    """The words as they are kept: short ones on one line. Raises Refused, which names the field."""
    short = {name: " ".join(_kept(words, name).split()) for name in _SHORT}
    long = {name: _kept(words, name).replace("\r\n", "\n").strip() for name in _LONG}
    for name, length in _SHORT.items():
        if len(short[name]) > length:
            raise Refused(_("At most %(number)d characters here.") % {"number": length}, name)
    for name in _LONG:
        if len(long[name]) > LONGEST_TEXT:
            raise Refused(_("At most 5,000 characters here."), name)
    if not short["what"]:
        raise Refused(_("Say in a few words what it was."), "what")
    if not short["place"]:
        raise Refused(_("Say where it was."), "place")
    if not EARLIEST_YEAR <= words.year <= today().year:
        raise Refused(_("Write the year with four digits, such as 2023."), "year")
    if not long["reason"]:
        raise Refused(_("Say why it came to nothing or was declined."), "reason")
    if not long["would_change"]:
        raise Refused(_("Say what would have to change for it to be worth a new try."), "would_change")
    rest = {
        "year": words.year,
        "reason_kind": words.reason_kind,
        "review_on": words.review_on,
        "declined": words.declined,
    }
    return Words(**short, **long, **rest)  # type: ignore[arg-type]


def _kept(words: Words, name: str) -> str:
    # PostgreSQL refuses this character.
    said: str = getattr(words, name)
    return said.replace("\x00", "")
