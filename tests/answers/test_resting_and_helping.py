"""An idea may rest without a mark, by its author's will alone; whoever wants to help with a yes stands by name."""

import pytest

from communis.answers.answering import give_answer
from communis.answers.helping import helpers_of, offer_help, take_help_back
from communis.answers.models import Ask
from communis.answers.queue import queue_of
from communis.answers.resting import let_rest, wake
from communis.answers.states import State
from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.conversations.refusals import NotThere, Refused
from communis.journal import moments
from communis.looking.viewers import PUBLIC_VIEWER
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.answers.test_outcomes import YES, opened, seen_by, state_to
from tests.answers.town import Answering
from tests.clock import Clock


def names(share: Share, person: Person) -> list[str]:
    return [name for _id, name in helpers_of(seen_by(share, person), viewer_for(person.id))]


def test_it_rests_by_its_authors_will_alone(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    line = address_of(share)[1]
    for person in (people.karin, people.amina, people.leyla):
        with pytest.raises(Refused, match="Only whoever wrote it"):
            let_rest(line, by=person)
    letter, _ = answering.letter()
    with pytest.raises(NotThere):
        let_rest(address_of(letter)[1], by=people.amina)
    for _again in range(2):
        let_rest(line, by=people.elin)
    assert state_to(share, people.amina) == state_to(share, people.karin) == State.RESTS
    assert state_to(letter, people.karin) == State.ASKED
    assert Ask.everything.get(public_id=asked).state == Ask.State.TAKEN_BACK
    [waiting] = queue_of(viewer_for(people.karin.id), by=people.karin).waiting
    assert waiting.about.share.line == address_of(letter)[1]
    # It stops nothing.
    contribute(line, "Jag tänker ändå på det.", by=people.amina)
    for _again in range(2):
        wake(line, by=people.elin)
    assert state_to(share, people.amina) == State.OPEN
    # Whoever asks anew has woken it.
    let_rest(line, by=people.elin)
    answering.ask(share, people.elin)
    assert state_to(share, people.amina) == State.ASKED
    clock.news()
    assert not Notice.everything.filter(person_id=people.amina.id, reason__gte=30).exists()


def test_who_wants_to_help_stands_by_name(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    line = address_of(share)[1]
    with pytest.raises(Refused):
        offer_help(line, by=people.amina)
    give_answer(asked, YES, by=people.karin)
    # For others there is no yes yet.
    with pytest.raises(Refused):
        offer_help(line, by=people.amina)
    opened(clock)
    clock.news()
    for _again in range(2):
        offer_help(line, by=people.amina)
    clock.news()
    take_help_back(line, by=people.amina)
    offer_help(line, by=people.johan)
    clock.news()
    offer_help(line, by=people.amina)
    clock.news()
    assert names(share, people.nadja) == ["Johan Åkerlind", "Amina Warsame"]
    assert helpers_of(seen_by(share, people.nadja), PUBLIC_VIEWER) == []
    # Once of each who offers, and not again when one comes back.
    told = Notice.everything.filter(reason=Notice.Reason.HELP).values_list("person_id", flat=True)
    assert sorted(told) == sorted([people.elin.id, people.karin.id] * 2)
    clock.forward(moments.DAY)
    # Taken back within the minute nobody is told.
    offer_help(line, by=people.nadja)
    take_help_back(line, by=people.nadja)
    clock.news()
    assert Notice.everything.filter(reason=Notice.Reason.HELP).count() == 4
    letter, _asked = answering.letter()
    with pytest.raises(NotThere):
        offer_help(address_of(letter)[1], by=people.amina)
