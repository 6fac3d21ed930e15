"""The organisation's own figures: too coarse to point at anybody, the same for everyone (R40)."""

import pytest

from communis.conversations.contributing import start
from communis.conversations.first_rungs import first_rungs
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.revising import take_back, undo
from communis.journal.moments import DAY, MINUTE
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.models import Person
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.clock import Clock


@pytest.fixture
def colleagues(people: Cast) -> list[Person]:
    return [
        actions.welcome(f"Ulf {number}", f"ulf{number}@avinge.example", by=people.leyla)
        for number in range(12)
    ]


def later(clock: Clock) -> None:
    """Two days on, whatever time of the day it is."""
    clock.at += 2 * DAY


def test_four_are_not_told_and_five_are(people: Cast, colleagues: list[Person], clock: Clock) -> None:
    for person in colleagues[:4]:
        letter("Ett brev.", person, people.karin)
    later(clock)
    assert first_rungs() == {}
    letter("Ett brev.", colleagues[4], people.karin)
    later(clock)
    assert first_rungs() == {Rung.DIRECT: 5}


def test_between_the_steps_nothing_moves(people: Cast, colleagues: list[Person], clock: Clock) -> None:
    shown = []
    for person in colleagues:
        to_all(Kind.IDEA, "En idé.", person)
        later(clock)
        shown.append(first_rungs().get(Rung.ORGANISATION))
    assert shown == [None] * 4 + [5] * 5 + [10] * 3


def test_who_writes_a_lot_counts_once(people: Cast, clock: Clock) -> None:
    for _ in range(9):
        letter("Ännu ett brev.", people.elin, people.karin)
    later(clock)
    assert first_rungs() == {}


def test_only_days_that_ended_a_day_ago_count(people: Cast, colleagues: list[Person], clock: Clock) -> None:
    clock.at = clock.at // DAY * DAY + 2 * DAY - MINUTE
    for person in colleagues[:5]:
        letter("Ett brev.", person, people.karin)
    seen = []
    for _ in range(3):
        seen.append(first_rungs().get(Rung.DIRECT))
        clock.at += DAY
    # Written a minute before midnight: not the next day, but the day after.
    assert seen == [None, None, 5]
    clock.at = clock.at // DAY * DAY
    before = first_rungs()
    for person in colleagues[5:]:
        letter("Ett brev.", person, people.karin)
    clock.at += DAY - MINUTE
    assert first_rungs() == before


def test_what_was_undone_never_began(people: Cast, colleagues: list[Person], clock: Clock) -> None:
    for person in colleagues[:5]:
        _, line = address_of(letter("Ett brev.", person, people.karin))
    undo(line, by=colleagues[4])
    later(clock)
    assert first_rungs() == {}


def test_what_was_taken_back_had_begun(people: Cast, colleagues: list[Person], clock: Clock) -> None:
    for person in colleagues[:5]:
        _, line = address_of(letter("Ett brev.", person, people.karin))
    clock.minutes(5)
    take_back(line, by=colleagues[4])
    later(clock)
    assert first_rungs() == {Rung.DIRECT: 5}


def test_each_rung_is_counted_by_itself(people: Cast, colleagues: list[Person], clock: Clock) -> None:
    for person in colleagues[:5]:
        letter("Ett brev.", person, people.karin)
        to_circle("En tanke.", person, people.food_waste)
        open_post("Ett inlägg.", person)
    to_all(Kind.IDEA, "En idé.", people.elin)
    later(clock)
    assert first_rungs() == {Rung.DIRECT: 5, Rung.CIRCLE: 5, Rung.PUBLIC: 5}


def test_a_second_press_of_the_button_is_one_case(
    people: Cast, colleagues: list[Person], clock: Clock
) -> None:
    choice = Choice(Rung.DIRECT, persons=(people.karin.public_id,))
    for person in colleagues[:4]:
        for _ in range(2):
            start(Kind.IDEA, "Ett brev.", by=person, choice=choice, key="a" * 32)
    later(clock)
    assert first_rungs() == {}
