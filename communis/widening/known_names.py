"""The names to look for: full names taken apart into first names, surnames and their halves."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from communis.conversations.composed import composed
from communis.widening.names_that_are_words import PARTICLES
from communis.widening.readable import readable

# Accents that make another letter in Swedish; all others only make the same letter sound otherwise.
_LETTERS = {"å", "ä", "ö"}
_SHORTEST_HALF = 3
_LETTERS_TOGETHER = re.compile(r"(?:[^\W\d_]|['\u0300-\u036f])+")


def folded(name: str) -> str:
    """The name as it is compared: small letters, no accents but those of å, ä and ö."""
    if name.isascii():
        return name.lower()
    letters = composed(name).casefold()
    return "".join(
        one if one in _LETTERS else unicodedata.normalize("NFD", one)[0]
        for one in letters
        if not unicodedata.combining(one)
    )


def names_that_could_stand(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Those of the full names of which some part is a word of the texts. Only they need to be taken apart."""
    words: set[str] = set()
    for text in texts:
        words.update(_LETTERS_TOGETHER.findall(readable(text).text))
    folds = {folded(word) for word in words}
    # With the endings of a genitive taken away.
    folds |= {fold[:-1] for fold in folds} | {fold[:-2] for fold in folds} | {fold[:-3] for fold in folds}
    return [name for name in names if not folds.isdisjoint(_pieces(name))]


@lru_cache(maxsize=50_000)
def _pieces(name: str) -> tuple[str, ...]:
    return tuple(piece for part in folded(name).split() for piece in part.split("-") if piece)


class KnownNames:
    """For each part of a name the persons (counted from 0) who bear it."""

    def __init__(self, names: Iterable[str]) -> None:
        self.first: dict[str, set[int]] = defaultdict(set)
        self.last: dict[str, set[int]] = defaultdict(set)
        # Halves of a first name, "Per" of "Per-Olof": only together with a surname or the other half.
        self.halves: dict[str, set[int]] = defaultdict(set)
        self.initials: list[set[str]] = []
        for person, name in enumerate(names):
            parts = [part for part in folded(name).split() if part not in PARTICLES]
            self.initials.append(set())
            if parts:
                self._add(person, parts)

    def _add(self, person: int, parts: list[str]) -> None:
        self.first[parts[0]].add(person)
        halves = _halves(parts[0])
        for half in halves:
            self.halves[half].add(person)
        self.initials[person] = {parts[0][0], "".join(half[0] for half in halves)}
        self.initials[person] |= {"-".join(half[0] for half in halves)}
        for part in parts[1:]:
            self.last[part].add(person)
            for half in _halves(part):
                if len(half) >= _SHORTEST_HALF and half not in PARTICLES:
                    self.last[half].add(person)

    def has_part(self, fold: str) -> bool:
        """Whether a folded word, perhaps in the genitive, is a part of any name. The quick question."""
        return any(
            part in self.first or part in self.last or part in self.halves
            for part in (fold, fold[:-1], fold[:-2])
        )

    def bearers_first(self, part: str) -> set[int]:
        """Who has it as a first name or a half of one."""
        return self.first.get(part, set()) | self.halves.get(part, set())

    def bearers_last(self, part: str) -> set[int]:
        """Who has it, or a half of it, as a surname or another name after the first."""
        found = set(self.last.get(part, set()))
        for half in _halves(part):
            found |= self.last.get(half, set())
        return found


def _halves(part: str) -> list[str]:
    return [half for half in part.split("-") if half] if "-" in part else []
