"""The one subset of HTML that words of contributions are stored and shown in (trust T22, T23, XSS-1, PIX-1).

- No ``id``, ``class``, ``style``, ``hx-*`` or ``on*``; links to http, https, mailto and tel, with ``rel``.
- Nothing loads when a page is opened: a picture from elsewhere becomes a link with its alt text.
- A picture of the revision's own files is written ``<img src="file:2" alt="…">`` and stored as the marker
  ``<img data-file="2" alt="…">``, which shows nothing by itself. The page puts the picture there
  when somebody looks, below the address of the line that is looked at (gate rule 18).
- Headings begin at level three, since the page around the words has one and two.
- ``<mark>`` is not in the subset: it belongs to anchors, at the time of looking.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

import nh3
from django.utils.translation import ngettext

from communis.conversations.html_pieces import ATTRIBUTE, BLOCKS, VOID, HtmlPiece, pieces
from communis.conversations.paragraphs import with_paragraphs

# Part of the key of whatever is kept of sanitised HTML. Raise it with every change of what comes out.
SANITISER_VERSION = 1

LONGEST = 100_000  # characters of source
DEEPEST = 40  # elements inside each other; the tags of deeper ones are dropped, their words stay

INLINE = {
    *["a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "ins"],
    *["kbd", "q", "s", "small", "strong", "sub", "sup", "u"],
}
TAGS = INLINE | BLOCKS
ATTRIBUTES = {
    "*": set[str](),
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"data-file", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
NUMBERS = {"data-file": r"[1-9]\d{0,3}", "start": r"\d{1,9}", "colspan": r"[1-9]\d?", "rowspan": r"[1-9]\d?"}
SCHEMES = {"http", "https", "mailto", "tel"}
REL = "noopener noreferrer nofollow ugc"

# Elements that become others, so that older posts keep their shape.
RENAMED = {
    **dict.fromkeys(["address", "article", "aside", "center", "details", "footer"], "div"),
    **dict.fromkeys(["header", "main", "nav", "section", "summary"], "div"),
    **dict.fromkeys(["h1", "h2", "h3"], "h3"),
    **dict.fromkeys(["h4"], "h4"),
    **dict.fromkeys(["strike"], "s"),
    **dict.fromkeys(["tt", "samp", "var"], "code"),
    **dict.fromkeys(["dfn"], "em"),
}
# Elements that would load something; each becomes a link to it.
LOADED = {"img", "iframe", "video", "audio", "source", "embed"}
OWN_FILE = re.compile(r"file:([1-9]\d{0,3})")


class OutsidePicture(NamedTuple):
    """A picture that lies elsewhere, and what the safe subset has in its place: a link and its words."""

    address: str
    # Where the link leads: to the picture, or to what the picture itself was a link to.
    link: str
    words: str


class TextTooLong(ValueError):
    """``length`` characters were given and ``limit`` are taken. The message is for the person who wrote."""

    def __init__(self, length: int, limit: int) -> None:
        self.length = length
        self.limit = limit
        super().__init__(
            ngettext(
                "This text has %(length)d character, and %(limit)d fit. Shorten it, or divide it in two.",
                "This text has %(length)d characters, and %(limit)d fit. Shorten it, or divide it in two.",
                length,
            )
            % {"length": length, "limit": limit}
        )


def clean_html(html: str, *, base: str | None = None, limit: int = LONGEST) -> str:
    """Any HTML in the safe subset. Cleaning it again changes nothing.

    ``base`` is the address that relative links are read from (an imported page's own).
    Raises ``TextTooLong`` above ``limit`` characters.
    """
    return _sanitised(_shaped(_parsed(html, base, limit)))


def from_html(html: str, *, base: str | None = None, limit: int = LONGEST) -> str:
    """The body of an imported post in the safe subset, read the way a blog reads it.

    Block comments are dropped, short codes stay as text, and where the post has no block comments a blank
    line ends a paragraph and a line break stays one.
    """
    shaped = _shaped(_parsed(html, base, limit))
    if "<!-- wp:" not in html:
        shaped = with_paragraphs(_sanitised(shaped))
    return _sanitised(shaped)


def outside_pictures(html: str, *, base: str | None = None, limit: int = LONGEST) -> list[OutsidePicture]:
    """The pictures of HTML as it came that became links in the safe subset, in their order."""
    found: list[OutsidePicture] = []
    link = ""
    for piece in pieces(_parsed(html, base, limit)):
        values = {name: unescape(value) for name, value in ATTRIBUTE.findall(piece.attributes)}
        if piece.name == "a":
            link = "" if piece.closing else values.get("href", "")
        elif piece.name == "img" and re.match(r"(?i)https?://", values.get("src", "")):
            source = values["src"]
            found.append(OutsidePicture(source, link or source, _words_for(source, values.get("alt", ""))))
    return found


def own_picture(number: int, words: str) -> str:
    """The marker of the revision's own picture, in the one form that the subset has it in."""
    return _sanitised(f'<img data-file="{number}" alt="{escape(words)}">')


def _parsed(html: str, base: str | None, limit: int) -> str:
    """Well-formed HTML, still with what would load something and with elements that get other names."""
    if len(html) > limit:
        raise TextTooLong(len(html), limit)
    return _READER.clean(html) if base is None else _reader(base).clean(html)


def _shaped(html: str) -> str:
    return "".join(_shape(html))


def _shape(html: str) -> Iterator[str]:
    """The parsed HTML with elements renamed, flattened below ``DEEPEST``, loading elements made links."""
    depth = 0
    links = 0
    for piece in pieces(html):
        text = html[piece.start : piece.end]
        if not piece.name:
            yield text
        elif piece.name in LOADED:
            if not piece.closing:
                yield _shown_instead(piece, inside_link=links > 0)
        elif piece.name in VOID:
            yield text
        else:
            links += (-1 if piece.closing else 1) if piece.name == "a" else 0
            depth += 0 if piece.closing else 1
            if depth <= DEEPEST:
                name = RENAMED.get(piece.name, "h6" if piece.name in {"h5", "h6"} else piece.name)
                yield f"<{'/' if piece.closing else ''}{name}{piece.attributes}>"
            depth -= 1 if piece.closing else 0


def _shown_instead(piece: HtmlPiece, inside_link: bool) -> str:
    """The marker of an own file, else a link to the thing with its alt text, else the alt text alone."""
    values = {name: unescape(value) for name, value in ATTRIBUTE.findall(piece.attributes)}
    source, words = values.get("src", ""), values.get("alt", "").strip()
    own = OWN_FILE.fullmatch(source)
    number = own[1] if own else values.get("data-file", "")
    if piece.name == "img" and re.fullmatch(NUMBERS["data-file"], number):
        return f'<img data-file="{number}" alt="{escape(words)}">'
    if not re.match(r"(?i)(https?:)?//", source):
        return escape(words)
    words = _words_for(source, words)
    return escape(words) if inside_link else f'<a href="{escape(source)}">{escape(words)}</a>'


def _words_for(source: str, alternative: str) -> str:
    """The alt text, or else the name of the file."""
    return alternative.strip() or source.split("?")[0].rstrip("/").rsplit("/", 1)[-1] or source


def _sanitised(html: str) -> str:
    return _CLEANER.clean(html)


def _allowed(tag: str, name: str, value: str) -> str | None:
    """Numbers must be small numbers; the other attributes are judged by their URL scheme."""
    pattern = NUMBERS.get(name)
    return value if pattern is None or re.fullmatch(pattern, value, re.ASCII) else None


def _reader(base: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS | set(RENAMED) | {"h5", "h6"} | LOADED,
        clean_content_tags={"script", "style", "svg", "math", "template", "title"},
        attributes={
            **ATTRIBUTES,
            "img": {"data-file", "alt", "src"},
            **{tag: {"src"} for tag in LOADED - {"img"}},
        },
        url_schemes=SCHEMES | {"file"},
        url_relative=None if base is None else ("rewrite_with_base", base),
        link_rel=None,
    )


_READER = _reader(None)
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style"},
    attributes=ATTRIBUTES,
    attribute_filter=_allowed,
    url_schemes=SCHEMES,
    link_rel=REL,
)
