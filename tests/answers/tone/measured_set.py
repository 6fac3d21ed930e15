"""The labelled answers of tests/data/tone, and what the check of tone finds in them."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from communis.answers.tone.blurs import Kind
from communis.answers.tone.check import check_tone

FOLDER = Path(__file__).parents[2] / "data" / "tone"
# The set tells apart four things. Which kind of each the check should say, a hand can dispute.
MARKS = {
    "p": {Kind.NO_DATE, Kind.NO_ONE_NAMED, Kind.NO_ONE_AND_NO_DATE, Kind.PASSIVE_PROMISE},
    "h": {Kind.HEDGED_VERDICT},
    "r": {Kind.NO_REASON},
    "c": {Kind.ABOUT_THE_PERSON, Kind.TALKING_DOWN},
}
PARTS = ("tuned", "unseen", "later")
_PLACE = re.compile(r"\[(\w):([^\]]+)\]")


@dataclass(frozen=True)
class Labelled:
    """An answer without its marks, and the places (start, end, mark) that have to be found. None: it is clear."""

    text: str
    places: tuple[tuple[int, int, str], ...]
    part: str


@dataclass
class Figures:
    """What was found in some answers."""

    clear: int = 0
    alarmed: list[tuple[str, str]] = field(default_factory=list)
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)
    beside: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of marked places that are found."""
        return self.found.total() / self.wanted.total()

    @property
    def false_alarms(self) -> float:
        """The share of clear answers in which anything is found."""
        return len(self.alarmed) / self.clear


@cache
def labelled(language: str) -> tuple[Labelled, ...]:
    return tuple(
        _read(line, later=name.endswith("later"))
        for name in (language, f"{language}_later")
        for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )


@cache
def figures(language: str, part: str) -> Figures:
    """A place is found when a finding of a kind that its mark means has a word in common with it."""
    total = Figures()
    for one in labelled(language):
        if one.part == part:
            _count(total, one, language)
    return total


def _count(total: Figures, one: Labelled, language: str) -> None:
    findings = check_tone(one.text, language=language)
    if not one.places:
        total.clear += 1
        if findings:
            first = findings[0]
            total.alarmed.append((one.text[first.start : first.end], one.text))
    used = set()
    for start, end, mark in one.places:
        same = {f for f in findings if f.kind in MARKS[mark] and f.start < end and start < f.end}
        used |= same
        total.wanted[mark] += 1
        if same:
            total.found[mark] += 1
        else:
            total.missed.append((mark, one.text))
    if one.places:
        total.beside += [(one.text[f.start : f.end], one.text) for f in findings if f not in used]


def _read(line: str, *, later: bool) -> Labelled:
    unseen = int(hashlib.sha256(line.encode()).hexdigest()[:8], 16) % 5 < 2
    part = "later" if later else "unseen" if unseen else "tuned"
    text, places = "", []
    for plain, mark, words in _pieces(line):
        text += plain
        if mark:
            places.append((len(text), len(text) + len(words), mark))
            text += words
    return Labelled(text, tuple(places), part)


def _pieces(line: str) -> Iterator[tuple[str, str, str]]:
    ended = 0
    for match in _PLACE.finditer(line):
        yield line[ended : match.start()], match[1], match[2]
        ended = match.end()
    yield line[ended:], "", ""


def table() -> list[str]:
    """The figures as rows for docs/domains/tone.md."""
    rows = [
        "| Set | Clear | False alarms | Blurred places | Found | Promises | Hedges | Reasons | Cutting words |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for language, called in (("sv", "Swedish"), ("en", "English")):
        for part in PARTS:
            one = figures(language, part)
            kinds = " | ".join(f"{one.found[mark]} of {one.wanted[mark]}" for mark in MARKS)
            rows.append(
                f"| {called}, {part} | {one.clear} | {len(one.alarmed)} "
                f"({one.false_alarms:.0%}) | {one.wanted.total()} | {one.found.total()} ({one.recall:.0%}) | {kinds} |"
            )
    return rows
