"""What the check of tone can find in an answer, and the question it asks about it.

A blur holds a place and never the words that stand there: nothing found can end up in a row or a log. The page shows
the words from the text it already has, and the question behind a colon: "look into it": who, and when?
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What is the matter with the words at a place."""

    NO_DATE = "no date"
    NO_ONE_NAMED = "no one named"
    NO_ONE_AND_NO_DATE = "no one named and no date"
    PASSIVE_PROMISE = "passive promise"
    HEDGED_VERDICT = "hedged verdict"
    NO_REASON = "no reason"
    ABOUT_THE_PERSON = "about the person"
    TALKING_DOWN = "talking down"


_QUESTIONS = {
    Kind.NO_DATE: _("when?"),
    Kind.NO_ONE_NAMED: _("who?"),
    Kind.NO_ONE_AND_NO_DATE: _("who, and when?"),
    Kind.PASSIVE_PROMISE: _("who does it, and when?"),
    Kind.HEDGED_VERDICT: _("is that a yes or a no?"),
    Kind.NO_REASON: _("which reason?"),
    Kind.ABOUT_THE_PERSON: _("is that about the idea, or about the person?"),
    Kind.TALKING_DOWN: _("how does that sound to the one who asked?"),
}


@dataclass(frozen=True, order=True)
class Blur:
    """Characters (code points) of the answer from ``start`` up to ``end``."""

    start: int
    end: int
    kind: Kind

    @property
    def question(self) -> str:
        """What to ask the one who writes, in the active language; goes on after the words and a colon."""
        return str(_QUESTIONS[self.kind])
