"""The check before opening, for the words of one author as they would stand on a wider line."""

from typing import NamedTuple

from communis.conversations.lines_shown import Shown
from communis.conversations.visible_text import plain
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.widening.check import check
from communis.widening.findings import Finding
from communis.widening.known_names import KnownNames
from communis.widening.models import Consent, Widening


class Found(NamedTuple):
    """Something the check found: what it is, and the words that stand there; empty when it is about the whole text."""

    finding: Finding
    words: str


def found_in(html: str, shown: Shown, widening: Widening, names: KnownNames) -> list[Found]:
    """What the author may want to know before these words and files are opened; ``names`` of those not asked."""
    rung = Rung(widening.audience.rung)
    texts = [plain(html), *(word for file in shown.beside for word in file[:4] if word)]
    return [
        Found(finding, text[finding.start : finding.end])
        for text in texts
        for finding in check(text, rung=rung, names=names)
    ]


def stopping(html: str, shown: Shown, widening: Widening) -> list[Finding]:
    """What has to go before the words can be opened: personal numbers, when anyone could read them."""
    rung = Rung(widening.audience.rung)
    texts = [plain(html), *(word for file in shown.beside for word in file[:4] if word)]
    return [finding for text in texts for finding in check(text, rung=rung) if finding.stops]


def names_not_asked(widening: Widening, viewer: Viewer) -> KnownNames:
    """Of persons the author, who looks as ``viewer``, may list; others would be told to exist (D30)."""
    persons = Consent.everything.filter(widening=widening, person__isnull=False)
    asked = persons.values_list("person_id", flat=True)
    listed = Person.visible.to(viewer).exclude(id__in=[*asked, viewer.person_id])
    return KnownNames(listed.values_list("name", flat=True))
