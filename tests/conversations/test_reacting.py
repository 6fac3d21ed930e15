"""Signs: named, in the order given, for whoever sees the words (R77)."""

import pytest

from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind, Sign
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Reaction, Share
from communis.conversations.reacting import react, sign_of, signs_on, take_sign_back
from communis.conversations.reading import shares_of, thread
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import revise, take_back
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, to_all, to_circle


def line_of(share: Share) -> str:
    return address_of(share)[1]


def signs(line: str, person: Person) -> list[tuple[Sign, list[str]]]:
    seen = line_seen(line, viewer_for(person.id)).share
    return [
        (one.sign, [name for _, name in one.persons]) for one in signs_on([seen]).get(seen.line_number, [])
    ]


def test_names_stand_in_the_order_given(people: Cast) -> None:
    line = line_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    for person in (people.nadja, people.amina, people.karin):
        react(line, Sign.POINT, by=person)
    react(line, Sign.FRIENDLY_NO, by=people.johan)
    expected = [
        (Sign.POINT, ["Nadja Petrović", "Amina Warsame", "Karin Sundvall"]),
        (Sign.FRIENDLY_NO, ["Johan Åkerlind"]),
    ]
    assert signs(line, people.elin) == signs(line, people.sofia) == expected


def test_one_each_changed_and_taken_back(people: Cast) -> None:
    line = line_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    react(line, Sign.POINT, by=people.amina)
    react(line, Sign.POINT, by=people.amina)
    react(line, Sign.THANKS, by=people.amina)
    assert signs(line, people.karin) == [(Sign.THANKS, ["Amina Warsame"])]
    seen = line_seen(line, viewer_for(people.amina.id)).share
    assert sign_of(seen, by=people.amina) == Sign.THANKS
    take_sign_back(line, by=people.amina)
    take_sign_back(line, by=people.amina)
    assert signs(line, people.karin) == [] and not Reaction.objects.exists()


def test_only_on_what_one_sees_and_not_on_ones_own(people: Cast) -> None:
    line = line_of(letter("Tänk om.", people.elin, people.karin))
    with pytest.raises(NotThere):
        react(line, Sign.THANKS, by=people.amina)
    with pytest.raises(NotThere):
        take_sign_back(line, by=people.amina)
    with pytest.raises(Refused):
        react(line, Sign.THANKS, by=people.elin)
    react(line, Sign.THANKS, by=people.karin)
    assert signs(line, people.elin) == [(Sign.THANKS, ["Karin Sundvall"])]


def test_signs_stay_with_the_line_through_an_edit_and_go_with_what_is_taken_back(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    line = line_of(opening)
    react(line, Sign.POINT, by=people.amina)
    revise(line, "Byt stolar.", by=people.elin)
    assert signs(line, people.karin) == [(Sign.POINT, ["Amina Warsame"])]
    take_back(line, by=people.elin)
    with pytest.raises(NotThere):
        react(line, Sign.POINT, by=people.karin)


def test_a_sign_stays_as_words_do_when_its_giver_leaves(people: Cast) -> None:
    line = line_of(to_circle("Halva portionen.", people.amina, people.food_waste))
    react(line, Sign.THANKS, by=people.nadja)
    actions.leave(people.nadja, people.food_waste, by=people.nadja)
    assert signs(line, people.amina) == [(Sign.THANKS, ["Nadja Petrović"])]


def test_nothing_is_sorted_or_told_by_signs(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    first = contribute(line_of(opening), "Ett.", by=people.karin)
    second = contribute(line_of(opening), "Två.", by=people.johan)
    react(line_of(second), Sign.POINT, by=people.amina)
    shares = shares_of(opening.conversation_id, viewer_for(people.sofia.id))
    assert [node.seen.share for node in thread(opening.conversation_id, shares) if node.seen] == [
        opening.id,
        first.id,
        second.id,
    ]
