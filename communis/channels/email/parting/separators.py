"""Lines that part one's own words from a mail below: *-----Ursprungligt meddelande-----*, or a line of underscores."""

import re
from enum import StrEnum

from communis.channels.email.parting.header_blocks import Field, header_of
from communis.channels.email.parting.lines import Line, next_said
from communis.channels.email.parting.mail_words import FORWARDED, MESSAGE, ORIGINAL, WROTE

LONGEST_TITLE = 200
FEWEST_UNDERSCORES = 20
_DASHES = "-‐‑‒–—_=*~+#"
# A program ran the line together with the words before it.
_INNER_TITLE = re.compile(r"---\s?([^\W\d_][^-\n]{3,60})---")
LONGEST_LINE = 2_000
_WORD = re.compile(r"[^\W\d_]+")
_LEADING = re.compile(r"[-‐‑‒–—_=*~+#]{2,}\s*")
_TRAILING = re.compile(r"\s*[-‐‑‒–—_=*~+#]{2,}")
_DRAWN = re.compile(r"[-‐‑‒–—_=*~+#.·\s]+")


class Separator(StrEnum):
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    LINE = "line"


def separator(lines: list[Line], position: int) -> Separator | None:
    """What the line announces, if it parts one's own words from a mail below."""
    said = lines[position].said
    if len(said) >= FEWEST_UNDERSCORES and not said.strip("_"):
        return Separator.LINE
    title = titled(said)
    if title:
        return _announced(title)
    inner = _INNER_TITLE.search(said, 0, LONGEST_LINE) if "---" in said else None
    if inner is not None:
        return _announced(inner[1].casefold())
    if _introduces(lines, position):
        return Separator.FORWARDED
    return None


def titled(said: str) -> str:
    """The words between two rows of dashes, in lower case; empty where there are none."""
    leading = _LEADING.match(said)
    if leading is None:
        return ""
    rest = said[leading.end() : leading.end() + LONGEST_TITLE]
    trailing = _TRAILING.search(rest)
    return rest[: trailing.start()].casefold() if trailing else ""


def after_title(said: str) -> str:
    """What stands on the same line behind the second row of dashes."""
    leading = _LEADING.match(said)
    if leading is None:
        return ""
    trailing = _TRAILING.search(said, leading.end(), leading.end() + LONGEST_TITLE)
    return said[trailing.end() :].lstrip(_DASHES).strip() if trailing else ""


def is_drawn(said: str) -> bool:
    """Whether the line is drawn, not written: dashes and the like, perhaps with a title between them."""
    return bool(said) and (_DRAWN.fullmatch(said) is not None or bool(titled(said)))


def _announced(title: str) -> Separator | None:
    if any(word in title for word in FORWARDED):
        return Separator.FORWARDED
    if any(word in title for word in ORIGINAL) or any(word in WROTE for word in _WORD.findall(title)):
        return Separator.ANSWERED
    return None


def _introduces(lines: list[Line], position: int) -> bool:
    """*Begin forwarded message:*, with the headers of a mail below."""
    said = lines[position].said.casefold()
    if len(said) > LONGEST_TITLE or not said.endswith((":", "：")):
        return False
    if not (any(word in said for word in FORWARDED) and any(word in said for word in MESSAGE)):
        return False
    following = next_said(lines, position + 1)
    header = header_of(lines[following].said) if following < len(lines) else None
    return header is not None and header.field is not Field.UNKNOWN
