"""Walks HTML that ``safe_html`` wrote: tags and the text between them, with their places in the string.

The sanitiser always writes the same form (lower-case names, quoted attributes, ``<`` and ``&`` escaped), so
one regular expression reads it exactly and in linear time. Never use this on HTML from anywhere else.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')

VOID = frozenset({"br", "hr", "img"})
# Elements that begin and end a line of visible text.
_BLOCKS = (
    "blockquote caption dd div dl dt figcaption figure h3 h4 h5 h6 hr li ol p pre table tbody td tfoot th"
    " thead tr ul"
)
BLOCKS = frozenset(_BLOCKS.split())


class HtmlPiece(NamedTuple):
    """A tag, or (``name`` is empty) a stretch of text. ``start`` and ``end`` are places in the HTML."""

    name: str
    closing: bool
    attributes: str
    start: int
    end: int


def pieces(html: str) -> Iterator[HtmlPiece]:
    position = 0
    for tag in TAG.finditer(html):
        if tag.start() > position:
            yield HtmlPiece("", False, "", position, tag.start())
        yield HtmlPiece(tag[2], tag[1] == "/", tag[3], tag.start(), tag.end())
        position = tag.end()
    if position < len(html):
        yield HtmlPiece("", False, "", position, len(html))
