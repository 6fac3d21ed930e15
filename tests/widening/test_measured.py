"""The check measured on the labelled set: what it has to find, and how seldom it may cry wolf."""

from pathlib import Path

import pytest

from communis.widening.findings import Kind

from .measured_set import NUMBERS_OF_PERSONS, figures, labelled, table, table_of_other_kinds

PAGE = Path(__file__).parents[2] / "docs" / "domains" / "widening.md"
HALVES = [(language, unseen) for language in ("sv", "en") for unseen in (False, True)]


def test_the_set_is_large_and_varied() -> None:
    for language, least in (("sv", 400), ("en", 200)):
        texts = [one.text for one in labelled(language)]
        assert len(texts) >= least
        assert len(set(texts)) == len(texts)
        halves = [sum(one.unseen == unseen for one in labelled(language)) for unseen in (False, True)]
        assert min(halves) > 0.4 * len(texts)
        # No template with the words exchanged: the first two words begin few texts.
        beginnings = [" ".join(text.split()[:2]) for text in texts]
        assert max(beginnings.count(one) for one in beginnings) <= 5


@pytest.mark.parametrize(("language", "unseen"), HALVES)
def test_every_personal_number_is_found_and_hardly_anything_else(language: str, unseen: bool) -> None:
    one = figures(language, unseen)
    assert one.wanted[Kind.PERSONAL_NUMBER] >= 10
    assert one.wanted[Kind.COORDINATION_NUMBER] >= 3
    assert one.recall(*NUMBERS_OF_PERSONS) == 1, one.missed
    assert one.false_in_200_texts(*NUMBERS_OF_PERSONS) <= 1, one.alarmed


@pytest.mark.parametrize(("language", "unseen"), HALVES)
def test_names_of_those_not_asked_are_found(language: str, unseen: bool) -> None:
    one = figures(language, unseen)
    assert one.wanted[Kind.NAME] >= 25
    assert one.recall(Kind.NAME) >= 0.95, one.missed
    assert one.false_in_1000_words(Kind.NAME) <= 3, one.alarmed


@pytest.mark.parametrize(("language", "unseen"), HALVES)
def test_other_kinds_are_mostly_found(language: str, unseen: bool) -> None:
    one = figures(language, unseen)
    others = [kind for kind in one.wanted if kind not in NUMBERS_OF_PERSONS | {Kind.NAME}]
    assert one.recall(*others) >= 0.9, one.missed
    assert one.false_in_200_texts(*others) <= 5, one.alarmed


def test_the_page_shows_the_figures_of_today() -> None:
    page = PAGE.read_text(encoding="utf-8").splitlines()
    assert [row for row in table() + table_of_other_kinds() if row not in page] == []
