"""Wanting simpler words: one press tells nobody, two tell the host that two do, and never who (R100)."""

import pytest

from communis.attention.models import Notice
from communis.attention.notices import told
from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.models import Share, SimplerWish
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.simpler import wish_no_longer, wish_simpler
from communis.conversations.words import Terms
from communis.journal.models import Entry
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, to_all
from tests.clock import Clock

Reason = Notice.Reason


def question(people: Cast) -> Share:
    terms = Terms(Level.CONSULTATION, "Vad vi provar.", hosts=(people.sofia.id,))
    return start(Kind.QUESTION, "Hur?", by=people.karin, choice=Choice(Rung.ORGANISATION), terms=terms)


def line_of(share: Share) -> str:
    return address_of(share)[1]


def reasons(person: Person) -> list[Notice.Reason]:
    return [one.reason for one in told(viewer_for(person.id), by=person)]


def test_two_presses_reach_the_hosts_once_and_nobody_else(people: Cast, clock: Clock) -> None:
    line = line_of(contribute(line_of(question(people)), "Epistemologiskt sett.", by=people.johan))
    clock.news()
    Notice.everything.all().delete()
    wish_simpler(line, by=people.amina)
    wish_simpler(line, by=people.amina)
    clock.news()
    assert not Notice.everything.exists()
    wish_simpler(line, by=people.elin)
    clock.news()
    wish_simpler(line, by=people.nadja)
    wish_no_longer(line, by=people.nadja)
    wish_no_longer(line, by=people.elin)
    wish_simpler(line, by=people.elin)
    clock.news()
    assert reasons(people.karin) == reasons(people.sofia) == [Reason.SIMPLER]
    assert [reasons(one) for one in (people.johan, people.amina, people.elin, people.leyla)] == [[]] * 4


def test_nothing_kept_says_who(people: Cast) -> None:
    line = line_of(question(people))
    before = Entry.objects.count()
    wish_simpler(line, by=people.amina)
    assert Entry.objects.count() == before
    wish_simpler(line, by=people.elin)
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.person_id, set(entry.about)) == (
        "simpler words wanted",
        None,
        {"line", "conversation"},
    )
    assert {field.name for field in SimplerWish._meta.get_fields()} == {"id", "line", "wisher"}
    assert len({len(wish.wisher) for wish in SimplerWish.objects.all()}) == 1


def test_the_hosts_own_press_does_not_count(people: Cast, clock: Clock) -> None:
    """Else a host would know who the other one is."""
    line = line_of(contribute(line_of(question(people)), "Epistemologiskt sett.", by=people.johan))
    wish_simpler(line, by=people.sofia)
    wish_simpler(line, by=people.amina)
    clock.news()
    assert Reason.SIMPLER not in reasons(people.sofia)


def test_one_who_regrets_within_the_minute_was_never_there(people: Cast, clock: Clock) -> None:
    line = line_of(question(people))
    wish_simpler(line, by=people.amina)
    wish_simpler(line, by=people.elin)
    wish_no_longer(line, by=people.amina)
    clock.news()
    assert reasons(people.karin) == []


def test_only_what_one_sees_and_not_ones_own(people: Cast) -> None:
    hidden = line_of(letter("Tänk om.", people.elin, people.karin))
    with pytest.raises(NotThere):
        wish_simpler(hidden, by=people.amina)
    with pytest.raises(NotThere):
        wish_no_longer(hidden, by=people.amina)
    with pytest.raises(Refused):
        wish_simpler(line_of(to_all(Kind.IDEA, "Byt stol.", people.elin)), by=people.elin)
