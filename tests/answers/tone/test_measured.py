"""The check of tone measured on the labelled answers: what it has to find, and how seldom it may alarm."""

from pathlib import Path

import pytest

from .measured_set import PARTS, figures, labelled, table

PAGE = Path(__file__).parents[3] / "docs" / "domains" / "tone.md"
LANGUAGES = ("sv", "en")
EACH = [(language, part) for language in LANGUAGES for part in PARTS]


def test_the_set_is_large_varied_and_balanced() -> None:
    for language in LANGUAGES:
        answers = labelled(language)
        texts = [one.text for one in answers]
        assert len(texts) >= 220
        assert len(set(texts)) == len(texts)
        assert 0.4 < sum(not one.places for one in answers) / len(answers) < 0.6
        parts = [sum(one.part == part for one in answers) for part in PARTS]
        assert 0.3 < parts[1] / (parts[0] + parts[1]) < 0.5
        assert all(len(text.split()) <= 45 for text in texts)


@pytest.mark.parametrize(("language", "part"), EACH)
def test_what_blurs_or_cuts_is_mostly_found(language: str, part: str) -> None:
    one = figures(language, part)
    assert one.recall >= 0.8, one.missed


@pytest.mark.parametrize(("language", "part"), EACH)
def test_a_clear_answer_is_mostly_left_alone(language: str, part: str) -> None:
    one = figures(language, part)
    assert one.clear >= 20
    assert one.false_alarms <= 0.1, one.alarmed


def test_the_page_shows_the_figures_of_today() -> None:
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert [row for row in table() if row not in page] == []
