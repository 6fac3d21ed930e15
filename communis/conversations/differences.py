"""What a correction changed, word by word, in the visible text (R63)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from communis.conversations.visible_text import plain

# What one comparison may look at. Beyond it lines are compared instead of words, and beyond that a passage counts
# as removed and added whole. Bounds the time.
_MOST_PAIRS = 200_000
_MOST_CELLS = 4_000_000

_PARTS = re.compile(
    r"\w+(?:[\u0300-\u036f]\w*)*|\s+|[^\w\s][\u0300-\u036f\u200d\ufe0f\U0001f3fb-\U0001f3ff]*"
)


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Visible text of one kind of change, line breaks included."""

    change: Change
    text: str


def difference(old_html: str, new_html: str) -> list[Piece]:
    """The two visible texts as pieces, in reading order.

    Kept and removed pieces together are the old text, kept and added ones the new.
    """
    old, new = _PARTS.findall(plain(old_html)), _PARTS.findall(plain(new_html))
    return list(_joined(_compared(old, new)))


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Equal beginning, changed middle, equal end: nearly every correction is small."""
    beginning = _equal(old, new)
    old_rest, new_rest = old[beginning:], new[beginning:]
    ending = _equal(old_rest[::-1], new_rest[::-1])
    old_middle, new_middle = old_rest[: len(old_rest) - ending], new_rest[: len(new_rest) - ending]
    yield Piece(Change.KEPT, "".join(old[:beginning]))
    if _comparable(old_middle, new_middle):
        yield from _matched(old_middle, new_middle)
    else:
        yield from _matched_lines(_lines(old_middle), _lines(new_middle))
    yield Piece(Change.KEPT, "".join(old_rest[len(old_middle) :]))


def _matched_lines(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Changed lines are compared by their words where they are few enough."""
    for before, after in _blocks(old, new):
        old_words, new_words = _PARTS.findall(before), _PARTS.findall(after)
        if before != after and _comparable(old_words, new_words):
            yield from _matched(old_words, new_words)
        else:
            yield from _piece(before, after)


def _matched(old: list[str], new: list[str]) -> Iterator[Piece]:
    for before, after in _blocks(old, new):
        yield from _piece(before, after)


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Passages of the old text and what stands there in the new, equal or not."""
    if not _comparable(old, new):
        yield "".join(old), "".join(new)
        return
    # White space never decides what belongs together.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for _, first, last, new_first, new_last in matcher.get_opcodes():
        yield "".join(old[first:last]), "".join(new[new_first:new_last])


def _piece(before: str, after: str) -> Iterator[Piece]:
    if before == after:
        yield Piece(Change.KEPT, before)
    else:
        yield Piece(Change.REMOVED, before)
        yield Piece(Change.ADDED, after)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours joined: a lone space between two changes belongs to them, so that phrases stay whole."""
    removed = added = kept = ""
    for piece in pieces:
        if piece.change == Change.KEPT:
            kept += piece.text
            continue
        if not piece.text:
            continue
        if (removed and added and kept == " ") or not kept:
            removed, added = removed + kept, added + kept
        else:
            yield from _written(removed, added)
            yield Piece(Change.KEPT, kept)
            removed = added = ""
        kept = ""
        if piece.change == Change.REMOVED:
            removed += piece.text
        else:
            added += piece.text
    yield from _written(removed, added)
    if kept:
        yield Piece(Change.KEPT, kept)


def _written(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(Change.REMOVED, removed)
    if added:
        yield Piece(Change.ADDED, added)


def _lines(parts: list[str]) -> list[str]:
    return "".join(parts).splitlines(keepends=True)


def _equal(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts at the beginning are equal."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _comparable(old: Sequence[str], new: Sequence[str]) -> bool:
    news = Counter(new)
    pairs = sum(times * news[part] for part, times in Counter(old).items() if not part.isspace())
    return pairs <= _MOST_PAIRS and len(old) * len(new) <= _MOST_CELLS
