"""The parts of a text that can be answered by themselves: its paragraphs, or its lines where it has line breaks.

Who selects with a mouse answers any words; this is the way that needs neither a mouse nor a script (R11).
"""

from typing import NamedTuple

from communis.conversations import anchors, markdown


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


def _part(row: str, text: str, offset: int) -> Part:
    """The words may stand inside an earlier line as well."""
    words = row.strip()
    occurrence = 0
    place = anchors.find(words, text)
    while place is not None and place.start < offset:
        occurrence += 1
        place = anchors.find(words, text, occurrence)
    return Part(words, occurrence)
