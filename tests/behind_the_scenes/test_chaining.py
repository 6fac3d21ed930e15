"""What is kept of who wrote it cannot be changed later, not by who has the database in hand either (trust 7)."""

import pytest

from communis.behind_the_scenes import chaining
from communis.behind_the_scenes.chaining import chain_commitments, chained
from communis.behind_the_scenes.claiming import claim, tried
from communis.behind_the_scenes.reconciling import differences
from communis.behind_the_scenes.release import release
from communis.conversations.models import Contribution, Revision
from communis.journal.models import Entry, Seal, commitment
from communis.journal.moments import MINUTE, SECOND
from communis.journal.seals import seal, verify
from communis.openness.batch_tree import root_and_ways
from communis.openness.choosing import Choice
from communis.openness.commitments import agrees, author_part, shown_nonce
from communis.openness.commitments import commitment as kept_with
from communis.openness.receipt_codes import lookup_hash, parse
from communis.openness.receipts import Receipt, receipt_with
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.behind_the_scenes.unit import ORIGIN, Unit


def to(person: Person) -> Choice:
    return Choice(Rung.DIRECT, persons=(person.public_id,))


def entries() -> list[Entry]:
    return list(Entry.objects.filter(verb=chaining.CHAINED).order_by("id"))


def sealed(unit: Unit) -> None:
    unit.clock.at += 2 * MINUTE
    seal()


@pytest.fixture
def shown(unit: Unit) -> str:
    """Two have written; one of them has shown the manager that she did. Returns the claim."""
    unit.write(unit.members[1], "Något annat.")
    code = unit.appears(unit.members[0])
    sealed(unit)
    return claim(code, to(unit.manager), "", by=unit.members[0])


def of(unit: Unit, claim_shown: str) -> bool:
    return tried(claim_shown, viewer_for(unit.manager.id)).holds


def swap_author(unit: Unit, code: bytes) -> None:
    """As if another had written it, by somebody who has the receipt and the database in hand."""
    other = kept_with(author_part(code, unit.members[2].public_id), ORIGIN)
    Receipt.everything.filter(id=receipt_of(code).id).update(commitment=other)


def receipt_of(code: bytes) -> Receipt:
    found = receipt_with(lookup_hash(code))
    assert found is not None
    return found


def test_one_entry_holds_a_batch_and_says_nothing_else(unit: Unit) -> None:
    for number in range(3):
        unit.write(unit.members[number], f"Tanke {number}")
    unit.noon()
    release()
    (entry,) = entries()
    assert entry.person_id is None and entry.about.keys() == {"root"}
    # Its moment is the batch's, right after what appeared.
    appeared = list(Entry.objects.filter(verb="appeared"))
    assert len(appeared) == 3 and all(0 < entry.at - one.at < SECOND for one in appeared)
    kept = [bytes(one) for one in Receipt.everything.values_list("commitment", flat=True)]
    assert entry.about["root"] == root_and_ways(kept)[0].hex()
    assert all(chained(one) for one in Receipt.everything.all())


def test_a_day_without_new_authors_has_none(unit: Unit) -> None:
    unit.appears(unit.members[0])
    unit.noon()
    assert release() == 0 and len(entries()) == 1


def test_the_only_one_of_its_day_is_kept_as_one_of_many(unit: Unit) -> None:
    unit.appears(unit.members[0])
    for number in range(5):
        unit.write(unit.members[number], f"Tanke {number}")
    unit.noon()
    release()
    assert len({len(bytes(one.way)) for one in Receipt.everything.all()}) == 1
    assert len({len(str(entry.about)) for entry in entries()}) == 1


def test_before_and_after_the_seal_a_claim_holds(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    made = claim(code, to(unit.manager), "", by=unit.members[0])
    assert of(unit, made)
    sealed(unit)
    assert Seal.objects.exists() and of(unit, made) and verify() == []


def test_put_in_by_hand_for_another_person_it_does_not_hold(unit: Unit) -> None:
    """What was kept opens for the other then; the chain does not hold it, and ``reconcile`` finds it."""
    code, other = unit.appears(unit.members[0]), unit.members[2]
    sealed(unit)
    swap_author(unit, code)
    assert agrees(
        bytes(receipt_of(code).commitment), text=ORIGIN, person=other.public_id, nonce=shown_nonce(code)
    )
    assert not of(unit, claim(code, to(unit.manager), "", by=other))
    (found,) = differences()
    assert "chain" in found.what and found.first == [str(receipt_of(code).id)]


def test_put_into_a_later_batch_it_does_not_hold(unit: Unit) -> None:
    """Taken out of the chain and let in again with the next day's: not what was kept when the words appeared."""
    code = unit.appears(unit.members[0])
    sealed(unit)
    swap_author(unit, code)
    Receipt.everything.filter(id=receipt_of(code).id).update(chained_in=None, way=b"")
    assert chain_commitments() == 1
    assert not of(unit, claim(code, to(unit.manager), "", by=unit.members[2]))
    assert [one.count for one in differences()] == [1]


@pytest.mark.parametrize("also_sealed", [False, True])
def test_with_the_entry_changed_too_it_does_not_hold(unit: Unit, also_sealed: bool) -> None:
    code = unit.appears(unit.members[0])
    if also_sealed:
        sealed(unit)
    swap_author(unit, code)
    kept = bytes(receipt_of(code).commitment)
    root, ways = root_and_ways([kept])
    Receipt.everything.filter(id=receipt_of(code).id).update(way=ways[kept])
    (entry,) = entries()
    Entry.objects.filter(id=entry.id).update(about={"root": root.hex()})
    assert not chained(receipt_of(code)) and differences()
    if also_sealed:
        # And with its own hash made anew: then its seal is not over it.
        again = commitment(bytes(entry.salt or b""), entry.verb, None, {"root": root.hex()}, entry.at)
        Entry.objects.filter(id=entry.id).update(commitment=again)
        assert not chained(receipt_of(code)) and differences() and verify()


def test_words_changed_in_the_database_do_not_hold(unit: Unit, shown: str) -> None:
    assert of(unit, shown)
    said = Contribution.everything.filter(receipt_id__isnull=False).values("id")
    Revision.everything.filter(contribution_id__in=said).update(source="Något helt annat.")
    assert not of(unit, shown)


def test_cut_short_before_it_was_chained_it_is_chained_next(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker was killed between the words and the entry; the next one, also a day later, makes it good."""
    kept = unit.write(unit.members[0])
    unit.noon()
    with monkeypatch.context() as patch:
        patch.setattr("communis.behind_the_scenes.release.chain_commitments", lambda: 0)
        assert release() == 1
    assert differences() == [] and entries() == []
    unit.write(unit.members[1], "Dagen efter.")
    unit.noon()
    release()
    assert len(entries()) == 1 and all(chained(one) for one in Receipt.everything.all())
    assert of(unit, claim(parse(kept.receipt), to(unit.manager), "", by=unit.members[0]))
