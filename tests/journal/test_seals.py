"""AUD-1: whatever is done to the journal afterwards, the chain names the entry."""

from collections.abc import Iterator

import pytest

from communis.journal import moments
from communis.journal.models import Entry, Seal
from communis.journal.record import record
from communis.journal.seals import Fault, seal, verify


@pytest.fixture
def sealed(db: None) -> Iterator[list[Entry]]:
    """Six entries in two batches, sealed an hour later."""
    entries = [record("started", by=number, share=number) for number in range(1, 4)]
    moments.use_clock(lambda: moments.wall_clock() + 60 * moments.MINUTE)
    assert seal() == 3
    entries += [record("contributed", by=None, share=number) for number in range(4, 7)]
    moments.use_clock(lambda: moments.wall_clock() + 120 * moments.MINUTE)
    assert seal() == 3
    assert verify() == []
    yield entries
    moments.use_clock(moments.wall_clock)


def test_nothing_left_to_seal(sealed: list[Entry]) -> None:
    assert seal() == 0


@pytest.mark.parametrize("change", [{"verb": "other"}, {"person_id": 99}, {"about": {"share": 9}}, {"at": 1}])
def test_a_changed_entry_is_named(sealed: list[Entry], change: dict[str, object]) -> None:
    Entry.objects.filter(id=sealed[1].id).update(**change)
    assert verify() == [Fault(sealed[1].id, "changed")]


def test_a_deleted_entry_is_named(sealed: list[Entry]) -> None:
    Entry.objects.filter(id=sealed[4].id).delete()
    assert verify() == [Fault(sealed[4].id, "missing")]


def test_a_resealed_entry_is_named(sealed: list[Entry]) -> None:
    """Someone who changes an entry and its commitment still breaks the chain."""
    entry = sealed[1]
    entry.verb = "other"
    entry.commitment = entry.committed()
    entry.save()
    assert verify() == [Fault(sealed[0].id, "resealed")]


def test_erasing_an_entry_deletes_its_salt_and_keeps_the_chain(sealed: list[Entry]) -> None:
    Entry.objects.filter(id=sealed[1].id).update(salt=None, about={}, person_id=None)
    assert verify() == []


def test_a_moved_seal_is_found(sealed: list[Entry]) -> None:
    first, second = Seal.objects.order_by("id")
    first.digest, second.digest = second.digest, first.digest
    first.save()
    second.save()
    assert verify() != []
