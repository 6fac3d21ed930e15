"""Swedish is complete: every word of the interface has its translation, and the compiled catalogue has them all."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
