"""What is kept of the words to find them by: made again it is the same, and damage to it is found and mended."""

import argparse
from collections.abc import Callable

import pytest

from communis.cli.commands import reconcile
from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.conversations.moving import move
from communis.journal.models import Entry
from communis.looking.principals import PUBLIC
from communis.people.holdings import viewer_for
from communis.search.indexing import bring_up_to_date, catch_up
from communis.search.models import WordPiece
from communis.search.pieces import LONGEST, MOST_WORDS, pieces_in, pieces_of, told_words
from communis.search.reconciling import differences, mend
from communis.search.similar import similar_to
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.clock import Clock

Rows = list[tuple[int, int, str, int]]


def rows() -> Rows:
    kept = WordPiece.everything.order_by("share_id", "principal_id", "piece")
    return list(kept.values_list("share_id", "principal_id", "piece", "opened_at"))


def some_thoughts(people: Cast, clock: Clock) -> list[Share]:
    said = [
        letter("Vi byter stolar.", people.elin, people.karin),
        to_circle("Filten hjälper.", people.nadja, people.food_waste),
        to_all(Kind.IDEA, "Sätt upp ett cykelställ.", people.elin),
        open_post("I våras fick jag ett brev.", people.karin),
    ]
    clock.news()
    return said


def test_a_word_is_found_by_its_beginning_and_its_end() -> None:
    assert pieces_of("ställen") == {"ställen", "stäl", "llen", "täll"}
    assert {"täll"} <= pieces_of("cykelställ") & pieces_of("ställ")
    assert {"cyke"} <= pieces_of("cykelställ") & pieces_of("cykel")
    assert pieces_of("ö") == {"ö"}


def test_only_telling_words_and_only_so_many() -> None:
    assert told_words("Och det ÄR så att Cykeln, den") == ["cykeln"]
    assert len(told_words("cykel " * 1_000)) == MOST_WORDS
    assert max(len(piece) for piece in pieces_in("å" * 500)) == LONGEST
    assert pieces_in("cykel cykel")["cyke"] == 2


def test_reacting_twice_keeps_the_same(people: Cast, clock: Clock) -> None:
    said = some_thoughts(people, clock)
    before = rows()
    assert {row[0] for row in before} == {share.id for share in said}
    Entry.objects.update(reacted_at=None)
    clock.news()
    bring_up_to_date(said[0].conversation_id)
    assert catch_up() == 0
    assert rows() == before and differences() == []


def test_every_row_is_for_a_principal_that_may_read(people: Cast, clock: Clock) -> None:
    said = some_thoughts(people, clock)
    reached = {row[0]: set() for row in rows()}
    for share, principal, _piece, opened_at in rows():
        reached[share].add(principal)
        assert opened_at == next(one.opened_at for one in said if one.id == share)
    assert reached[said[0].id] == {people.elin.principal_id, people.karin.principal_id}
    assert reached[said[1].id] == {people.food_waste.principal_id}
    assert reached[said[3].id] == {PUBLIC}


def test_a_branch_that_moved_is_found(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Sätt upp ett cykelställ.", people.elin)
    contribute(address_of(opening)[1], "Laddstolpar för elbilar vore bättre.", by=people.amina)
    clock.news()
    branch = Share.everything.get(opening=False)
    viewer = viewer_for(people.johan.id)
    assert similar_to("laddstolpar till elbilar", viewer=viewer) == []
    move(address_of(branch)[1], "Om laddstolpar.", by=people.amina)
    clock.news()
    # It began as an answer, and a comment is no thought that a conversation was begun with.
    assert similar_to("laddstolpar till elbilar", viewer=viewer) == []
    assert differences() == []


def forgotten() -> None:
    WordPiece.everything.filter(piece="cyke").delete()


def never_made() -> None:
    WordPiece.everything.all().delete()


def with_other_words() -> None:
    WordPiece.everything.filter(piece="cyke").update(piece="moln")


def shown_to_too_many() -> None:
    WordPiece.everything.filter(piece="cyke").update(principal_id=PUBLIC)


@pytest.mark.parametrize("damage", [forgotten, never_made, with_other_words, shown_to_too_many])
def test_damage_is_found_and_mended(people: Cast, clock: Clock, damage: Callable[[], None]) -> None:
    some_thoughts(people, clock)
    before = rows()
    damage()
    assert [one.what for one in differences()] == ["opening that its words do not lead to"]
    assert reconcile.run(argparse.Namespace(mend=False)).data["differences"]
    assert reconcile.run(argparse.Namespace(mend=True)).data["mended"] > 0
    assert rows() == before and differences() == [] and mend() == 0


def test_what_ended_past_the_journal_is_found_and_caught_up_with(people: Cast, clock: Clock) -> None:
    said = some_thoughts(people, clock)
    Share.everything.filter(id=said[0].id).update(ended_at=clock())
    assert [(one.what, one.first) for one in differences()] == [
        ("words that lead to what is not shown", [str(said[0].id)])
    ]
    assert catch_up() == 1
    assert differences() == []


def test_an_index_that_was_never_made_is_made(people: Cast, clock: Clock) -> None:
    some_thoughts(people, clock)
    before = rows()
    never_made()
    assert catch_up() == 4
    assert rows() == before


def test_what_was_just_said_is_no_difference_and_left_to_its_reaction(people: Cast, clock: Clock) -> None:
    letter("Vi byter stolar.", people.elin, people.karin)
    assert differences() == [] and catch_up() == 0 and rows() == []
