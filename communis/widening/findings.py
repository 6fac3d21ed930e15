"""What the check before opening can find, and what it says about it: a plain word of why, and words to put instead.

A finding holds a place and never the words that stand there, so nothing found can end up in a row, a log or an
error report. The page shows the words from the text it already has.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _

from communis.openness.rungs import Rung


class Kind(StrEnum):
    """What stands at a place."""

    PERSONAL_NUMBER = "personal number"
    COORDINATION_NUMBER = "coordination number"
    ORGANISATION_NUMBER = "organisation number"
    TELEPHONE = "telephone"
    ACCOUNT = "account"
    EMAIL = "e-mail"
    NAME = "name"
    QUOTED = "quoted"
    CASE = "case"
    INVENTION = "invention"
    WRONGDOING = "wrongdoing"
    OTHER_AUTHORITY = "other authority"
    OUTSIDE = "outside"


# These stop a public opening; everything else the author decides (D32, rulings Opening).
STOPPING = frozenset({Kind.PERSONAL_NUMBER, Kind.COORDINATION_NUMBER})


@dataclass(frozen=True, order=True)
class Finding:
    """Characters of the visible text from ``start`` up to ``end``; both 0 when the whole text is meant."""

    start: int
    end: int
    kind: Kind
    rung: Rung

    @property
    def stops(self) -> bool:
        """Whether the text cannot be opened at this rung while the words stand."""
        return self.kind in STOPPING and self.rung == Rung.PUBLIC

    @property
    def whole(self) -> bool:
        """Whether it is about the whole text and marks no place."""
        return self.start == self.end

    @property
    def mask(self) -> str:
        """Words to put instead, in the active language; empty where no words could do."""
        return _masks().get(self.kind, "")

    @property
    def explanation(self) -> str:
        """Why the place is marked and what to do, in the active language. Does not repeat the words."""
        said = _explanations()[self.kind]
        if self.kind in STOPPING:
            said += " " + (
                _("It has to go before the page is open to anyone.")
                if self.stops
                else _("Take it out, unless everyone who will read it needs it.")
            )
        if self.kind == Kind.WRONGDOING and settings.REPORTING_CHANNEL:
            said += " " + _("You find it here: %(address)s") % {"address": settings.REPORTING_CHANNEL}
        return said


def stopped(findings: list[Finding]) -> bool:
    """Whether something in the text has to go before it can be opened."""
    return any(finding.stops for finding in findings)


def _masks() -> dict[Kind, str]:
    return {
        Kind.PERSONAL_NUMBER: _("[personal number]"),
        Kind.COORDINATION_NUMBER: _("[coordination number]"),
        Kind.ORGANISATION_NUMBER: _("[organisation number]"),
        Kind.TELEPHONE: _("[telephone number]"),
        Kind.ACCOUNT: _("[account number]"),
        Kind.EMAIL: _("[e-mail address]"),
        Kind.NAME: _("a colleague"),
        Kind.QUOTED: "[…]",
    }


def _explanations() -> dict[Kind, str]:
    return {
        Kind.PERSONAL_NUMBER: _("This looks like a personal number."),
        Kind.COORDINATION_NUMBER: _("This looks like a coordination number."),
        Kind.ORGANISATION_NUMBER: _("This looks like an organisation number. Does it have to be here?"),
        Kind.TELEPHONE: _("This looks like a telephone number. Does its owner want more people to see it?"),
        Kind.ACCOUNT: _("This looks like an account number. Does it have to be here?"),
        Kind.EMAIL: _("This is an e-mail address. Does its owner want more people to see it?"),
        Kind.NAME: _("This is the name of someone who has not been asked."),
        Kind.QUOTED: _(
            "These words come from a text that fewer people see. Ask who wrote them, or use your own."
        ),
        Kind.CASE: _(
            "This may be about one client, patient or pupil. Could someone recognise who it is? "
            "Then write it so that nobody can, or leave it out."
        ),
        Kind.INVENTION: _(
            "Could this be an invention? Once it is open to anyone, it can no longer be patented. "
            "If you think it could be one, wait and ask someone first."
        ),
        Kind.WRONGDOING: _(
            "This sounds like a report of something wrong. You may write it here. There is also a channel made "
            "for such reports, with its own protection for you: your organisation's reporting channel. "
            "Is it about how you are treated at work? A safety representative can help you. "
            "Your right to talk to a newspaper is the same whatever you choose."
        ),
        Kind.OTHER_AUTHORITY: _(
            "Some who will read this belong to another authority or company. "
            "What is sent there can become an official document, and then anyone may ask to read it."
        ),
        Kind.OUTSIDE: _(
            "This goes outside the organisation. It can become an official document, and anyone can copy it. "
            "What has been copied cannot be taken back."
        ),
    }
