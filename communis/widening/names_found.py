"""Names of known persons in a text: whole, in part, with initials, in the genitive, or written without capitals.

Two things must not alarm: a word that is also a name (Björn, Ek, Per, My), and somebody else who has one name in
common ("Karin Boye"). A first name before an unknown surname is somebody else; a word alarms only where nothing but
a name can stand.
"""

import re
from collections.abc import Iterator

from communis.widening.findings import Kind
from communis.widening.known_names import KnownNames, folded
from communis.widening.names_that_are_words import (
    AFTER_PLACES,
    ALSO_WORDS,
    BEFORE_MONTHS,
    BEFORE_PLACES,
    CALENDAR,
    DOINGS,
    FIRST_NAMES,
    GRAMMAR,
    NAMED_THINGS,
    NO_GENITIVES,
    PARTICLES,
    PLACES,
    SHORTENED,
    SPOKEN_TO,
    TITLES,
)

_WORD = re.compile(r"[^\W\d_][\u0300-\u036f]*(?:['-]?[^\W\d_][\u0300-\u036f]*)*")
_ENDS_SENTENCE = re.compile(r"[.!?:…\n\"“”»«*•/]")
_MOST_BETWEEN = 3


class _Word:
    """A word of the text. ``gap`` is what stands between it and the word before."""

    __slots__ = ("capital", "end", "fold", "gap", "start", "written")

    def __init__(self, written: str, start: int, gap: str) -> None:
        self.written, self.start, self.gap = written, start, gap
        self.end = start + len(written)
        self.fold = folded(written)
        # Also "al-Hassan".
        self.capital = written[0].isupper() or ("-" in written and written != written.lower())

    @property
    def shouted(self) -> bool:
        return len(self.written) > 1 and self.written.isupper()

    @property
    def stems(self) -> list[tuple[str, int]]:
        """The name it could be, as written first, then without a genitive; each with where it ends."""
        found = [(self.fold, self.end)]
        if self.fold in NO_GENITIVES:
            return found
        for ending in ("'s", "'", "s"):
            if self.fold.endswith(ending) and len(self.fold) > len(ending) + 1:
                found.append((self.fold[: -len(ending)], self.end - len(ending)))
        return found


def names_found(text: str, known: KnownNames) -> Iterator[tuple[int, int, Kind]]:
    """The places of known names in a readable text, in order. The genitive's s is left outside."""
    if known.initials:
        for start, end in _Search(text, known).places():
            yield start, end, Kind.NAME


