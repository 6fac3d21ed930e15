"""A mail's text as lines, each with the marks of quoting that stand before it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

# Nobody writes more. What stands below so many lines counts as quoted, so that a mail made to keep us busy does not.
MOST_LINES = 5_000

# Characters that show nothing. Programs leave them at the beginning of what they quote.
_INVISIBLE = [
    *[0x00AD, 0x034F, 0x061C, 0x180E, 0xFE0F, 0xFEFF],
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
]
# Spaces that do not break, or have another width.
_SPACES = [0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_PLAIN: dict[int, str | None] = {**dict.fromkeys(_INVISIBLE), **dict.fromkeys(_SPACES, " ")}
# A program that forgot to translate HTML leaves the mark as HTML has it.
_MARKS = re.compile(r"(?:[>＞\s]|&gt;)*")
# Some programs put the initials of whoever is quoted before the mark.
_INITIALS = re.compile(r"[A-ZÅÄÖÆØ]{1,4}[>＞]")
_BAR = re.compile(r"[|│┃]\s")


class Line(NamedTuple):
    """``came`` is the line as it came, without white space at its end; ``said`` is what it says, without marks.

    In ``said`` every space is a plain one, and what cannot be seen is gone.
    ``depth`` counts the marks: zero where the line is not marked as quoted.
    """

    came: str
    said: str
    depth: int

    @property
    def blank(self) -> bool:
        return not self.said


def lines_of(text: str) -> tuple[list[Line], str]:
    """The lines of the text, also the blank ones, and what comes after the ``MOST_LINES`` that are looked at."""
    whole = text.splitlines()
    return [line_of(line) for line in whole[:MOST_LINES]], "\n".join(whole[MOST_LINES:])


def line_of(came: str) -> Line:
    came = came.rstrip()
    visible = came.translate(_PLAIN).strip()
    initials = _INITIALS.match(visible)
    if initials:
        visible = visible[initials.end() - 1 :]
    bar = _BAR.match(visible)
    # A line that ends with a bar too is a row of a table.
    if bar and not visible.endswith(visible[0]):
        return Line(came, visible[bar.end() :].strip(), 1)
    marks = _MARKS.match(visible)
    marked = marks[0] if marks else ""
    return Line(came, visible[len(marked) :], sum(marked.count(mark) for mark in (">", "＞", "&gt;")))


def text_of(lines: Iterable[Line]) -> str:
    """The lines as they came, without blank ones around them and with at most one between two of them."""
    kept: list[str] = []
    for line in lines:
        if not line.blank:
            kept.append(line.came)
        elif kept and kept[-1]:
            kept.append("")
    return "\n".join(kept).rstrip("\n")


def next_said(lines: list[Line], position: int) -> int:
    """The place of the first line from ``position`` on that says something; the number of lines if none does."""
    while position < len(lines) and lines[position].blank:
        position += 1
    return position
