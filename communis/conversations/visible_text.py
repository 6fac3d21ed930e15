"""What a reader sees of safe HTML: plain text, its first line, its first sentence."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from communis.conversations.clusters import shorten
from communis.conversations.html_pieces import BLOCKS, HtmlPiece, pieces

_IN_TEXT = re.compile(r"&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);|[ \t\n\r\f]+|[^& \t\n\r\f]+|&")
_IN_PRE = re.compile(r"&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);|\n|[^&\n]+|&")
_FIRST_ALT = re.compile(r'<img data-file="\d+" alt="([^"]+)"')

_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
# A full stop after these never ends a sentence ...
_SHORT = (
    "t.ex bl.a kl dvs d.v.s s.k f.d f.n p.g.a fr.o.m t.o.m t.h ca c:a resp nr tel ang avd enl exkl forts inkl"
    " jfr kap mom st tr u.a e.g i.e mr mrs ms dr prof vs approx jr cf fig vol"
)
_NEVER_AN_END = frozenset(_SHORT.split())
# ... after these only when a capital letter follows.
_SOMETIMES_AN_END = ["osv", "o.s.v", "m.m", "m.fl", "o.d", "o.dyl", "etc", "et.al", "a.m", "p.m"]


class Stretch(NamedTuple):
    """A part of the visible text and the place in the HTML it stands at.

    Either character by character (``end - start == len(text)``), or one character written otherwise there: an
    escaped one, a space for folded white space, or a line break between blocks (``start == end``).
    """

    text: str
    start: int
    end: int


def plain(html: str) -> str:
    """The visible text: a line for each block and each line break, white space folded as in a browser.

    Pre-formatted text keeps its spaces. Characters are not normalised. Pictures have no text here.
    """
    return "".join(stretch.text for stretch in stretches(html))


def stretches(html: str) -> Iterator[Stretch]:
    """``plain(html)`` in parts, in order, each with its place in ``html``."""
    waiting: Stretch | None = None  # white space that shows only if words follow on the same line
    begun = on_line = False  # whether words were seen at all, and on this line
    preformatted = 0
    for piece in pieces(html):
        if piece.name in BLOCKS or piece.name == "br":
            preformatted += (-1 if piece.closing else 1) if piece.name == "pre" else 0
            waiting, on_line = None, False
        elif not piece.name:
            for part in _parts(html, piece, preformatted > 0):
                if part.text == " " and not preformatted:
                    waiting = waiting or part if on_line else None
                elif part.text == "\n":
                    waiting, on_line = None, False
                else:
                    if begun and not on_line:
                        yield Stretch("\n", part.start, part.start)
                    elif waiting:
                        yield waiting
                    yield part
                    waiting, begun, on_line = None, True, True


def first_line(html: str, limit: int = 120) -> str:
    """The first line of the visible text, for titles and lists; else the first own picture's alt text."""
    text = plain(html)
    if not text.strip():
        alt = _FIRST_ALT.search(html)
        text = unescape(alt[1]) if alt else ""
    return shorten(text.strip().split("\n", 1)[0].strip(), limit)


def first_sentence(html: str, limit: int = 200) -> str:
    """The first sentence of the first line; abbreviations such as "t.ex." and "kl." do not end one."""
    line = first_line(html, limit=100_000)
    for end in _SENTENCE_END.finditer(line):
        if ends_sentence(line, end.start(), end.end()):
            return shorten(line[: end.end()], limit)
    return shorten(line, limit)


def _parts(html: str, piece: HtmlPiece, preformatted: bool) -> Iterator[Stretch]:
    for part in (_IN_PRE if preformatted else _IN_TEXT).finditer(html, piece.start, piece.end):
        text = part[0]
        if text[0] == "&":
            text = unescape(text)
        elif not preformatted and text[0] in " \t\n\r\f":
            text = " "
        yield Stretch(text, part.start(), part.end())


def ends_sentence(line: str, mark: int, end: int) -> bool:
    following = line[end:].lstrip()[:1]
    if not following:
        return True
    if line[mark] in "!?":
        return not following.islower()
    word = line[:mark].rsplit(None, 1)[-1].lstrip("([\"'”»").casefold() if line[:mark].strip() else ""
    if following.islower() or word in _NEVER_AN_END:
        return False
    if word in _SOMETIMES_AN_END:
        return following.isupper()
    return not (len(word) == 1 and word.isalpha())  # an initial: "A. Lindgren"
