"""Mail in HTML as text that ``part`` and ``forwarded`` read: Markdown, with quotes marked as in plain mail.

The HTML is made well-formed by the sanitiser first, and nothing but words, links and their shape is kept: no picture,
no style, nothing that is fetched. Quotes that programs put into ``blockquote`` get the mark ``>``. Where a program
only wraps a whole old mail, a line of underscores is put before it, as its plain mail has.
"""

import re
from html import unescape

import nh3

from communis.channels.email.parting.nesting import is_too_deep
from communis.channels.email.parting.shaped_lines import ShapedLines
from communis.conversations.html_pieces import ATTRIBUTE, HtmlPiece, pieces

# A mail that is deeper is not written by anybody: what is deeper loses its shape, not its words.
DEEPEST = 30
# The line that stands for the beginning of an old mail.
OLD_MAIL = "_" * 32

_BLOCKS = frozenset(
    [
        *["address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "figcaption", "figure"],
        *["footer", "form", "header", "main", "nav", "section"],
    ]
)
_PARAGRAPHS = frozenset(["blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"])
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_TAGS = _BLOCKS | _PARAGRAPHS | set(_EMPHASIS) | {"a", "br", "hr", "img", "li", "span", "td", "th", "tr"}
_OLD_MAILS = (
    "divrplyfwdmsg",
    "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message",
    "olk_src_body_section",
    "yahoo_quoted",
    "zmail_extra",
    "outlookmessageheader",
    "replyforwardmessage",
)
_SIGNATURES = (
    "signature",
    "gmail_signature",
    "moz-signature",
    "ms-outlook-mobile-signature",
    "ymail-signature",
)
# Word gives its paragraphs no space between them.
_TIGHT = re.compile(r"mso(?:normal|plaintext|nospacing|listparagraph)|margin:\s?0(?![.\d])")
_LEFT_BORDER = re.compile(r"border-left:[^;]{0,60}(?:solid|dashed|dotted|double)")
_TOP_BORDER = re.compile(r"border-top:[^;]{0,60}solid")
_ANY_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags={"script", "style", "title", "template", "svg", "math", "object"},
    attributes={"*": {"class", "id", "style"}, "a": {"href"}, "img": {"alt"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


_NOTHING_SAID: dict[str, str] = {}


def text_of_html(html: str) -> str:
    """The words of the HTML, line by line, with emphasis, lists and links as Markdown.

    HTML that nobody's program makes, elements a thousand deep, comes without its shape and counts as an old mail.
    """
    if is_too_deep(html):
        return f"{OLD_MAIL}\n{_ANY_TAG.sub(' ', html)}"
    reader = _Reader()
    clean = _CLEANER.clean(html)
    for piece in pieces(clean):
        if piece.name:
            reader.tag(piece)
        else:
            reader.words(unescape(clean[piece.start : piece.end]))
    return reader.lines.text()


class _Reader:
    """Goes through the tags in their order and writes lines."""

    def __init__(self) -> None:
        self.lines = ShapedLines()
        # For each open list the number of its next item; none where it has no numbers.
        self.lists: list[int | None] = []
        self.quotes = 0
        # For each open div whether it is a quote: some programs draw a line at the left of one.
        self.quoting: list[bool] = []
        # For each open paragraph whether it has no space around it.
        self.tight: list[bool] = []
        self.preformatted = 0
        self.links: list[str] = []

    def words(self, words: str) -> None:
        if not self.preformatted:
            self.lines.add(_SPACE.sub(" ", words))
            return
        for place, line in enumerate(words.split("\n")):
            if place:
                self.lines.end()
            self.lines.add(line, keep_spaces=True)

    def tag(self, piece: HtmlPiece) -> None:
        values = _NOTHING_SAID
        if piece.attributes:
            values = {name: unescape(value) for name, value in ATTRIBUTE.findall(piece.attributes)}
        if piece.name == "br":
            self.lines.end()
        elif piece.name == "hr":
            self.lines.drawn("---")
        elif piece.name == "img":
            self.lines.add(_SPACE.sub(" ", values.get("alt", "")))
        elif piece.name in _EMPHASIS:
            self.lines.emphasise(_EMPHASIS[piece.name], closing=piece.closing)
        elif piece.name == "a":
            self._link(values.get("href", ""), closing=piece.closing)
        elif piece.name in {"td", "th"}:
            self.lines.add(" ")
        elif piece.name == "li":
            self._item(closing=piece.closing)
        elif piece.name != "span":
            self._block(piece, values)
        if values and not piece.closing:
            self._known_place(piece.name, values)

    def _link(self, address: str, *, closing: bool) -> None:
        if not closing:
            self.links.append(address)
            self.lines.begin_link()
        elif self.links:
            self.lines.end_link(self.links.pop())

    def _item(self, *, closing: bool) -> None:
        self.lines.end_if_begun()
        if closing or not self.lists:
            return
        number = self.lists[-1]
        self.lines.begin(
            "  " * min(len(self.lists) - 1, DEEPEST) + ("- " if number is None else f"{number}. ")
        )
        if number is not None:
            self.lists[-1] = number + 1

    def _block(self, piece: HtmlPiece, values: dict[str, str]) -> None:
        name = piece.name
        tight = name == "p" and self._is_tight(piece, values)
        nested_list = name in {"ul", "ol"} and len(self.lists) > (1 if piece.closing else 0)
        if name in _PARAGRAPHS and not tight and not nested_list:
            self.lines.leave_space(after_text_only=name == "p" and bool(self.lists))
        else:
            self.lines.end_if_begun()
        if name in {"ul", "ol"}:
            if not piece.closing:
                self.lists.append(_start(values) if name == "ol" else None)
            elif self.lists:
                self.lists.pop()
        elif name == "blockquote" or (name == "div" and self._is_quoting(piece, values)):
            self.lines.leave_space()
            self.quotes += -1 if piece.closing else 1
            self.lines.quote_depth(min(self.quotes, DEEPEST))
            self.lines.leave_space()
        elif name == "pre":
            self.preformatted += -1 if piece.closing else 1
        elif name in _HEADINGS and not piece.closing:
            self.lines.begin(_HEADINGS[name])

    def _is_tight(self, piece: HtmlPiece, values: dict[str, str]) -> bool:
        if piece.closing:
            return bool(self.tight) and self.tight.pop()
        self.tight.append(_TIGHT.search(_described(values)) is not None)
        return self.tight[-1]

    def _is_quoting(self, piece: HtmlPiece, values: dict[str, str]) -> bool:
        if piece.closing:
            return bool(self.quoting) and self.quoting.pop()
        self.quoting.append(_LEFT_BORDER.search(values.get("style", "").casefold()) is not None)
        return self.quoting[-1]

    def _known_place(self, name: str, values: dict[str, str]) -> None:
        """A line that ``part`` knows, where a program marks an old mail or a signature only in the HTML."""
        described = _described(values)
        if self.quotes or not described.strip():
            return
        outlook = name == "div" and "none" in described and _TOP_BORDER.search(described)
        if outlook or any(old in described for old in _OLD_MAILS):
            self.lines.drawn(OLD_MAIL)
        elif _is_signature(values):
            self.lines.drawn("-- ")


def _described(values: dict[str, str]) -> str:
    """What a program says of an element, in lower case."""
    return " ".join(values.get(name, "") for name in ("id", "class", "style")).casefold()


def _is_signature(values: dict[str, str]) -> bool:
    names = f"{values.get('id', '')} {values.get('class', '')}".casefold().split()
    return any(name in _SIGNATURES for name in names)


def _start(values: dict[str, str]) -> int:
    start = values.get("start", "")
    return int(start) if start.isdecimal() and len(start) < 6 else 1
