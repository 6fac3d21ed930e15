"""Swedish is complete: every word of the interface has its translation, and the compiled catalogue has them all."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.languages import in_the_other_language

PACKAGE = Path(__file__).parents[1] / "communis"
CATALOGUE = Path("locale", "sv", "LC_MESSAGES", "django.po")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the words of its sources collected into its catalogue."""
    copy = tmp_path_factory.mktemp("words") / "communis"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
    command = ["makemessages", "-l", "sv", "--no-location", "--no-wrap", "--no-obsolete"]
    subprocess.run(
        [sys.executable, "-m", "django", *command],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy.parent), "DJANGO_SETTINGS_MODULE": "communis.settings"},
        check=True,
        capture_output=True,
    )
    return copy / CATALOGUE


@pytest.mark.parametrize("attribute", ["--untranslated", "--only-fuzzy"])
def test_every_word_has_its_swedish(collected: Path, attribute: str) -> None:
    left = subprocess.run(
        ["msgattrib", attribute, "--no-obsolete", "--no-wrap", str(collected)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert re.findall(r'^msgid "(.+)"$', left, re.MULTILINE) == [], "run bin/translations and translate these"


def test_the_compiled_catalogue_is_the_written_one(collected: Path, tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", str(compiled), str(collected)], check=True)
    shipped = PACKAGE / CATALOGUE.with_suffix(".mo")
    with compiled.open("rb") as fresh, shipped.open("rb") as kept:
        assert _words(gettext.GNUTranslations(fresh)) == _words(gettext.GNUTranslations(kept)), (
            "run bin/translations"
        )


def _words(catalogue: gettext.GNUTranslations) -> dict[object, str]:
    words: dict[object, str] = dict(catalogue._catalog)  # type: ignore[attr-defined]
    words.pop("", None)
    return words


# What stands in a template for both languages: names and measures. The letters of all alphabets are a specimen.
SAME_IN_BOTH = {"Communis", "LIX", "In English", "På svenska", "imy.se"}
KEYS = re.compile(r"<kbd>[^<]*</kbd>|<code[^>]*>[^<]*</code>")


@pytest.mark.parametrize(
    "template",
    sorted((PACKAGE / "web" / "templates").rglob("*.html")),
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_no_word_is_written_straight_into_a_template(template: Path) -> None:
    """A word outside ``translate`` is the same in both languages, and one of them is wrong."""
    tokens = Lexer(template.read_text(encoding="utf-8")).tokenize()
    kept: list[str] = []
    within = False
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split(" ")[0]
            within = word in ("blocktranslate", "plural") or (within and word != "endblocktranslate")
            kept.append("\n")
        elif token.token_type == TokenType.TEXT and not within:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR:
            kept.append("\x00")
    page = KEYS.sub("", "".join(kept))
    attributes = re.findall(r'\s(?:aria-label|title|alt|placeholder)="([^"\x00]*)"', page)
    pieces = [piece.strip(" –\n\x00") for piece in re.split(r"<[^>]*>|\n", page)]
    words = [piece for piece in [*pieces, *attributes] if re.search(r"[^\W\d_]{3}", piece)]
    assert set(words) <= SAME_IN_BOTH, words


def test_no_refusal_is_said_in_one_language_only() -> None:
    plain = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Refused", "PeopleRefused")
                and node.args
                and _written_out(node.args[0])
            ):
                plain.append(f"{path.name}:{node.lineno}")
    assert plain == []


def _written_out(message: ast.expr) -> bool:
    """Whether words of ours stand in it as they are, and not in ``_()``."""
    parts = message.values if isinstance(message, ast.JoinedStr) else [message]
    return any(isinstance(part, ast.Constant) and re.search(r"\w{3}", str(part.value)) for part in parts)


TEXTS = {".py", ".html", ".po", ".txt", ".md", ".js", ".json", ".toml", ".css"}
# A second word for what has one already (vocabulary): in the catalogue it is a fault.
SECOND_WORDS = {
    "samtycke": "medgivande",
    "anonym": "utan namn, or bakom kulisserna",
    "notifi": "avisering",
    "användare": "person",
    "administratör": "förvaltare",
    "moderator": "värd",
    "publicering": "öppning",
    "forum": "samtal",
    "grupp": "krets",
    "tråd": "samtal, or gren",
    "e-post ": "mejl",
    "lösenordet": "kod",
}


@pytest.mark.parametrize("second", SECOND_WORDS)
def test_there_is_one_word_for_one_thing(second: str) -> None:
    with (PACKAGE / CATALOGUE.with_suffix(".mo")).open("rb") as file:
        swedish = _words(gettext.GNUTranslations(file)).values()
    said = [text for text in swedish if second in text.casefold() and not _for_programs(text)]
    assert said == [], f"say {SECOND_WORDS[second]}"


def test_the_word_samtycke_stands_nowhere() -> None:
    """D33: consent is no ground for an authority. Nor in a template, an invented text or a name in the code."""
    written = [path for path in PACKAGE.rglob("*") if path.suffix in TEXTS and "vendor" not in path.parts]
    assert len(written) > 400
    assert [path for path in written if "samtyck" in path.read_text().casefold()] == []


def _for_programs(text: str) -> bool:
    """What a command says to those who run the system, where a user is the system's own."""
    return "COMMUNIS_" in text


PAGE = '<!doctype html><html lang="{language}"><body>{body}</body></html>'


def test_the_other_language_would_be_found() -> None:
    """The check that every page goes through (tests/browser/test_every_page.py) finds what it looks for."""

    def found(body: str, language: str) -> list[str]:
        return in_the_other_language(PAGE.format(language=language, body=body), language)

    assert found("<p>Bara du ser de här.</p>", "sv") == []
    assert found("<p>Only you see these.</p>", "sv") == ["Only you see these."]
    assert found("<p>Bara du ser de här.</p>", "en") == ["Bara du ser de här."]
    assert found('<button aria-label="Drafts">x</button>', "sv") == ["Drafts"]
    assert found("<p>Karin, Elin. You are one of those it is written to.</p>", "sv") != []
    # A piece of a sentence with a value in it, and what says itself that it is in the other language.
    assert found("<p>The code goes to x@y.example and holds for 10 minutes.</p>", "sv") != []
    assert found('<p lang="en">Only you see these.</p>', "sv") == []
    # What people write is in whatever language they write.
    assert found('<div class="words"><p>Only you see these.</p></div>', "sv") == []
