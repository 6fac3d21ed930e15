"""Blank lines become paragraphs and line breaks stay, the way blogs show the bodies of their older posts."""

import re
from collections.abc import Iterator

from communis.conversations.html_pieces import BLOCKS, VOID, pieces

# Where loose text may stand and is divided; inside any other block it is left as it is.
DIVIDED = ("blockquote", "div")

_BLANK_LINE = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")


def with_paragraphs(html: str) -> str:
    """``html`` in the safe subset, its loose text in ``<p>``. What already stands in blocks is unchanged."""
    return "".join(_paragraphs(html))


def _paragraphs(html: str) -> Iterator[str]:
    blocks: list[str] = []  # the blocks around the present place
    inline = 0  # how many inline elements are open
    loose: list[str] = []  # the paragraph being gathered
    for piece in pieces(html):
        text = html[piece.start : piece.end]
        divided = not blocks or blocks[-1] in DIVIDED
        if piece.name in BLOCKS and not inline:
            yield _paragraph(loose)
            loose = []
            yield text
            if piece.closing:
                blocks.pop()
            elif piece.name not in VOID:
                blocks.append(piece.name)
        elif not divided:
            yield text
        elif piece.name:
            inline += 0 if piece.name in VOID else -1 if piece.closing else 1
            loose.append(text)
        elif inline:
            loose.append(_BLANK_LINE.sub("<br><br>", text))
        else:
            *ended, rest = _BLANK_LINE.split(text)
            for words in ended:
                yield _paragraph([*loose, words])
                loose = []
            loose.append(rest)
    yield _paragraph(loose)


def _paragraph(loose: list[str]) -> str:
    words = "".join(loose).strip(" \t\r\n")
    lines = [line.strip(" \t\r").removesuffix("<br>") for line in words.split("\n")]
    return f"<p>{'<br>'.join(lines)}</p>\n" if words else ""