class _Search:
    def __init__(self, text: str, known: KnownNames) -> None:
        self.text, self.known = text, known
        self.words: list[_Word] = []
        ended = 0
        for match in _WORD.finditer(text):
            self.words.append(_Word(match[0], match.start(), text[ended : match.start()]))
            ended = match.end()
        # Words that stand somewhere without a capital are words here, whatever the lists say.
        self.as_words = ALSO_WORDS | {word.fold for word in self.words if not word.capital}

    def places(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        unsure: list[tuple[int, str, int]] = []  # (place of the word, name, end)
        sure: set[str] = set()
        at = 0
        while at < len(self.words):
            if not self.known.has_part(self.words[at].fold):
                at += 1
                continue
            whole = self._whole(at)
            if whole:
                last, end = whole
                found.append((self.words[at].start, end))
                sure |= {word.fold for word in self.words[at : last + 1]}
                at = last + 1
                continue
            part = self._part(at)
            if part:
                name, end = part
                if self._is_meant(at, name):
                    found.append((self._start_with_initials(at, name), end))
                    sure.add(name)
                elif self._could_be_meant(at, name):
                    unsure.append((at, name, end))
            at += 1
        found += [
            (self.words[at].start, end) for at, name, end in unsure if name in sure and name not in GRAMMAR
        ]
        return sorted(found)

    def _whole(self, at: int) -> tuple[int, int] | None:
        """(last word, end) of a first name followed by a surname of the same person, or the other way about."""
        first = self.words[at]
        bearers = self.known.bearers_first(first.fold)
        if bearers:
            for step in range(1, _MOST_BETWEEN + 2):
                ended = self._ends_whole(at, step, bearers)
                if ended:
                    return ended
                if not self._may_stand_between(at + step):
                    break
        return self._turned(at)

    def _ends_whole(self, at: int, step: int, bearers: set[int]) -> tuple[int, int] | None:
        if at + step >= len(self.words) or not self._close(at + step):
            return None
        first, last = self.words[at], self.words[at + step]
        for stem, end in last.stems:
            same = bearers & (
                self.known.bearers_last(stem) | (self._other_half(first, stem) if step == 1 else set())
            )
            if not same:
                continue
            if first.capital and last.capital:
                return self._longer(at, at + step, end, same)
            small = not first.capital and not last.capital and step == 1
            if small and not {first.fold, stem} & ALSO_WORDS:
                return at + step, end
        return None

    def _longer(self, at: int, last: int, end: int, same: set[int]) -> tuple[int, int]:
        """Takes in the names that follow: "Per Olof" then "Lindahl", "Nguyen Thi" then "Lan"."""
        while last + 1 < len(self.words) and self._close(last + 1) and self.words[last + 1].capital:
            following = [
                (stem, ends)
                for stem, ends in self.words[last + 1].stems
                if same & self.known.bearers_last(stem)
            ]
            if not following:
                break
            last, end = last + 1, following[0][1]
        return last, end

    def _other_half(self, first: _Word, stem: str) -> set[int]:
        """Who is called both, as halves of one first name: "Per Olof" of "Per-Olof"."""
        whole = self.known.first.get(f"{first.fold}-{stem}")
        return whole or set()

    def _turned(self, at: int) -> tuple[int, int] | None:
        """ "Sundvall, Karin": a surname, a comma at most, and the first name of the same person."""
        if at + 1 >= len(self.words) or self.words[at + 1].gap not in {", ", " ", ","}:
            return None
        surname, first = self.words[at], self.words[at + 1]
        if not surname.capital or not first.capital:
            return None
        bearers = self.known.last.get(surname.fold, set())
        for stem, end in first.stems:
            if bearers & self.known.first.get(stem, set()):
                return at + 1, end
        return None

    def _part(self, at: int) -> tuple[str, int] | None:
        """(name, end) where the word is a part of a known name, written with a capital."""
        word = self.words[at]
        if not word.capital or (word.shouted and len(word.written) < 4):
            return None
        if self.text[word.end : word.end + 1] == "-":  # "Mark- och miljödomstolen"
            return None
        for stem, end in word.stems:
            if len(stem) > 1 and (stem in self.known.first or stem in self.known.last):
                return stem, end
        return None

    def _is_meant(self, at: int, name: str) -> bool:
        if self._is_somebody_else(at, name):
            return False
        return name not in self.as_words or self._can_only_be_a_name(at, name)

    def _could_be_meant(self, at: int, name: str) -> bool:
        return self._begins_sentence(at) and not self._is_somebody_else(at, name)

    def _is_somebody_else(self, at: int, name: str) -> bool:
        """Whether a neighbour makes this the name of a person who is not known."""
        word = self.words[at]
        first, last = name in self.known.first, name in self.known.last
        if (first or name in FIRST_NAMES) and word.fold == name and self._is_unknown_surname(at + 1):
            return True
        if not last or first or at == 0 or not self._close(at):
            return False
        before = self.words[at - 1]
        if self._is_initials(at - 1):
            return not self._initials_fit(at, name)
        if not before.capital or before.fold in TITLES or self._is_owner(before):
            return False
        return (
            not self._begins_sentence(at - 1) or before.fold in FIRST_NAMES or before.fold in self.known.first
        )

    def _is_owner(self, word: _Word) -> bool:
        """Whether it is a name in the genitive, which makes no other person of the name after it."""
        return any(stem in self.known.first or stem in FIRST_NAMES for stem, _ in word.stems[1:])

    def _is_unknown_surname(self, at: int) -> bool:
        if at >= len(self.words) or not self._close(at):
            return False
        after = self.words[at]
        if not after.capital or after.shouted or after.fold in CALENDAR or len(after.written) == 1:
            return False
        return after.fold not in self.known.first or after.fold in self.known.last

    def _can_only_be_a_name(self, at: int, name: str) -> bool:
        """For a name that is also a word: whether the place leaves no other meaning."""
        word = self.words[at]
        if word.shouted:
            return False
        before = self.words[at - 1].fold if at and self._close(at) else ""
        if before in NAMED_THINGS or (name in PLACES and self._is_place(at, before)):
            return False
        if name in CALENDAR and (
            before in BEFORE_MONTHS or self.text[word.end : word.end + 2].strip().isdigit()
        ):
            return False
        if not self._begins_sentence(at):
            return True
        return self._does_something(at) or self._is_signature(at)

    def _is_place(self, at: int, before: str) -> bool:
        """ "i Lund", "Malmö och Lund", "Lunds universitet"."""
        if before in BEFORE_PLACES:
            return True
        if at + 1 < len(self.words) and self.words[at + 1].fold in AFTER_PLACES:
            return True
        paired = before in {"och", "and"} and at > 1 and self.words[at - 2].capital
        return paired and self._part(at - 2) is None and not self._begins_sentence(at - 2)

    def _does_something(self, at: int) -> bool:
        if at + 1 >= len(self.words):
            return False
        after = self.words[at + 1]
        if after.gap == " " and after.fold in DOINGS:
            return True
        if after.gap == ", " and after.fold in SPOKEN_TO:
            return True
        joined = after.gap == ", " or (after.gap == " " and after.fold in {"och", "and", "samt"})
        other = at + 1 if after.gap == ", " else at + 2
        return joined and other < len(self.words) and self._part(other) is not None

    def _is_signature(self, at: int) -> bool:
        """A name alone on its line after other lines, or after a slash."""
        word = self.words[at]
        if word.gap.endswith("/"):
            return True
        alone = not self.text[word.end : word.end + 40].partition("\n")[0].strip()
        return alone and at > 0 and "\n" in word.gap

    def _begins_sentence(self, at: int) -> bool:
        word = self.words[at]
        if at == 0:
            return True
        if not _ENDS_SENTENCE.search(word.gap):
            return False
        before = self.words[at - 1]
        letter = len(before.written) == 1 and (before.capital or before.gap == ".")  # "K. Ek", "bl.a. Ek"
        return not ((letter or before.fold in SHORTENED) and word.gap in {". ", "."})

    def _close(self, at: int) -> bool:
        """Whether nothing but a space, or the full stop of an initial, stands before the word."""
        gap = self.words[at].gap
        return gap == " " or (gap in {". ", "."} and self._is_initials(at - 1))

    def _is_initials(self, at: int) -> bool:
        written = self.words[at].written
        letters = written.replace("-", "")
        return len(letters) <= 2 and letters.isupper()

    def _initials_fit(self, at: int, name: str) -> bool:
        initials = self.words[at - 1].fold
        return any(initials in self.known.initials[person] for person in self.known.last.get(name, set()))

    def _may_stand_between(self, at: int) -> bool:
        if at >= len(self.words) or not self._close(at):
            return False
        return self.words[at].capital or self.words[at].fold in PARTICLES

    def _start_with_initials(self, at: int, name: str) -> int:
        initials = at > 0 and name in self.known.last and self._close(at) and self._is_initials(at - 1)
        return self.words[at - 1 if initials and self._initials_fit(at, name) else at].start
