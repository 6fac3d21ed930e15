"""Showing that one wrote it (CRED-1, CRED-2): believed, to those chosen alone; nobody can for another."""

import pytest

from communis.behind_the_scenes.claiming import (
    LONGEST,
    claim,
    claimable,
    claims_on,
    own_claims,
    take_claim_back,
    tried,
)
from communis.behind_the_scenes.holding import burn, reword, reword_waiting
from communis.behind_the_scenes.models import Claim, Waiting
from communis.behind_the_scenes.release import release
from communis.conversations.gate import seen_contributions
from communis.conversations.models import Contribution
from communis.conversations.refusals import NotThere, Refused
from communis.journal.models import Entry
from communis.looking.viewers import PUBLIC_VIEWER, Viewer
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import new_code, parse
from communis.openness.receipts import Receipt
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.behind_the_scenes.unit import Unit

WORD = "Det var jag. Jag ville att du skulle veta, inte alla."


def shown_to(viewer: Viewer) -> list[tuple[str, str]]:
    """``(name, word)`` of every claim that the viewer is shown beside words she sees."""
    behind = Contribution.everything.filter(receipt_id__isnull=False).values_list("id", flat=True)
    found = claims_on(seen_contributions(list(behind), viewer), viewer)
    return sorted({(one.name, one.word) for claims in found.values() for one in claims})


def to(*persons: Person) -> Choice:
    return Choice(Rung.DIRECT, persons=tuple(person.public_id for person in persons))


def everyone(unit: Unit) -> dict[str, Viewer]:
    there = [unit.steward, unit.manager, unit.outsider, *unit.members]
    return {person.name: viewer_for(person.id) for person in there} | {"nobody": PUBLIC_VIEWER}


def who_is_shown(unit: Unit) -> set[str]:
    return {name for name, viewer in everyone(unit).items() if shown_to(viewer)}


def test_shown_to_one_person_nobody_else_learns_it(unit: Unit) -> None:
    author = unit.members[3]
    code = unit.appears(author)
    assert who_is_shown(unit) == set()
    made = claim(code, to(unit.manager), WORD, by=author)
    assert who_is_shown(unit) == {unit.manager.name, author.name}
    assert shown_to(viewer_for(unit.manager.id)) == [(author.name, WORD)]
    assert tried(made, viewer_for(unit.manager.id)).holds
    for viewer in (viewer_for(unit.members[0].id), viewer_for(unit.steward.id), PUBLIC_VIEWER):
        with pytest.raises(NotThere):
            tried(made, viewer)


def test_shown_to_the_circle_those_in_it_are_shown_it(unit: Unit) -> None:
    author = unit.members[0]
    claim(unit.appears(author), unit.choice, "", by=author)
    assert who_is_shown(unit) == {unit.manager.name, *(member.name for member in unit.members)}


def test_the_words_still_say_that_nobody_is_known_to_those_who_are_not_shown(unit: Unit) -> None:
    author = unit.members[0]
    code = unit.appears(author)
    said = list(Contribution.everything.filter(receipt_id__isnull=False).values_list("id", flat=True))
    other = viewer_for(unit.members[1].id)
    before = seen_contributions(said, other)
    claim(code, to(unit.manager), WORD, by=author)
    assert seen_contributions(said, other) == before


def test_nobody_can_say_it_in_another_persons_place(unit: Unit) -> None:
    code = unit.appears(unit.members[0])
    for other in (unit.members[1], unit.manager, unit.steward):
        with pytest.raises(NotThere):
            claimable(code, by=other)
        with pytest.raises(NotThere):
            claim(code, to(unit.members[2]), "", by=other)
    with pytest.raises(NotThere):
        claim(parse(new_code()), to(unit.manager), "", by=unit.members[0])
    assert not Claim.everything.exists() and not Entry.objects.filter(verb="claimed").exists()


def test_before_the_words_have_appeared_there_is_nothing_to_show(unit: Unit) -> None:
    kept = unit.write(unit.members[0])
    with pytest.raises(NotThere):
        claimable(parse(kept.receipt), by=unit.members[0])


