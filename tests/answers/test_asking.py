"""Asks go to someone with a mandate who reads the words already, and carry a promised day."""

import datetime

import pytest

from communis.answers.asking import (
    ask,
    askable,
    declare_conflict,
    hand_over,
    promise_new_day,
    take_ask_back,
)
from communis.answers.mandates import end_mandate, give_mandate
from communis.answers.models import Ask, Step
from communis.answers.promises import promise, today
from communis.answers.queue import how_many_wait, queue_of
from communis.answers.showing import asks_about, on_the_way
from communis.conversations.contributing import start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of, line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import take_back
from communis.journal import moments
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from tests.answers.town import Answering
from tests.cast import letter, to_all
from tests.clock import Clock

DAY = datetime.timedelta(days=1)


def waiting(person: Person) -> list[str]:
    """The public ids of the asks in the person's queue, in its order."""
    return [one.ask.public_id for one in queue_of(viewer_for(person.id), by=person).waiting]


def test_an_ask_stands_in_the_queue_with_the_promised_day(answering: Answering) -> None:
    people = answering.people
    promise(7, by=people.karin)
    share, asked = answering.letter()
    assert waiting(people.karin) == [asked]
    # Sofia answers along with Karin, and does not read the letter.
    assert waiting(people.sofia) == waiting(people.elin) == waiting(people.johan) == []
    found = Ask.everything.get(public_id=asked)
    assert found.promised == today() + 7 * DAY and found.line_id == share.line_id
    assert how_many_wait(viewer_for(people.karin.id), by=people.karin) == (1, 0, 0)


def test_who_answers_along_has_it_in_the_queue_where_she_reads_it(answering: Answering) -> None:
    _share, asked = answering.idea()
    assert waiting(answering.people.sofia) == waiting(answering.people.karin) == [asked]
    assert waiting(answering.people.johan) == []


def test_the_same_form_asks_once_and_nobody_is_asked_twice(answering: Answering) -> None:
    people = answering.people
    line = address_of(letter("Tänk om.", people.elin, people.karin))[1]
    mandate = answering.karins.public_id
    assert ask(line, mandate, by=people.elin, key="a") == ask(line, mandate, by=people.elin, key="a")
    with pytest.raises(Refused, match="asked already"):
        ask(line, mandate, by=people.elin, key="b")
    assert Ask.everything.count() == 1


def test_an_ask_never_widens(answering: Answering) -> None:
    """Whoever does not read the words cannot be asked, and is told nothing of them."""
    people = answering.people
    share = letter("Tänk om.", people.elin, people.karin)
    with pytest.raises(Refused, match="reads this already"):
        answering.ask(share, people.elin, answering.johans)
    asked = answering.ask(share, people.elin)
    with pytest.raises(Refused, match="reads this already"):
        hand_over(asked, answering.johans.public_id, by=people.karin)
    assert waiting(people.johan) == []


def test_asking_does_not_tell_who_is_in_a_circle_one_cannot_look_into(answering: Answering) -> None:
    people = answering.people
    inner = actions.found_circle("Ledning", by=people.karin, sight=Circle.Sight.NAMED)
    choice = Choice(Rung.CIRCLE, circles=(inner.public_id,))
    share = start(Kind.IDEA, "Tänk om.", by=people.elin, choice=choice)
    # Karin reads it and Johan does not: the list and the refusal are the same for both.
    assert askable(share.audience_id, viewer_for(people.elin.id)) == []
    for mandate in (answering.karins, answering.johans):
        with pytest.raises(Refused, match="reads this already"):
            answering.ask(share, people.elin, mandate)


def test_who_can_ask(answering: Answering) -> None:
    people = answering.people
    share = to_all(Kind.IDEA, "Tänk om.", people.elin)
    with pytest.raises(Refused, match="Whoever wrote this"):
        answering.ask(share, people.amina)
    with pytest.raises(NotThere):
        answering.ask(letter("Nej.", people.elin, people.karin), people.amina)
    question = start(
        Kind.IDEA, "Utan namn.", by=people.elin, choice=Choice(Rung.ORGANISATION), hidden=Byline.Kind.UNNAMED
    )
    answering.ask(question, people.elin)


def test_without_a_mandate_nobody_is_asked(answering: Answering) -> None:
    people = answering.people
    end_mandate(answering.karins.public_id, by=people.leyla)
    with pytest.raises(Refused):
        answering.ask(letter("Tänk om.", people.elin, people.karin), people.elin)
    with pytest.raises(Refused, match="steward"):
        give_mandate(people.karin, "allt", by=people.karin)


