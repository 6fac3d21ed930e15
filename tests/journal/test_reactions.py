"""Reactions come a minute later, once, and a failing one loses nothing."""

import logging
from collections.abc import Iterator

import pytest

from communis.journal import moments, reactions
from communis.journal.models import Entry
from communis.journal.record import record
from tests.clock import Clock


@pytest.fixture
def a_minute_later(db: None) -> Iterator[None]:
    yield
    moments.use_clock(moments.wall_clock)


def later() -> None:
    moments.use_clock(lambda: moments.wall_clock() + 61 * moments.SECOND)


def test_nothing_leaves_within_the_minute_and_once_after(a_minute_later: None) -> None:
    told: list[int] = []
    reactions.react_to("test: said")(lambda entry: told.append(entry.id))
    entry = record("test: said", by=None)
    reactions.react()
    assert told == []
    later()
    reactions.react()
    reactions.react()
    assert told == [entry.id]


def test_a_failing_reaction_keeps_its_entry_and_lets_others_pass(
    a_minute_later: None, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(entry: Entry) -> None:
        raise ValueError("words from a narrow conversation")

    told: list[int] = []
    reactions.react_to("test: broken")(fail)
    reactions.react_to("test: whole")(lambda entry: told.append(entry.id))
    broken, whole = record("test: broken", by=None), record("test: whole", by=None)
    later()
    with caplog.at_level(logging.DEBUG):
        reactions.react()
    assert told == [whole.id]
    assert Entry.objects.get(id=broken.id).reacted_at is None
    assert "words from a narrow conversation" not in caplog.text


def test_however_many_fail_what_is_newer_is_not_kept_waiting(
    db: None, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """As many as are looked at in a round, and more: they are tried again ever more seldom, until they are mended."""
    limit, told, tries = 5, [], []
    mended = False

    def fail(entry: Entry) -> None:
        tries.append(entry.id)
        if not mended:
            raise ValueError("words from a narrow conversation")

    reactions.react_to("test: poison")(fail)
    reactions.react_to("test: newer")(lambda entry: told.append(entry.id))
    poison = [record("test: poison", by=None).id for _ in range(2 * limit)]
    newer = record("test: newer", by=None)
    clock.minutes(1.1)
    rounds = [reactions.react(limit) for _ in range(4)]
    assert rounds == [0, 0, 1, 0] and told == [newer.id] and tries == poison
    # What comes while they fail is told within the round or two that they take.
    for _hour in range(20):
        newer = record("test: newer", by=None)
        clock.minutes(60.1)
        for _ in range(3):
            reactions.react(limit)
        assert told[-1] == newer.id
    assert len(tries) == 21 * len(poison)
    # Once an hour at most, and in a day no more than so many.
    tries.clear()
    for _minute in range(6 * 60):
        clock.minutes(1)
        reactions.react()
    assert 5 * len(poison) <= len(tries) <= 6 * len(poison)
    mended = True
    clock.minutes(60.1)
    assert reactions.react() == len(poison) and reactions.react() == 0
    assert not Entry.objects.filter(verb="test: poison", reacted_at=None).exists()
    assert "words from a narrow conversation" not in caplog.text


def test_a_reaction_that_failed_once_is_tried_a_minute_later(db: None, clock: Clock) -> None:
    fails = [True, True, False]

    def fail(entry: Entry) -> None:
        if fails.pop(0):
            raise ValueError

    reactions.react_to("test: hiccup")(fail)
    record("test: hiccup", by=None)
    clock.minutes(1.1)
    # Tried, waits, tried, waits twice as long, told.
    for minutes, done in ((0, 0), (0.9, 0), (0.2, 0), (1.8, 0), (0.3, 1)):
        clock.minutes(minutes)
        assert reactions.react() == done
    assert fails == []