def test_changed_before_and_after_it_appeared_it_is_still_the_authors(unit: Unit) -> None:
    author = unit.members[0]
    code = parse(unit.write(author).receipt)
    reword_waiting(code, Waiting.everything.get().id, "Andra ord, innan någon såg dem.\r\nTvå rader.")
    unit.noon()
    release()
    reword(code, unit.line(), "Och andra ord sedan.")
    unit.noon()
    release()
    made = claim(code, to(unit.manager), "", by=author)
    assert tried(made, viewer_for(unit.manager.id)).holds


def test_whoever_changes_what_is_kept_is_found_out(unit: Unit) -> None:
    """A claim put into the database by hand, for another person or with another nonce, does not hold when tried."""
    author, other = unit.members[0], unit.members[1]
    code = unit.appears(author)
    made = claim(code, to(unit.manager), "", by=author)
    reader = viewer_for(unit.manager.id)
    Claim.everything.update(person=other)
    assert not tried(made, reader).holds
    Claim.everything.update(person=author, nonce=bytes(32))
    assert not tried(made, reader).holds


def test_taken_back_nobody_is_shown_it_any_more(unit: Unit) -> None:
    author = unit.members[0]
    made = claim(unit.appears(author), to(unit.manager), "", by=author)
    with pytest.raises(NotThere):
        take_claim_back(made, by=unit.manager)
    take_claim_back(made, by=author)
    take_claim_back(made, by=author)
    assert who_is_shown(unit) == set() and own_claims(by=author) == []
    assert Entry.objects.filter(verb="took claim back").count() == 1


def test_a_burnt_receipt_shows_nothing_more_and_what_was_shown_can_still_be_tried(unit: Unit) -> None:
    author = unit.members[0]
    code = unit.appears(author)
    made = claim(code, to(unit.manager), "", by=author)
    burn(code)
    with pytest.raises(NotThere):
        claim(code, unit.choice, "", by=author)
    assert tried(made, viewer_for(unit.manager.id)).holds


def test_said_twice_it_is_one_claim(unit: Unit) -> None:
    author = unit.members[0]
    code = unit.appears(author)
    made = {claim(code, to(unit.manager), "", by=author, key=key) for key in ("a", "a", "b")}
    assert len(made) == 1 and Claim.everything.count() == 1


@pytest.mark.parametrize("whom", ["outside", "herself", "missing", "too wide", "long"])
def test_what_cannot_be_is_refused_with_the_field(unit: Unit, whom: str) -> None:
    author = unit.members[0]
    code = unit.appears(author)
    choice, word = {
        "outside": (to(unit.outsider), ""),
        "herself": (to(author), ""),
        "missing": (Choice(Rung.DIRECT, persons=("0" * 32,)), ""),
        "too wide": (Choice(Rung.ORGANISATION), ""),
        "long": (to(unit.manager), "a" * (LONGEST + 1)),
    }[whom]
    with pytest.raises(Refused) as refused:
        claim(code, choice, word, by=author)
    assert refused.value.field == ("word" if whom == "long" else "to")
    assert not Claim.everything.exists()


def test_what_is_kept_tells_nobody_before_it_is_shown(unit: Unit) -> None:
    """CRED-1 against the rows: no number of a person in what waits, in the receipt or in the journal."""
    author = unit.members[0]
    unit.write(author)
    waiting = Waiting.everything.values().get()
    persons = {bytes.fromhex(one.public_id) for one in Person.everything.all()}
    assert len(bytes(waiting["commitment"])) == 32
    assert not any(person in bytes(waiting["commitment"]) for person in persons)
    unit.noon()
    release()
    receipt = Receipt.everything.get()
    assert len(bytes(receipt.commitment)) == 32 and bytes(receipt.commitment) != bytes(waiting["commitment"])
    assert {entry.person_id for entry in Entry.objects.filter(verb="appeared")} == {None}
