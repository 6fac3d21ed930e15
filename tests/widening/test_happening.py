"""A yes that waits until its author says that something has happened: until then it is as no answer."""

from typing import Any

import pytest

from communis.attention.models import Notice
from communis.conversations.lines import address_of
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import revise
from communis.journal.models import Entry
from communis.journal.moments import DAY, HOUR
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening.answering import Answered
from communis.widening.completing import choose_to_open, let_be, open_due
from communis.widening.future import Proposal, asked_of, is_ready
from communis.widening.happening import say_it_has_happened
from communis.widening.models import Consent, Widening
from communis.widening.reconciling import differences
from tests.cast import Cast
from tests.clock import Clock
from tests.widening.test_widening import IDEA, Letter, say, words

Way = Consent.Way
EVENT = "avtalet är påskrivet"
AFTER = Answered(0, Way.AFTER, waits_for=EVENT)
SECOND, BELOW = "Vi behöver vikarier.", "Det har vi inte."


@pytest.fixture
def told(people: Cast, clock: Clock) -> Letter:
    return Letter(people)


def opened_meanwhile(told: Letter, clock: Clock) -> Widening:
    """Elin's idea and Karin's answer are open; her second, and Karin's below it, wait."""
    widening = told.propose()
    say(widening, told.people.elin, s0=Way.YES, s1=AFTER)
    clock.forward(14 * DAY)
    choose_to_open(widening.public_id, by=told.people.karin)
    clock.forward(DAY)
    assert open_due() == 2
    return again(widening)


def again(widening: Widening) -> Widening:
    return Widening.everything.get(id=widening.id)


def press(widening: Widening, person: Person, which: int = 1) -> None:
    line = asked_of(widening, person)[which].consent.line_id
    say_it_has_happened(widening.public_id, line, by=person)


def seen_by_all(told: Letter) -> list[str]:
    return [one for one, _ in told.seen(told.people.amina)]


def test_until_she_says_so_it_is_as_no_answer(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=AFTER)
    assert not is_ready(widening)
    clock.forward(14 * DAY)
    to_open = words(Proposal(widening).page_to_open(viewer_for(people.karin.id)))
    assert [one for one, _ in to_open] == [IDEA, "Vem täcker upp?"]


def test_it_opens_with_what_hangs_on_it_when_she_has_said_so(
    told: Letter, people: Cast, clock: Clock
) -> None:
    widening = opened_meanwhile(told, clock)
    assert widening.state == Widening.State.OPENED
    clock.forward(400 * DAY)
    assert open_due() == 0 and seen_by_all(told) == [IDEA, "Vem täcker upp?"]
    press(widening, people.elin)
    clock.news()
    # Hers and Karin's: those who see the page grow have the hours once more. Who proposed is told on the page.
    told_of_it = Notice.everything.filter(reason=Notice.Reason.WILL_OPEN).order_by("-id").first()
    assert told_of_it is not None and told_of_it.person_id == people.elin.id
    assert open_due() == 0
    clock.forward(24 * HOUR)
    assert open_due() == 2 and open_due() == 0
    assert seen_by_all(told) == [IDEA, "Vem täcker upp?", SECOND, BELOW]
    assert again(widening).state == Widening.State.OPENED and differences() == []


def test_said_before_the_choice_it_is_a_yes_like_others(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=AFTER)
    press(widening, people.elin)
    assert is_ready(widening)
    # The same answer once more does not make it wait again; another event does.
    say(widening, people.elin, s1=AFTER)
    assert is_ready(widening)
    say(widening, people.elin, s1=Answered(0, Way.AFTER, waits_for="budgeten är klar"))
    assert not is_ready(widening)
    press(widening, people.elin)
    choose_to_open(widening.public_id, by=people.karin)
    clock.forward(DAY)
    assert open_due() == 4 and differences() == []


