"""Bringing a list of what was tried in: first a look, then the decision. Brought in again it adds nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from communis.answers.trials.models import Trial
from communis.answers.trials.words import Words
from communis.answers.trials.writing import Around, check_around, write_trial
from communis.channels.importers.trials.reading import MOST_ROWS, Row, read
from communis.conversations.refusals import Refused
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from communis.people.stewarding import with_address
from communis.widening.before_opening import found_among, names_of_others

# So many are written at a time, that others who write never wait long.
TOGETHER = 50


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    THERE = "there already"
    REFUSED = "refused"


@dataclass(frozen=True)
class Judged:
    """A row and what becomes of it.

    ``why``: what is wrong and what to do. ``look_at``: words that may tell of someone.
    """

    number: int
    what: str
    outcome: Outcome
    why: str = ""
    look_at: tuple[str, ...] = ()


def import_trials(data: bytes, *, by: Person, dry_run: bool = False, most: int = MOST_ROWS) -> list[Judged]:
    """Bring a list in for all employees to read; with ``dry_run`` only say what would become of each row.

    At most ``most`` rows. The same thing at the same place and time is there already. What was brought in before an
    interruption stays, and is there already the next time. Raises Refused for anyone but a steward, and where the
    whole file cannot be used.
    """
    if not by.steward:
        raise Refused(_("A steward brings in lists."))
    judge = _Judge(by)
    rows = read(data, most)
    judged: list[Judged] = []
    for start in range(0, len(rows), TOGETHER):
        with transaction.atomic():
            judged += [judge(row, dry_run) for row in rows[start : start + TOGETHER]]
    return judged if not dry_run else _with_findings(judged, rows, by)


def counts(judged: Iterable[Judged]) -> dict[str, int]:
    """``{outcome: how many rows}``."""
    outcomes = [one.outcome for one in judged]
    return {outcome.value: outcomes.count(outcome) for outcome in Outcome}


class _Judge:
    """Knows what is there, as far as the steward sees: nothing else may be told of by what a row becomes."""

    def __init__(self, by: Person) -> None:
        self.by, self.viewer = by, viewer_for(by.id)
        seen = Trial.visible.to(self.viewer).values_list("what", "place", "year", "period")
        self.there = {_key(*one) for one in seen}
        self.units: dict[str, list[Circle]] = {}
        for unit in Circle.visible.to(self.viewer).filter(unit=True):
            self.units.setdefault(unit.name.casefold(), []).append(unit)

    def __call__(self, row: Row, dry_run: bool) -> Judged:
        if row.words is None:
            return Judged(row.number, row.what, Outcome.REFUSED, row.fault)
        key = _key(row.words.what, row.words.place, row.words.year, row.words.period)
        if key in self.there:
            return Judged(row.number, row.what, Outcome.THERE)
        try:
            around = Around(Rung.ORGANISATION, self._unit(row.unit), self._guardian(row.guardian))
            self._write(row.words, around, dry_run)
        except Refused as refused:
            return Judged(row.number, row.what, Outcome.REFUSED, refused.message)
        self.there.add(key)
        return Judged(row.number, row.what, Outcome.ADDED)

    def _write(self, words: Words, around: Around, dry_run: bool) -> None:
        if dry_run:
            check_around(words, around, self.by)
        else:
            write_trial(words, around, by=self.by)

    def _unit(self, written: str) -> Circle | None:
        if not written:
            return None
        found = self.units.get(written.casefold(), [])
        if len(found) != 1:
            raise Refused(
                _("No unit here is called %(name)s. Correct it, or leave it empty.") % {"name": written}
            )
        return found[0]

    def _guardian(self, written: str) -> Person | None:
        if not written:
            return None
        found = with_address(written, by=self.by)
        if found is None:
            raise Refused(_("Write the address that the one to talk to signs in with, or leave it empty."))
        return found


def _key(what: str, place: str, year: int, period: str) -> tuple[str, str, int, str]:
    return (what.casefold(), place.casefold(), year, period.casefold())


def _with_findings(judged: list[Judged], rows: list[Row], by: Person) -> list[Judged]:
    """With what the check before words go to all employees finds in those that would be added."""
    texts = {row.number: row.words.as_text() for row in rows if row.words is not None}
    names = names_of_others(viewer_for(by.id), texts.values())
    shown: list[Judged] = []
    for one in judged:
        found = (
            found_among([texts[one.number]], Rung.ORGANISATION, names) if one.outcome == Outcome.ADDED else []
        )
        words = tuple(dict.fromkeys(place.words for place in found if place.words))
        shown.append(Judged(one.number, one.what, one.outcome, one.why, words))
    return shown
