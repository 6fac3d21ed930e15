"""What was done is told after a yes: never wider than the answer, to those who took part, with effect and goal."""

import pytest

from communis.answers.answering import Given, Wording, give_answer, open_answers, replace_answer
from communis.answers.became import Became, became_of
from communis.answers.mandates import end_mandate, give_mandate
from communis.answers.outcomes import Outcome, check, tell_outcome
from communis.answers.showing import asks_about, on_the_way
from communis.answers.states import State, state, states_of
from communis.answers.verdicts import ReasonKind, Verdict
from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.effects import effects_of, goals_seen
from communis.conversations.following import follow
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of, line_seen
from communis.conversations.lines_shown import shown_on
from communis.conversations.models import Contribution, Following, Share
from communis.conversations.reading import address_of_conversation
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import revise
from communis.journal import moments
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.answers.town import Answering
from tests.clock import Clock

YES = Given(Verdict.YES, Wording("Ja, vi gör det."))
DONE = Outcome("Vi bytte stol i mars.", "Tolv var med.", "Ärendena går fortare.", "Kortare väntan")


def seen_by(share: Share, person: Person) -> Seen:
    return line_seen(address_of(share)[1], viewer_for(person.id)).share


def became(share: Share, person: Person) -> Became:
    seen = seen_by(share, person)
    return became_of([seen], viewer_for(person.id))[seen.contribution]


def state_to(share: Share, person: Person) -> State:
    seen, viewer = seen_by(share, person), viewer_for(person.id)
    return states_of([seen], became_of([seen], viewer), viewer)[seen.contribution]


def answer_of(share: Share, person: Person) -> str:
    """The line of the standing answer."""
    return became(share, person).answers[-1][0].line


def opened(clock: Clock) -> None:
    clock.forward(25 * moments.HOUR)
    open_answers()


def test_told_by_who_holds_the_mandate_and_stays(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    contribute(address_of(share)[1], "Jag är med.", by=people.amina)
    contribute(address_of(share)[1], "Jag med.", by=people.nadja)
    contribute(address_of(share)[1], "Och jag.", by=people.johan)
    follow(address_of_conversation(share.conversation_id), Following.Way.SILENT, by=people.nadja)
    give_answer(asked, YES, by=people.karin)
    assert state_to(share, people.amina) == State.ASKED and state_to(share, people.elin) == State.ANSWERED
    opened(clock)
    line = answer_of(share, people.amina)
    assert state_to(share, people.amina) == State.ANSWERED
    # The one who wrote the idea, and anybody else, holds no mandate.
    for person in (people.elin, people.amina, people.johan):
        with pytest.raises(Refused, match="holds the mandate"):
            tell_outcome(line, DONE, by=person)
    with pytest.raises(NotThere):
        tell_outcome(address_of(share)[1], DONE, by=people.karin)
    clock.news()
    told = tell_outcome(line, DONE, by=people.karin, key="o")
    assert tell_outcome(line, DONE, by=people.karin, key="o") == told
    clock.news()
    reasons = Notice.everything.filter(reason__in=[35, 36]).values_list("person_id", "reason")
    # Nadja keeps it silent, and nobody is told of own words.
    assert sorted(reasons) == sorted(
        [
            (people.elin.id, Notice.Reason.OWN_OUTCOME),
            (people.amina.id, Notice.Reason.OUTCOME),
            (people.johan.id, Notice.Reason.OUTCOME),
        ]
    )
    # Sofia answers along; later there is more to tell.
    clock.forward(60 * moments.DAY)
    tell_outcome(line, Outcome("Vi har fortsatt."), by=people.sofia)
    outcomes = became(share, people.amina).outcomes
    assert ["fortsatt" in one.html for one in outcomes] == [True, False]
    assert state_to(share, people.amina) == State.DONE
    effects = effects_of(outcomes)
    assert [effects[one.contribution].goal for one in outcomes] == ["", "Kortare väntan"]
    assert goals_seen(viewer_for(people.amina.id)) == ["Kortare väntan"]
    # What is said beside the words goes along when they are changed.
    revise(told, "Vi bytte stol i april.", by=people.karin)
    assert effects_of([line_seen(told, viewer_for(people.amina.id)).share]) == {
        outcomes[1].contribution: effects[outcomes[1].contribution]
    }
    # Whoever holds the mandate afterwards goes on telling; before it was held by someone else, not.
    end_mandate(answering.karins.public_id, by=people.leyla)
    with pytest.raises(Refused):
        tell_outcome(line, DONE, by=people.karin)
    give_mandate(people.nadja, "Arbetssätt i hela kommunen", by=people.leyla)
    tell_outcome(line, Outcome("Ekonomi gör det nu."), by=people.nadja)


def test_nothing_is_told_of_what_was_not_said_yes_to(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    given = give_answer(asked, YES, by=people.karin)
    opened(clock)
    line = answer_of(share, people.karin)
    replace_answer(given, Given(Verdict.NO, Wording("Nej.", "Pengarna."), ReasonKind.MONEY), by=people.karin)
    # Nobody else knows of the new one, and the earlier one stands for them.
    assert state_to(share, people.amina) == State.ANSWERED
    amina = viewer_for(people.amina.id)
    assert on_the_way(asks_about(seen_by(share, people.amina), amina), amina) == []
    opened(clock)
    with pytest.raises(Refused):
        tell_outcome(line, DONE, by=people.karin)
    with pytest.raises(Refused):
        tell_outcome(answer_of(share, people.karin), DONE, by=people.karin)
    assert not Contribution.everything.filter(kind=Kind.OUTCOME).exists()


def test_never_wider_than_the_answer(answering: Answering) -> None:
    people = answering.people
    share, asked = answering.letter()
    give_answer(asked, YES, by=people.karin)
    told = tell_outcome(answer_of(share, people.karin), DONE, by=people.karin)
    line = line_seen(told, viewer_for(people.karin.id)).share.line_number
    # The check before opening reads these too, and a yes to opening holds for them.
    assert shown_on([line], Rung.ORGANISATION)[line].beside == [["Ärendena går fortare.", "Kortare väntan"]]
    said = Share.everything.filter(conversation_id=share.conversation_id)
    assert {one.rung for one in said} == {Rung.DIRECT}
    assert goals_seen(viewer_for(people.amina.id)) == []
    assert goals_seen(viewer_for(people.elin.id)) == ["Kortare väntan"]


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        (Outcome(" "), "words"),
        (Outcome("Ett. Två. Tre."), "words"),
        (Outcome("x" * 301), "words"),
        (Outcome("Ja.", "x" * 5001), "more"),
        (Outcome("Ja.", effect="x" * 501), "effect"),
        (Outcome("Ja.", goal="x" * 101), "goal"),
    ],
)
def test_an_outcome_is_short(outcome: Outcome, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check(outcome)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("rests", "told", "verdict", "waits", "found"),
    [
        (False, False, None, False, State.OPEN),
        (False, False, None, True, State.ASKED),
        (False, False, Verdict.NEED_TO_KNOW, False, State.ASKED),
        (False, False, Verdict.NO, False, State.ANSWERED),
        (False, False, Verdict.YES, True, State.ANSWERED),
        (False, True, Verdict.YES, False, State.DONE),
        (True, True, Verdict.YES, True, State.RESTS),
    ],
)
def test_the_state_in_one_word(
    rests: bool, told: bool, verdict: Verdict | None, waits: bool, found: State
) -> None:
    assert state(rests=rests, told=told, verdict=verdict, waits=waits) == found
