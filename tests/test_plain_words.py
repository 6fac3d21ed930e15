"""Our own words are plain: LIX at most 35 over the running text of a page, no sentence above 20 words (rulings, Pages).

Running text is strings of four words or more, together: those of one template, or of one module. Words of the
product (vocabulary.md) are exempt: they are explained where they stand.
"""

import ast
import gettext
import re
from functools import cache
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from communis.conversations.readability import formula, sentences

PACKAGE = Path(__file__).parents[1] / "communis"
LEAST_WORDS = 4
HARDEST = 35
LONGEST = 20
FEWEST = 20

# The product's own words, in Swedish, by their stems.
_OURS = """
    anställda avisering avsändare betraktare delning enskilt förvaltare förvarning inlägg läsekrets mandat
    medgivande omgång person prövning registrator rättelse sammandrag samtal samtalsnotis sorlet släktskap
    ställningstagande vägvisaren version återtagande öppning
"""
OURS = tuple(_OURS.split())


@cache
def swedish() -> gettext.GNUTranslations:
    with (PACKAGE / "locale/sv/LC_MESSAGES/django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def in_template(path: Path) -> list[str]:
    """What a template says, in Swedish."""
    said: list[str] = []
    block: list[str] | None = None
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split(" ")[0]
            if word in ("translate", "trans"):
                said += re.findall(r'^\w+ "((?:[^"\\]|\\.)*)"', token.contents)
            elif word == "blocktranslate":
                block = []
            elif word in ("plural", "endblocktranslate") and block is not None:
                said.append("".join(block))
                block = [] if word == "plural" else None
            said += re.findall(r'_\("([^"]*)"\)', token.contents)
        elif block is not None:
            block.append(f"%({token.contents})s" if token.token_type == TokenType.VAR else token.contents)
    return said


def in_module(path: Path) -> list[str]:
    """What a module says: the strings it has translated."""
    said: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "ngettext")
        ):
            said += [
                one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
    return said


def in_swedish(said: str) -> str:
    """The Swedish; of a plural the first form, the others differ by a letter. Places for values hold a short word."""
    catalogue: dict[object, str] = swedish()._catalog  # type: ignore[attr-defined]
    found = catalogue.get(said) or catalogue.get((said, 1)) or catalogue.get((said, 0)) or ""
    return re.sub(r"%\(\w+\)[sd]|\{\w+\}|%[sd]", "ord", found)


def running_text(path: Path) -> list[str]:
    said = in_template(path) if path.suffix in (".html", ".txt") else in_module(path)
    translated = [in_swedish(one) for one in dict.fromkeys(said)]
    return [one for one in translated if len(one.split()) >= LEAST_WORDS]


PLACES = sorted(
    path
    for path in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt"), *PACKAGE.rglob("*.py")]
    if "migrations" not in path.parts and running_text(path)
)


def counted(texts: list[str]) -> tuple[int, int, int]:
    """``(words, sentences, long words)``; each string ends a sentence, and the product's words are not long."""
    words = [word for text in texts for word in re.findall(r"\w+(?:[-–'’.]\w+)*", text)]
    long_words = [word for word in words if len(word) > 6 and not word.casefold().startswith(OURS)]
    return len(words), sum(len(sentences(text)) for text in texts), len(long_words)


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("place", PLACES, ids=name)
def test_no_sentence_is_long(place: Path) -> None:
    long = [
        sentence
        for text in running_text(place)
        for sentence in sentences(text)
        if len(re.findall(r"\w+(?:[-–'’.]\w+)*", sentence)) > LONGEST
    ]
    assert long == []


@pytest.mark.parametrize("place", PLACES, ids=name)
def test_running_text_is_plain(place: Path) -> None:
    texts = running_text(place)
    words, number, long_words = counted(texts)
    # A few words have no figure that means anything.
    if words >= FEWEST:
        assert formula(words, number, long_words) <= HARDEST, texts


def test_hard_words_would_be_found() -> None:
    hard = (
        "Verksamhetsutvecklingens förutsättningar påverkas av organisationsövergripande styrningsmekanismer."
    )
    assert formula(*counted([hard])) > HARDEST
    assert (
        formula(*counted(["Läsekretsen för inlägget och samtalet är alla anställda i kommunen."])) <= HARDEST
    )
    assert in_swedish("Only you see these.") == "Bara du ser de här."


def test_most_of_what_is_said_is_measured() -> None:
    assert len(PLACES) > 60
    assert sum(len(running_text(place)) for place in PLACES) > 300
