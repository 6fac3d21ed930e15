"""The labelled texts of tests/data/check, and what the check finds in them."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from communis.openness.rungs import Rung
from communis.widening.check import check
from communis.widening.findings import Kind

FOLDER = Path(__file__).parents[1] / "data" / "check"
MARKS = {
    "p": Kind.PERSONAL_NUMBER,
    "s": Kind.COORDINATION_NUMBER,
    "o": Kind.ORGANISATION_NUMBER,
    "f": Kind.TELEPHONE,
    "a": Kind.ACCOUNT,
    "e": Kind.EMAIL,
    "n": Kind.NAME,
    "c": Kind.CASE,
    "i": Kind.INVENTION,
    "w": Kind.WRONGDOING,
}
NUMBERS_OF_PERSONS = {Kind.PERSONAL_NUMBER, Kind.COORDINATION_NUMBER}
_PLACE = re.compile(r"\[(\w):([^\]]+)\]")


@dataclass(frozen=True)
class Labelled:
    """A text without its marks; the places that have to be found, and what it is as a whole."""

    text: str
    places: tuple[tuple[int, int, Kind], ...]
    kinds: frozenset[Kind]
    unseen: bool


@dataclass
class Figures:
    """What was found in some texts."""

    texts: int = 0
    words: int = 0
    wanted: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    false: Counter[Kind] = field(default_factory=Counter)
    missed: list[tuple[Kind, str]] = field(default_factory=list)
    alarmed: list[tuple[Kind, str]] = field(default_factory=list)

    def recall(self, *kinds: Kind) -> float:
        return sum(self.found[kind] for kind in kinds) / sum(self.wanted[kind] for kind in kinds)

    def false_in_200_texts(self, *kinds: Kind) -> float:
        return 200 * sum(self.false[kind] for kind in kinds) / self.texts

    def false_in_1000_words(self, *kinds: Kind) -> float:
        return 1000 * sum(self.false[kind] for kind in kinds) / self.words


def directory() -> list[str]:
    return [
        line for line in (FOLDER / "directory.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"
    ]


@cache
def labelled(language: str) -> tuple[Labelled, ...]:
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_read(line) for line in lines if line and not line.startswith("#"))


@cache
def figures(language: str, unseen: bool) -> Figures:
    """What is found when each text is to be open to anyone. A place is found when one finding covers the whole of it;
    a finding that touches no such place is false."""
    total = Figures()
    names = directory()
    for one in labelled(language):
        if one.unseen == unseen:
            _count(total, one, names)
    return total


def _count(total: Figures, one: Labelled, names: list[str]) -> None:
    total.texts += 1
    total.words += len(one.text.split())
    findings = [finding for finding in check(one.text, rung=Rung.PUBLIC, names=names) if not finding.whole]
    used = set()
    for start, end, kind in one.places:
        total.wanted[kind] += 1
        same = [f for f in findings if f.kind == kind and f.start < end and start < f.end]
        used |= set(same)
        if any(f.start <= start and end <= f.end for f in same):
            total.found[kind] += 1
        else:
            total.missed.append((kind, one.text))
    for kind in one.kinds:
        total.wanted[kind] += 1
        same = [f for f in findings if f.kind == kind]
        used |= set(same)
        if same:
            total.found[kind] += 1
        else:
            total.missed.append((kind, one.text))
    for finding in findings:
        if finding not in used:
            total.false[finding.kind] += 1
            total.alarmed.append((finding.kind, one.text))


def _read(line: str) -> Labelled:
    unseen = int(hashlib.sha256(line.encode()).hexdigest()[0], 16) % 2 == 1
    kinds: frozenset[Kind] = frozenset()
    whole = re.match(r"\{([\w ]+)\} ", line)
    if whole:
        kinds = frozenset(MARKS[mark] for mark in whole[1].split())
        line = line[whole.end() :]
    text, places = "", []
    for plain, mark, words in _pieces(line.replace("\\n", "\n")):
        text += plain
        if mark:
            places.append((len(text), len(text) + len(words), MARKS[mark]))
            text += words
    return Labelled(text, tuple(places), kinds, unseen)


def _pieces(line: str) -> Iterator[tuple[str, str, str]]:
    ended = 0
    for match in _PLACE.finditer(line):
        yield line[ended : match.start()], match[1], match[2]
        ended = match.end()
    yield line[ended:], "", ""


def table() -> list[str]:
    """The figures as rows for docs/domains/widening.md: found of wanted, and alarms where there was nothing."""
    rows = [
        "| Set | Texts | Personal numbers | False in 200 texts | Names | Name alarms in 1,000 words |",
        "|---|---|---|---|---|---|",
    ]
    for language, called in (("sv", "Swedish"), ("en", "English")):
        for unseen in (False, True):
            one = figures(language, unseen)
            numbers = sum(one.found[kind] for kind in NUMBERS_OF_PERSONS)
            wanted = sum(one.wanted[kind] for kind in NUMBERS_OF_PERSONS)
            rows.append(
                f"| {called}, {'unseen' if unseen else 'tuned'} | {one.texts} | {numbers} of {wanted}"
                f" | {one.false_in_200_texts(*NUMBERS_OF_PERSONS):.1f}"
                f" | {one.found[Kind.NAME]} of {one.wanted[Kind.NAME]} | {one.false_in_1000_words(Kind.NAME):.1f} |"
            )
    return rows


def table_of_other_kinds() -> list[str]:
    """Both languages and halves together: found of wanted, and alarms where there was nothing."""
    rows = ["| Found | Of what had to be found | Alarms besides |", "|---|---|---|"]
    every = [figures(language, unseen) for language in ("sv", "en") for unseen in (False, True)]
    for kind in MARKS.values():
        if kind not in NUMBERS_OF_PERSONS | {Kind.NAME}:
            found, wanted, false = (
                sum(getattr(one, what)[kind] for one in every) for what in ("found", "wanted", "false")
            )
            rows.append(f"| {kind} | {found} of {wanted} | {false} |")
    return rows
