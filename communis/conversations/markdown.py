"""Markdown in, safe HTML out. The one door to the other modules about text: import from here."""

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from communis.conversations.safe_html import (
    LONGEST,
    OWN_FILE,
    SANITISER_VERSION,
    TextTooLong,
    clean_html,
    from_html,
)
from communis.conversations.visible_text import first_line, first_sentence, plain

__all__ = [
    "SANITISER_VERSION",
    "TextTooLong",
    "clean_html",
    "first_line",
    "first_sentence",
    "from_html",
    "plain",
    "render",
]

# Beyond these no person wrote the text as Markdown: reading it so would take seconds or lose words.
_DEEPEST = 40
_MOST_BRACKETS = 4_000
_MOST_CELLS = 100_000  # lines, times the quotes and lists one of them opens or its columns
_MOST_ADDRESSES = 200_000  # characters of addresses; one definition may be used thousands of times

_MARKERS = re.compile(r"^[ \t]*((?:>|[-*+][ \t]|\d{1,9}[.)][ \t])[ \t]*)+", re.MULTILINE)


def render(source: str) -> str:
    """CommonMark with tables and strike-through as safe HTML; HTML in it stays visible text.

    A picture of the revision's own second file is ``![alt](file:2)``. Text too tangled to be Markdown is
    shown as it was written. Raises ``TextTooLong``.
    """
    if len(source) > LONGEST:
        raise TextTooLong(len(source), LONGEST)
    return clean_html(_html(source), limit=100 * LONGEST)


def _html(source: str) -> str:
    if _tangled(source):
        return _as_written(source)
    environment: dict[str, object] = {}
    tokens = _MARKDOWN.parse(source, environment)
    if _deep(tokens) or _addresses(tokens) > _MOST_ADDRESSES:
        return _as_written(source)
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, environment))


def _tangled(source: str) -> bool:
    if source.count("[") > _MOST_BRACKETS:
        return True
    lines = source.split("\n")
    widest = max(line.count("|") for line in lines)
    deepest = max((len(re.sub(r"\s", "", markers[0])) for markers in _MARKERS.finditer(source)), default=0)
    return max(widest, deepest) * len(lines) > _MOST_CELLS


def _deep(tokens: list[Token]) -> bool:
    """Whether the parser may have stopped at its nesting limit, where it drops words."""
    return any(token.level >= _DEEPEST - 2 or _deep(token.children or []) for token in tokens)


def _addresses(tokens: list[Token]) -> int:
    own = sum(len(str(value)) for token in tokens for value in token.attrs.values())
    return own + sum(_addresses(token.children) for token in tokens if token.children)


def _as_written(source: str) -> str:
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", escape(source.strip()))
    return "\n".join("<p>" + paragraph.replace("\n", "<br>") + "</p>" for paragraph in paragraphs)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"maxNesting": _DEEPEST})
    usual = parser.validateLink
    # A revision's own file has an address of its own scheme, which the parser refuses by habit.
    parser.validateLink = lambda url: bool(OWN_FILE.fullmatch(url)) or usual(url)  # type: ignore[method-assign]
    return parser


_MARKDOWN = _parser()
