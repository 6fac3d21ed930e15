"""The check before opening, for the words of one author as they would stand on a wider line."""

from collections.abc import Sequence
from typing import NamedTuple

from communis.conversations.visible_text import plain
from communis.conversations.wider import Shown
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.widening.check import check
from communis.widening.findings import Finding
from communis.widening.models import Consent, Widening


class Found(NamedTuple):
    """Something the check found: what it is, and the words that stand there; empty when it is about the whole text."""

    finding: Finding
    words: str


def found_in(html: str, shown: Shown, widening: Widening, viewer: Viewer) -> list[Found]:
    """What the author, who looks as ``viewer``, may want to know before these words and files are opened."""
    rung = Rung(widening.audience.rung)
    names = _not_asked(widening, viewer)
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


def _not_asked(widening: Widening, viewer: Viewer) -> Sequence[str]:
    """Names of persons the author may list who are not asked here; others would be told to exist (D30)."""
    asked = Consent.everything.filter(widening=widening).values_list("person_id", flat=True)
    listed = Person.visible.to(viewer).exclude(id__in=[*asked, viewer.person_id])
    return list(listed.values_list("name", flat=True))
