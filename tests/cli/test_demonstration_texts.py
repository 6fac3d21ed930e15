"""The words of the demonstration: whole in both languages, of the same shape, and in an order that can be."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from communis.cli.demonstration.blog_export import comments_of
from communis.cli.demonstration.days import day_ago, working_day
from communis.cli.demonstration.spoken import SIGNS, said_in
from communis.cli.demonstration.texts import FOLDER, in_language, text_file
from communis.cli.demonstration.town import Town
from communis.journal.moments import as_datetime
from tests.cast import Cast

FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
SPOKEN = [name for name in FILES if "said" in text_file(name)]
# A week of days on which it could be built.
DAYS = [date(2026, 3, 27) + timedelta(days=day) for day in range(7)]


def pairs(part: Any) -> Iterator[dict[str, Any]]:
    """Every part of a file that says something in a language."""
    if isinstance(part, dict):
        if {"sv", "en"} & set(part):
            yield part
        for inner in part.values():
            yield from pairs(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from pairs(inner)


@pytest.mark.parametrize("name", FILES)
def test_both_languages_say_it_in_the_same_shape(name: str) -> None:
    found = list(pairs(text_file(name)))
    assert found
    for part in found:
        swedish, english = in_language(part, "sv"), in_language(part, "en")
        assert swedish and english, part
        assert swedish.count("\n\n") == english.count("\n\n"), part
        assert len(swedish.split()) < 5 or swedish != english, part


@pytest.mark.parametrize("name", SPOKEN)
@pytest.mark.parametrize("begins", DAYS, ids=str)
def test_every_answer_follows_what_it_answers_whatever_day_it_is(name: str, begins: date) -> None:
    town = Town(begins=begins)
    said = said_in(name, town)
    at = {one.key: one.at for one in said}
    assert len(at) == len(said)
    assert said[0].answers is None and None not in [one.answers for one in said[1:]]
    for one in said[1:]:
        assert one.at > at[one.answers or ""], one.about
    for one in said:
        assert one.at < town.at("0 00:00"), one.about
        if "corrected" in one.about:
            assert town.at(one.about["corrected"]["at"]) > one.at


@pytest.mark.parametrize("name", SPOKEN)
def test_answered_words_stand_in_what_is_answered_and_everybody_is_known(name: str) -> None:
    said = {one.key: one for one in said_in(name, Town())}
    for one in said.values():
        known = {one.about["who"], *(who for sign in SIGNS for who in one.about.get(sign, []))}
        assert known <= set(text_file("people"))
        assert all(one.about["who"] not in one.about.get(sign, []) for sign in SIGNS)
        for language in ("sv", "en"):
            if "about" in one.about:
                above = said[one.answers or ""].about
                assert in_language(one.about["about"], language) in in_language(above, language)


@pytest.mark.parametrize("begins", DAYS, ids=str)
def test_comments_of_the_blog_follow_one_another(begins: date) -> None:
    for post in text_file("blog")["post"]:
        above = [day_ago(post["ago"], begins)]
        for comment in comments_of(post):
            del above[comment["level"] :]
            at = day_ago(comment["ago"], begins)
            assert at > above[-1], comment
            above.append(at)


def test_working_days_are_no_weekends() -> None:
    for begins in DAYS:
        for days in range(1, 30):
            at = as_datetime(working_day(f"{days} 12:00", begins))
            assert at.weekday() < 5 and at.date() < begins
    assert as_datetime(working_day("1 12:00", date(2026, 3, 30))).date() == date(2026, 3, 27)
    assert as_datetime(working_day("5 12:00", date(2026, 3, 30))).date() == date(2026, 3, 23)


def test_the_cast_of_the_tests_is_from_the_demonstration(people: Cast) -> None:
    assert (people.karin.name, people.nadja.name) == ("Karin Sundvall", "Nadja Petrović")
    assert people.vera.protected and people.leyla.steward
    assert people.care_home.name == "Lindgården" and not people.care_home.history
