"""A mail's text as lines, each with the marks of quoting that stand before it."""

import re
from typing import NamedTuple

# Characters that show nothing. Programs leave them at the beginning of what they quote.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
    + [*range(0x2060, 0x2070), 0xFE0F, 0xFEFF]
)
_MARKS = re.compile(r"[>＞\s]*")
# Some programs put the initials of whoever is quoted before the mark.
_INITIALS = re.compile(r"[A-ZÅÄÖÆØ]{1,4}[>＞]")
_BAR = re.compile(r"[|│┃]\s")


class Line(NamedTuple):
    """``raw`` is the line as it came, without white space at its end; ``said`` is what it says, without marks.

    ``depth`` counts the marks: zero where the line is not marked as quoted.
    """

    raw: str
    said: str
    depth: int

    @property
    def blank(self) -> bool:
        return not self.said


def lines_of(text: str) -> list[Line]:
    """All lines of the text, also the blank ones."""
    return [line_of(raw) for raw in text.splitlines()]


def line_of(raw: str) -> Line:
    raw = raw.rstrip()
    visible = raw.translate(_INVISIBLE).strip()
    initials = _INITIALS.match(visible)
    if initials:
        visible = visible[initials.end() - 1 :]
    bar = _BAR.match(visible)
    # A line that ends with a bar too is a row of a table.
    if bar and not visible.endswith(visible[0]):
        return Line(raw, visible[bar.end() :].strip(), 1)
    marks = _MARKS.match(visible)
    end = marks.end() if marks else 0
    return Line(raw, visible[end:], visible.count(">", 0, end) + visible.count("＞", 0, end))


def next_said(lines: list[Line], position: int) -> int:
    """The place of the first line from ``position`` on that says something; the number of lines if none does."""
    while position < len(lines) and lines[position].blank:
        position += 1
    return position
