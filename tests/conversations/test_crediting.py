"""Who took part: only who wants to be mentioned, as each chose, and never which words are whose (R29, R31, R34)."""

import pytest

from communis.conversations.contributing import contribute
from communis.conversations.crediting import Credited, credited_in, take_credit
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Line, Share
from communis.conversations.refusals import NotThere, Refused
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, to_all
from tests.conversations.test_unnaming import hidden, line_of, wider

Kinds = Byline.Kind


def mentioned(share: Share, person: Person) -> Credited | None:
    return credited_in(share.conversation_id, viewer_for(person.id))


def test_nobody_is_mentioned_unless_she_says_so(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    assert mentioned(idea, people.amina) is None
    take_credit(line_of(idea), Kinds.NAMED, by=people.karin)
    answer = contribute(line_of(idea), "Ja.", by=people.elin, hidden=Kinds.UNNAMED)
    take_credit(line_of(answer), Kinds.NAMED, by=people.elin)
    assert mentioned(idea, people.amina) == Credited(["Elin Forsgren", "Karin Sundvall"], False)
    take_credit(line_of(idea), Kinds.UNNAMED, by=people.karin)
    assert mentioned(idea, people.amina) == Credited(["Elin Forsgren"], True)
    take_credit(line_of(answer), None, by=people.elin)
    take_credit(line_of(answer), None, by=people.elin)
    assert mentioned(idea, people.amina) == Credited([], True)


def test_no_number_tells_that_one_with_and_one_without_a_name_are_the_same(people: Cast) -> None:
    def credited(author: Person) -> Credited | None:
        idea = to_all(Kind.IDEA, "Byt stol.", people.elin)
        take_credit(line_of(idea), Kinds.NAMED, by=people.elin)
        answer = contribute(line_of(idea), "Ja.", by=author, hidden=Kinds.UNNAMED)
        take_credit(line_of(answer), Kinds.UNNAMED, by=author)
        return mentioned(idea, people.amina)

    assert credited(people.elin) == credited(people.nadja) == Credited(["Elin Forsgren"], True)


def test_in_a_role_that_is_held(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    role = actions.hold_role(people.johan, "enhetschef", by=people.leyla)
    with pytest.raises(Refused):
        take_credit(line_of(idea), Kinds.ROLE, by=people.karin, role=role)
    answer = contribute(line_of(idea), "Ja.", by=people.johan)
    take_credit(line_of(answer), Kinds.ROLE, by=people.johan, role=role)
    assert mentioned(idea, people.amina) == Credited(["Johan Åkerlind, enhetschef"], False)


def test_only_beside_words_one_may_see_and_by_the_author_alone(people: Cast) -> None:
    said = letter("Tänk om.", people.elin, people.karin)
    take_credit(line_of(said), Kinds.NAMED, by=people.elin)
    assert mentioned(said, people.karin) == Credited(["Elin Forsgren"], False)
    assert mentioned(said, people.amina) is None
    with pytest.raises(NotThere):
        take_credit(line_of(said), Kinds.NAMED, by=people.karin)
    with pytest.raises(NotThere):
        take_credit(line_of(said), Kinds.NAMED, by=people.amina)


def test_inside_and_outside_can_differ(people: Cast) -> None:
    inside = hidden("Byt stol.", people.elin)
    outside = Line.everything.get(id=wider(inside, Rung.PUBLIC).line_id).public_id
    take_credit(line_of(inside), Kinds.NAMED, by=people.elin)
    assert credited_in(inside.conversation_id, PUBLIC_VIEWER) is None
    take_credit(outside, Kinds.UNNAMED, by=people.elin)
    assert credited_in(inside.conversation_id, PUBLIC_VIEWER) == Credited([], True)
    assert mentioned(inside, people.amina) == Credited(["Elin Forsgren"], False)


def test_names_stand_in_the_order_of_the_alphabet(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.sofia)
    for person in (people.nadja, people.amina, people.karin):
        take_credit(line_of(contribute(line_of(idea), "Ja.", by=person)), Kinds.NAMED, by=person)
    found = mentioned(idea, people.elin)
    assert found is not None and found.names == ["Amina Warsame", "Karin Sundvall", "Nadja Petrović"]
    assert address_of(idea)[0]
