"""The check before opening, for the words of one author as they would stand on a wider line."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from communis.conversations.lines_shown import Shown
from communis.conversations.visible_text import plain
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.circles_held import authorities_around
from communis.people.models import Person
from communis.widening.check import check
from communis.widening.findings import Finding
from communis.widening.known_names import KnownNames, names_that_could_stand
from communis.widening.models import Consent, Widening
from communis.widening.quoted_words import NarrowerTexts


class Found(NamedTuple):
    """Something the check found: what it is, and the words that stand there; empty when it is about the whole text."""

    finding: Finding
    words: str
    # False for what stands in a file's name or in what is said of it.
    in_text: bool = True


class Border(NamedTuple):
    """The authorities on both sides of an opening, as circles give them."""

    written_in: Collection[str] = ()
    read_in: Collection[str] = ()


NO_BORDER = Border()


def border_of(widening: Widening, viewer: Viewer) -> Border:
    """From where the author works, who looks as ``viewer``, to the circles named. Wider rungs ask nothing of it."""
    if widening.audience.rung != Rung.CIRCLE:
        return NO_BORDER
    held = [one.principal for one in viewer.narrow_holdings()]
    return Border(authorities_around(held), authorities_around(widening.audience.principals()))


def found_among(
    texts: Sequence[str],
    rung: Rung,
    names: KnownNames,
    border: Border = NO_BORDER,
    narrower: Iterable[str] | NarrowerTexts = (),
) -> list[Found]:
    """What the author may want to know before these are shown at ``rung``: the visible text first, then what stands
    beside it.

    ``names`` of those who have not been asked; ``narrower``: visible texts by others that fewer people see. What is
    said of the whole is said once.
    """
    first = check(texts[0], rung=rung, names=names, narrower=narrower, **border._asdict())
    found = [_found(texts[0], finding, True) for finding in first]
    for said in texts[1:]:
        more = check(said, rung=rung, names=names)
        found += [_found(said, finding, False) for finding in more if not finding.whole]
    return found


def texts_of(html: str, shown: Shown) -> list[str]:
    """Everything the check reads of words on their way: the visible text, and what stands beside it."""
    return [plain(html), *(word for file in shown.beside for word in file[:4] if word)]


def stopping(html: str, shown: Shown, widening: Widening) -> list[Finding]:
    """What has to go before the words can be opened: personal numbers, when anyone could read them."""
    found = found_among(texts_of(html, shown), Rung(widening.audience.rung), KnownNames(()))
    return [one.finding for one in found if one.finding.stops]


def names_not_asked(widening: Widening, viewer: Viewer, texts: Iterable[str]) -> KnownNames:
    """Names in the texts, of persons whom the author, who looks as ``viewer``, may list.

    Of others it would tell that they exist (D30).
    """
    persons = Consent.everything.filter(widening=widening, person__isnull=False)
    asked = persons.values_list("person_id", flat=True).distinct()
    return _names(Person.visible.to(viewer).exclude(id__in=[*asked, viewer.person_id]), texts)


def names_of_others(viewer: Viewer, texts: Iterable[str], besides: Sequence[str] = ()) -> KnownNames:
    """Names in the texts, of all whom the writer may list.

    Not the writer's own, nor those of ``besides``, public ids of those who are answered.
    """
    listed = Person.visible.to(viewer).exclude(id=viewer.person_id).exclude(public_id__in=besides)
    return _names(listed, texts)


def _names(persons: QuerySet[Person], texts: Iterable[str]) -> KnownNames:
    return KnownNames(names_that_could_stand(persons.values_list("name", flat=True), texts))


def _found(text: str, finding: Finding, in_text: bool) -> Found:
    return Found(finding, text[finding.start : finding.end], in_text)
