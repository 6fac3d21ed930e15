"""The parts of a text that can be answered by themselves: its paragraphs, or its lines where it has line breaks.

Who selects with a mouse answers any words; this is the way that needs neither a mouse nor a script (R11).
"""

from typing import NamedTuple

from communis.conversations import anchors, markdown
from communis.conversations.html_pieces import BLOCKS, VOID, pieces
from communis.conversations.visible_text import stretches


class Part(NamedTuple):
    """Words of a text, and how many times (from 0) they stand in it before: what ``anchors.find`` takes."""

    words: str
    occurrence: int


def parts_of(html: str) -> list[Part]:
    """In the order they stand; empty where there is nothing to choose between."""
    text = markdown.plain(html)
    found: list[Part] = []
    offset = 0
    for row in text.split("\n"):
        if row.strip():
            found.append(_part(row, text, offset))
        offset += len(row) + 1
    return found if len(found) > 1 else []


def ends_of_parts(html: str) -> list[tuple[int, str]]:
    """``(place in the HTML, words)`` for each of ``parts_of(html)``: where it ends, outside all inline elements."""
    ends: list[tuple[int, str]] = []
    words, end = "", 0
    for stretch in stretches(html):
        if stretch.text == "\n":
            ends += [(end, words.strip())] if words.strip() else []
            words = ""
        else:
            words, end = words + stretch.text, stretch.end
    ends += [(end, words.strip())] if words.strip() else []
    outside = _outside_inline(html)
    return [(outside.get(end, end), words) for end, words in ends] if len(ends) > 1 else []


def _outside_inline(html: str) -> dict[int, int]:
    """For each place where text ends and inline elements close, the place after them."""
    moved: dict[int, int] = {}
    started: int | None = None
    for piece in pieces(html):
        closes = piece.closing and piece.name not in BLOCKS and piece.name not in VOID
        if not piece.name:
            started = piece.end
        elif closes and started is not None:
            moved[started] = piece.end
        else:
            started = None
    return moved


def _part(row: str, text: str, offset: int) -> Part:
    """The words may stand inside an earlier line as well."""
    words = row.strip()
    occurrence = 0
    place = anchors.find(words, text)
    while place is not None and place.start < offset:
        occurrence += 1
        place = anchors.find(words, text, occurrence)
    return Part(words, occurrence)