def test_closed_to_new_ones(answering: Answering) -> None:
    people = answering.people
    promise(14, by=people.karin, closed_until=today() + 5 * DAY, because="semester")
    share = letter("Tänk om.", people.elin, people.karin)
    with pytest.raises(Refused, match="semester"):
        answering.ask(share, people.elin)
    [found] = askable(share.audience_id, viewer_for(people.elin.id))
    assert found.closed and found.promise.closed_because == "semester"
    for days, until, because in ((0, None, ""), (91, None, ""), (14, today(), "x"), (14, today() + DAY, "")):
        with pytest.raises(Refused):
            promise(days, by=people.karin, closed_until=until, because=because)


def test_found_by_subject_unit_and_name(answering: Answering) -> None:
    people = answering.people
    share = to_all(Kind.IDEA, "Tänk om.", people.elin)
    viewer = viewer_for(people.elin.id)

    def named(words: str) -> list[str]:
        return [one.held.person.name for one in askable(share.audience_id, viewer, words)]

    assert named("") == ["Karin Sundvall", "Johan Åkerlind"]
    assert named("hemtjänst") == named("johan") == ["Johan Åkerlind"]
    assert named("arbetssätt karin") == ["Karin Sundvall"] and named("tak") == []


def test_handed_over_with_its_trail(answering: Answering) -> None:
    people = answering.people
    share, asked = answering.idea()
    promised = Ask.everything.get(public_id=asked).promised
    hand_over(asked, answering.johans.public_id, by=people.karin, because="Det är hemtjänsten.", key="h")
    hand_over(asked, answering.johans.public_id, by=people.karin, because="Det är hemtjänsten.", key="h")
    assert waiting(people.johan) == [asked] and waiting(people.karin) == waiting(people.sofia) == []
    seen = line_seen(address_of(share)[1], viewer_for(people.amina.id)).share
    [found] = on_the_way(asks_about(seen, viewer_for(people.amina.id)), viewer_for(people.amina.id))
    assert found.name == "Johan Åkerlind" and found.ask.promised == promised
    assert [(one.person_id, one.to_id) for one in found.trail] == [(people.karin.id, people.johan.id)]
    hand_over(asked, answering.karins.public_id, by=people.johan)
    assert waiting(people.karin) == [asked]
    with pytest.raises(NotThere):
        hand_over(asked, answering.karins.public_id, by=people.johan)


def test_another_day_with_a_reason(answering: Answering) -> None:
    people = answering.people
    _share, asked = answering.idea()
    for day, because in ((today(), "Sjuk."), (today() + DAY, " ")):
        with pytest.raises(Refused):
            promise_new_day(asked, day, because, by=people.karin)
    with pytest.raises(NotThere):
        promise_new_day(asked, today() + DAY, "Jag vill.", by=people.elin)
    promise_new_day(asked, today() + 30 * DAY, "Budgeten tas den 20.", by=people.karin)
    assert Ask.everything.get(public_id=asked).promised == today() + 30 * DAY
    assert Step.objects.get().because == "Budgeten tas den 20."


def test_late_is_seen_where_the_idea_is(answering: Answering, clock: Clock) -> None:
    people = answering.people
    promise(2, by=people.karin)
    share, _asked = answering.idea()
    for person, late in ((people.amina, False), (people.karin, False)):
        assert _late(share, person) is late
    clock.forward(3 * moments.DAY)
    assert _late(share, people.amina) is _late(share, people.elin) is True
    assert how_many_wait(viewer_for(people.karin.id), by=people.karin) == (1, 0, 1)


def _late(share: object, person: Person) -> bool:
    viewer = viewer_for(person.id)
    seen = line_seen(address_of(share)[1], viewer).share  # type: ignore[arg-type]
    [found] = on_the_way(asks_about(seen, viewer), viewer)
    return found.late


def test_taken_back_by_who_asked_alone(answering: Answering) -> None:
    people = answering.people
    share, asked = answering.idea()
    with pytest.raises(NotThere):
        take_ask_back(asked, by=people.karin)
    take_ask_back(asked, by=people.elin)
    take_ask_back(asked, by=people.elin)
    assert waiting(people.karin) == []
    with pytest.raises(Refused, match="taken it back"):
        declare_conflict(asked, by=people.karin)
    # And asked again.
    again = answering.ask(share, people.elin)
    assert waiting(people.karin) == [again]


def test_gone_with_the_words(answering: Answering) -> None:
    people = answering.people
    share, asked = answering.idea()
    take_back(address_of(share)[1], by=people.elin)
    assert waiting(people.karin) == []
    with pytest.raises(NotThere):
        hand_over(asked, answering.johans.public_id, by=people.karin)
