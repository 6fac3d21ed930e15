"""Reactions come a minute later, once, and a failing one loses nothing."""

import logging
from collections.abc import Iterator

import pytest

from communis.journal import moments, reactions
from communis.journal.models import Entry
from communis.journal.record import record


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
