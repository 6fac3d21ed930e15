"""Anchors: the very words of a revision that something else is about (R11).

A ``Place`` counts characters of the visible text, ``markdown.plain(html)``. Anchored words must be found again
exactly (composed, white space folded); where they are gone or cannot be told apart there is no place, and the page
says that it answers an earlier version.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from communis.conversations.clusters import cluster_starts
from communis.conversations.composed import composed
from communis.conversations.same_words import Word, same_words, words
from communis.conversations.visible_text import Stretch, stretches

_MARK = re.compile(r'<mark data-anchor="[0-9 ]+">|</mark>')


class Place(NamedTuple):
    """Characters of a revision's visible text, from ``start`` up to but not including ``end``."""

    start: int
    end: int


def find(selection: str, text: str, nth: int = 0, paragraph: int | None = None) -> Place | None:
    """Where the selected words stand in the visible text, or ``None``.

    ``nth`` counts from 0 the times they occur, in the whole text or in one paragraph (a line of it, from 0).
    """
    offset = 0
    if paragraph is not None:
        lines = text.split("\n")
        if not 0 <= paragraph < len(lines):
            return None
        offset = sum(len(line) + 1 for line in lines[:paragraph])
        text = lines[paragraph]
    sought = _folded(selection)
    folded, origins = _folding(text)
    found = -1
    for _ in range(nth + 1):
        found = folded.find(sought, found + 1)
        while found >= 0 and not _whole(origins, found, found + len(sought)):
            found = folded.find(sought, found + 1)
        if found < 0 or not sought:
            return None
    return Place(offset + origins[found][0], offset + origins[found + len(sought) - 1][1])


def move(place: Place, old_text: str, new_text: str) -> Place | None:
    """Where the very same words stand in the new visible text, or ``None``: it answers an earlier version."""
    return move_all([place], old_text, new_text)[0]


def move_all(places: Sequence[Place], old_text: str, new_text: str) -> list[Place | None]:
    """``move`` for many anchors on one revision, comparing the texts once."""
    old, new = words(old_text), words(new_text)
    known = same_words(old, new, old_text, new_text)
    return [_moved(place, old_text, new_text, old, new, known) for place in places]


def mark(html: str, places: Sequence[tuple[Place, int]]) -> str:
    """The HTML with the words of each (place, number) in ``<mark data-anchor="number">``.

    Made when somebody looks, never stored. A mark ends at every tag and begins again after it. Where anchors
    overlap a mark carries all their numbers, ``data-anchor="1 3"``. ``unmarked`` gives the HTML back.
    """
    written: list[str] = []
    last = 0
    for start, end, numbers in _spans(html, places):
        written += [html[last:start], f'<mark data-anchor="{numbers}">', html[start:end], "</mark>"]
        last = end
    return "".join([*written, html[last:]])


def unmarked(html: str) -> str:
    """The HTML without marks."""
    return _MARK.sub("", html)


def _folded(text: str) -> str:
    return " ".join(composed(text).split())


def _folding(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text composed and with white space folded, and for each of its characters where it came from."""
    characters: list[str] = []
    origins: list[tuple[int, int]] = []
    starts = cluster_starts(text)
    for start, end in pairwise(starts):
        letter = composed(text[start:end])
        if letter.isspace():
            if not characters or characters[-1] == " ":
                continue
            letter = " "
        characters += letter
        origins += [(start, end)] * len(letter)
    return "".join(characters), origins


def _whole(origins: list[tuple[int, int]], first: int, end: int) -> bool:
    """Whether characters ``first`` to ``end`` begin and end between characters as readers see them."""
    begins = first == 0 or origins[first - 1] != origins[first]
    return begins and (end == len(origins) or origins[end - 1] != origins[end])


def _moved(
    place: Place,
    old_text: str,
    new_text: str,
    old: list[Word],
    new: list[Word],
    known: list[int | None],
) -> Place | None:
    first = bisect_right(old, place.start, key=lambda word: word.starts[-1])
    after = bisect_left(old, place.end, key=lambda word: word.starts[0])
    said = old_text[place.start : place.end].strip()
    target = known[first] if said and first < after else None
    if target is None or known[first:after] != list(range(target, target + after - first)):
        return None
    last = target + after - first - 1
    start = _inside(place.start, old[first], new[target])
    end = _inside(place.end, old[after - 1], new[last], ending=True)
    same = _folded(old_text[place.start : place.end]) == _folded(new_text[start:end])
    return Place(start, end) if same else None


def _inside(offset: int, old: Word, new: Word, ending: bool = False) -> int:
    """The same place inside the same word. White space at the edges of a selection is left behind."""
    if ending:
        return new.starts[min(bisect_left(old.starts, offset), len(old.starts) - 1)]
    return new.starts[max(bisect_right(old.starts, offset) - 1, 0)]


def _spans(html: str, places: Sequence[tuple[Place, int]]) -> Iterator[tuple[int, int, str]]:
    """(start in the HTML, end in the HTML, numbers) of what is marked, in order, none with a tag inside."""
    borders = sorted({border for place, _ in places for border in place})
    numbers = _numbers_after(borders, places)
    open_span: tuple[int, int, str] | None = None
    offset = 0
    for stretch in stretches(html):
        for start, end, active in _cut(stretch, offset, borders, numbers):
            if open_span and open_span[1] == start and open_span[2] == active:
                open_span = (open_span[0], end, active)
            else:
                if open_span:
                    yield open_span
                open_span = (start, end, active) if active else None
        offset += len(stretch.text)
    if open_span:
        yield open_span


def _numbers_after(borders: list[int], places: Sequence[tuple[Place, int]]) -> dict[int, str]:
    """For each border the numbers of the anchors that cover what follows it."""
    changes: dict[int, list[int]] = {border: [] for border in borders}
    for which, (place, _) in enumerate(places):
        if place.start < place.end:
            changes[place.start].append(which)
            changes[place.end].append(which)
    active: set[int] = set()
    numbers: dict[int, str] = {}
    for border in borders:
        active ^= set(changes[border])
        numbers[border] = " ".join(map(str, sorted({places[which][1] for which in active})))
    return numbers


def _cut(
    stretch: Stretch, offset: int, borders: list[int], numbers: dict[int, str]
) -> Iterator[tuple[int, int, str]]:
    """The stretch, which begins at ``offset`` of the visible text, cut at the borders."""
    if stretch.start == stretch.end:
        return
    until = offset + len(stretch.text)
    following = bisect_right(borders, offset)
    active = numbers[borders[following - 1]] if following else ""
    cuts = [offset, *borders[following : bisect_left(borders, until)], until]
    for here, there in pairwise(cuts):
        active = numbers[here] if here != offset else active
        end = stretch.end if there == until else stretch.start + there - offset
        yield stretch.start + here - offset, end, active
