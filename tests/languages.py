"""Whether a page speaks one language: no word of ours stands there in the other one."""

import gettext
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

CATALOGUE = Path(__file__).parents[1] / "communis" / "locale" / "sv" / "LC_MESSAGES" / "django.mo"
# What a person meets of an element besides its text.
READ_OUT = {
    "alt",
    "aria-label",
    "placeholder",
    "title",
    "data-offline",
    "data-fault",
    "data-signed-out",
    "data-kept",
}
SILENT = {"script", "style"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Fewer words than these are looked for only where they are all that is said: "for you" can stand in any sentence.
WORDS_IN_A_ROW = 4


class _Said(HTMLParser):
    """The pieces of text that are read out, each with the language that holds where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, bool]] = []
        self.pieces: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        before = self.open[-1] if self.open else ("", "", False)
        # What people wrote, ``.words``, is in whatever language they write.
        theirs = before[2] or bool({"words", "answers"} & set(given.get("class", "").split()))
        language = given.get("lang", before[1])
        if not theirs:
            self.pieces += [(language, given[name]) for name in sorted(READ_OUT & given.keys())]
        if tag not in VOID:
            self.open.append((tag, language, theirs))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1][2] and self.open[-1][0] not in SILENT:
            self.pieces.append((self.open[-1][1], data))


@cache
def _sayings() -> list[tuple[str, str]]:
    """``(English, Swedish)`` of everything the interface says and says differently."""
    with CATALOGUE.open("rb") as file:
        catalogue: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    # Of plurals the key is (English singular, number): the singular is enough, the others differ by a letter.
    pairs = [(key[0] if isinstance(key, tuple) else str(key), swedish) for key, swedish in catalogue.items()]
    return [(english, swedish) for english, swedish in pairs if english and english != swedish]


@cache
def _foreign(language: str) -> tuple[dict[str, str], list[str]]:
    """What a page in this language must not say: as a whole piece, and anywhere in one."""
    own = 1 if language == "sv" else 0
    mine = {_plain(pair[own]) for pair in _sayings()}
    whole: dict[str, str] = {}
    anywhere: list[str] = []
    for pair in _sayings():
        said = _plain(pair[1 - own])
        if said in mine:
            continue
        if not PLACE.search(said) and len(said) > 3:
            whole[said] = pair[own]
        anywhere += [part.strip() for part in PLACE.split(said) if len(part.split()) >= WORDS_IN_A_ROW]
    return whole, anywhere


def _plain(text: str) -> str:
    return " ".join(text.split())


def in_the_other_language(html: str, language: str) -> list[str]:
    """What the page says in another language than ``language`` where it does not say so with ``lang``."""
    said = _Said()
    said.feed(html)
    whole, anywhere = _foreign(language)
    found: list[str] = []
    for marked, text in said.pieces:
        piece = _plain(text)
        if piece and marked in ("", language):
            found += [piece] if piece in whole else [part for part in anywhere if part in piece]
    return found
