"""Numbers, plurals and dates have the form of the reader's language."""

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from communis.journal.moments import DAY
from communis.web.audience_words import number_of_people
from communis.web.dates import day
from communis.web.numbers import grouped

NO_BREAK = "\xa0"
# 26 November 2009.
LONG_AGO = 14_574 * DAY


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("sv", 12500, f"12{NO_BREAK}500"),
        ("en", 12500, "12,500"),
        ("sv", 1234567, f"1{NO_BREAK}234{NO_BREAK}567"),
        ("sv", 999, "999"),
        ("en", 999, "999"),
    ],
)
def test_digits_stand_in_groups_of_three(language: str, number: int, written: str) -> None:
    with translation.override(language):
        assert grouped(number) == written


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("sv", 1, "1 person"),
        ("sv", 2, "2 personer"),
        ("sv", 11600, f"11{NO_BREAK}600 personer"),
        ("en", 1, "1 person"),
        ("en", 2, "2 people"),
        ("en", 11600, "11,600 people"),
    ],
)
def test_one_is_told_from_several(language: str, number: int, written: str) -> None:
    with translation.override(language):
        assert number_of_people(number) == written


def test_one_new_thing_and_several() -> None:
    with translation.override("sv"):
        thoughts = [
            ngettext("%(count)d new thought. Show.", "%(count)d new thoughts. Show.", count)
            % {"count": count}
            for count in (1, 2)
        ]
    assert thoughts == ["En ny tanke. Visa.", "2 nya tankar. Visa."]


@pytest.mark.parametrize(("language", "written"), [("sv", "26 november 2009"), ("en", "26 November 2009")])
def test_a_day_is_written_out(language: str, written: str) -> None:
    with translation.override(language):
        assert day(LONG_AGO) == written