def test_taken_back_it_never_opens(told: Letter, people: Cast, clock: Clock) -> None:
    widening = opened_meanwhile(told, clock)
    say(widening, people.elin, s1=Way.NO)
    with pytest.raises(NotThere):
        press(widening, people.elin)
    clock.forward(30 * DAY)
    assert open_due() == 0 and len(seen_by_all(told)) == 2


def test_taken_back_after_the_press_it_does_not_open(told: Letter, people: Cast, clock: Clock) -> None:
    widening = opened_meanwhile(told, clock)
    press(widening, people.elin)
    say(again(widening), people.elin, s1=Way.NO)
    clock.forward(2 * DAY)
    assert open_due() == 0 and len(seen_by_all(told)) == 2 and differences() == []


@pytest.mark.parametrize("when", ["while it waits", "in the hours before it opens"])
def test_what_hangs_on_it_can_be_taken_back_until_it_opens(
    told: Letter, people: Cast, clock: Clock, when: str
) -> None:
    widening = opened_meanwhile(told, clock)
    if when == "in the hours before it opens":
        press(widening, people.elin)
    say(again(widening), people.karin, s1=Way.NO)
    if when == "while it waits":
        press(widening, people.elin)
    clock.forward(2 * DAY)
    assert open_due() == 1 and seen_by_all(told) == [IDEA, "Vem täcker upp?", SECOND]


def test_nobody_says_it_for_another_or_for_another_answer(told: Letter, people: Cast, clock: Clock) -> None:
    widening = opened_meanwhile(told, clock)
    own = asked_of(widening, people.elin)
    for person in (people.karin, people.amina):
        with pytest.raises(NotThere):
            say_it_has_happened(widening.public_id, own[1].consent.line_id, by=person)
    with pytest.raises(NotThere):
        press(widening, people.elin, 0)
    press(widening, people.elin)
    with pytest.raises(NotThere):
        press(widening, people.elin)


def test_what_cannot_open_moves_nothing(told: Letter, people: Cast, clock: Clock) -> None:
    """Her words have changed: the yes was to others. Nobody is told that what she waited for has happened."""
    widening = opened_meanwhile(told, clock)
    revise(address_of(told.second)[1], "Vi behöver helt andra.", by=people.elin)
    press(widening, people.elin)
    assert again(widening).state == Widening.State.OPENED
    assert not Entry.objects.filter(verb="more will open").exists()
    clock.forward(2 * DAY)
    assert open_due() == 0 and len(seen_by_all(told)) == 2


def test_when_it_has_ended_nothing_more_opens(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=AFTER)
    let_be(widening.public_id, by=people.karin)
    with pytest.raises(Refused):
        press(again(widening), people.elin)


def test_who_proposed_can_let_the_rest_be_in_the_hours_before_it_opens(
    told: Letter, people: Cast, clock: Clock
) -> None:
    widening = opened_meanwhile(told, clock)
    press(widening, people.elin)
    let_be(widening.public_id, by=people.karin)
    clock.forward(2 * DAY)
    assert open_due() == 0 and len(seen_by_all(told)) == 2


@pytest.mark.parametrize("event", ["", "  \n", "x" * 141])
def test_what_is_waited_for_is_said_in_a_few_words(told: Letter, people: Cast, event: str) -> None:
    widening = told.propose()
    with pytest.raises(Refused):
        say(widening, people.elin, s0=Answered(0, Way.AFTER, waits_for=event))
    assert Consent.everything.filter(way=Way.AFTER).count() == 0


def test_it_is_journalled_without_the_words(told: Letter, people: Cast, clock: Clock) -> None:
    widening = opened_meanwhile(told, clock)
    press(widening, people.elin)
    entries: dict[str, Any] = {one.verb: one for one in Entry.objects.all()}
    assert entries["said it has happened"].person_id == people.elin.id
    assert entries["said it has happened"].about.keys() == {"widening", "line"}
    assert entries["more will open"].person_id is None
    assert EVENT not in str(list(Entry.objects.values("verb", "about")))
