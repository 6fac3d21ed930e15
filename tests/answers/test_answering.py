"""A verdict needs a mandate and, for a no, a reason; its author reads it first; others read the same verdict."""

import datetime

import pytest

from communis.answers.answering import Given, Wording, give_answer, open_answers, replace_answer
from communis.answers.asking import declare_conflict, hand_over
from communis.answers.mandates import end_mandate
from communis.answers.models import Answer, Ask
from communis.answers.promises import today
from communis.answers.queue import queue_of
from communis.answers.reminding import remind
from communis.answers.showing import asks_about, on_the_way, pending, rulings_of
from communis.answers.verdicts import ReasonKind, Verdict
from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Share
from communis.conversations.reading import shares_of
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import take_back
from communis.journal import moments
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.answers.town import Answering
from tests.clock import Clock

NO = Given(Verdict.NO, Wording("Nej, det blir inte av.", "Pengarna räcker inte i år."), ReasonKind.MONEY)
YES = Given(Verdict.YES, Wording("Ja, vi gör det."))


def answers_seen(share: Share, person: Person) -> list[tuple[Verdict, str]]:
    """The answers the person reads in the conversation, oldest first."""
    seen = [one for one in _shares(share, person) if one.kind == Kind.ANSWER]
    rulings = rulings_of(seen)
    return [(rulings[one.contribution].verdict, one.html) for one in seen]


def _shares(share: Share, person: Person) -> list[Seen]:
    return shares_of(share.conversation_id, viewer_for(person.id))


def _waiting(share: Share, person: Person) -> int:
    viewer = viewer_for(person.id)
    return len(on_the_way(asks_about(line_seen(address_of(share)[1], viewer).share, viewer), viewer))


def _early(share: Share, person: Person) -> list[str]:
    viewer = viewer_for(person.id)
    asks = asks_about(line_seen(address_of(share)[1], viewer).share, viewer)
    return [one.answer.for_author for one in pending(asks, viewer)]


def test_a_letter_is_answered_at_once(answering: Answering) -> None:
    """Nobody reads it but the two, so that there is no one to wait for."""
    people = answering.people
    share, asked = answering.letter()
    give_answer(asked, NO, by=people.karin, key="a")
    give_answer(asked, NO, by=people.karin, key="a")
    [(verdict, html)] = answers_seen(share, people.elin)
    assert verdict == Verdict.NO and "Pengarna räcker inte" in html
    assert queue_of(viewer_for(people.karin.id), by=people.karin).waiting == []
    assert Answer.everything.count() == 1 and open_answers() == 0


def test_its_author_reads_it_before_others(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    given = Given(
        Verdict.NO,
        Wording("Nej, och jag är ledsen för det.", "Pengarna räcker inte.", "Taket läcker."),
        ReasonKind.MONEY,
        for_all=Wording("Nej, inte i år.", "Pengarna räcker inte."),
    )
    give_answer(asked, given, by=people.karin)
    for hours in (0, 23.9):
        clock.forward(int(hours * moments.HOUR))
        assert open_answers() == 0
        for person in (people.amina, people.johan):
            assert answers_seen(share, person) == [] and _early(share, person) == []
            # For them it is still on its way.
            assert _waiting(share, person) == 1
        assert len(_early(share, people.elin)) == len(_early(share, people.karin)) == 1
        assert _waiting(share, people.elin) == 0
    clock.forward(moments.HOUR)
    assert open_answers() == 1 and open_answers() == 0
    for person in (people.amina, people.elin):
        [(verdict, html)] = answers_seen(share, person)
        assert verdict == Verdict.NO and "inte i år" in html and "ledsen" not in html
    assert _early(share, people.elin) == [] and _waiting(share, people.amina) == 0
    # Both are kept.
    kept = Answer.everything.get()
    assert "ledsen" in kept.for_author and "ledsen" not in kept.for_all


def test_a_clock_that_goes_back_shows_nothing_twice(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    give_answer(asked, YES, by=people.karin)
    clock.forward(25 * moments.HOUR)
    assert open_answers() == 1
    clock.forward(-24 * moments.HOUR)
    assert open_answers() == 0 and len(answers_seen(share, people.amina)) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Given(Verdict.YES, Wording(" ")), "words"),
        (Given(Verdict.YES, Wording("Ett. Två. Tre.")), "words"),
        (Given(Verdict.YES, Wording("x" * 301)), "words"),
        (Given(Verdict.NO, Wording("Nej."), ReasonKind.MONEY), "reason"),
        (Given(Verdict.NO, Wording("Nej.", "Pengar."), None), "reason_kind"),
        (
            Given(Verdict.NO, Wording("Nej.", "Pengar."), ReasonKind.LAW, for_all=Wording("Nej.")),
            "all_reason",
        ),
        (Given(Verdict.NOT_NOW, Wording("Inte nu.")), "again"),
        (Given(Verdict.NOT_NOW, Wording("Inte nu."), again=datetime.date(2020, 1, 1)), "again"),
    ],
)
def test_a_verdict_needs_what_it_says(answering: Answering, given: Given, field: str) -> None:
    _share, asked = answering.letter()
    with pytest.raises(Refused) as refused:
        give_answer(asked, given, by=answering.people.karin)
    assert refused.value.field == field and not Answer.everything.exists()


def test_nobody_but_who_holds_the_mandate_answers(answering: Answering) -> None:
    people = answering.people
    _share, asked = answering.idea()
    for person in (people.elin, people.amina, people.johan, people.leyla):
        with pytest.raises(NotThere):
            give_answer(asked, YES, by=person)
    end_mandate(answering.karins.public_id, by=people.leyla)
    for person in (people.karin, people.sofia):
        with pytest.raises(Refused, match="no mandate"):
            give_answer(asked, YES, by=person)
    assert not Answer.everything.exists()


def test_who_answers_along_can(answering: Answering) -> None:
    people = answering.people
    share, asked = answering.idea()
    give_answer(asked, YES, by=people.sofia)
    assert queue_of(viewer_for(people.karin.id), by=people.karin).waiting == []
    assert len(_early(share, people.elin)) == 1
    with pytest.raises(Refused, match="answered already"):
        give_answer(asked, NO, by=people.karin)


def test_a_stake_hides_the_answer(answering: Answering) -> None:
    people = answering.people
    _share, asked = answering.idea()
    declare_conflict(asked, by=people.karin)
    with pytest.raises(Refused, match="stake"):
        give_answer(asked, YES, by=people.karin)
    hand_over(asked, answering.johans.public_id, by=people.karin)
    give_answer(asked, YES, by=people.johan)


def test_need_to_know_more_waits_for_the_author(answering: Answering) -> None:
    people = answering.people
    share, asked = answering.letter()
    give_answer(asked, Given(Verdict.NEED_TO_KNOW, Wording("Vem täcker upp?")), by=people.karin)
    queue = queue_of(viewer_for(people.karin.id), by=people.karin)
    assert queue.waiting == [] and [one.ask.public_id for one in queue.others_turn] == [asked]
    contribute(address_of(share)[1], "Vi byter parvis.", by=people.elin)
    give_answer(asked, YES, by=people.karin)
    assert [verdict for verdict, _ in answers_seen(share, people.elin)] == [Verdict.NEED_TO_KNOW, Verdict.YES]


def test_changed_my_mind(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    first = give_answer(asked, YES, by=people.karin)
    clock.forward(25 * moments.HOUR)
    open_answers()
    with pytest.raises(NotThere):
        replace_answer(first, NO, by=people.sofia)
    replace_answer(first, NO, by=people.karin, key="r")
    replace_answer(first, NO, by=people.karin, key="r")
    with pytest.raises(Refused, match="replaced"):
        replace_answer(first, YES, by=people.karin)
    # The old one stands until the new one opens, and stays readable.
    assert [verdict for verdict, _ in answers_seen(share, people.amina)] == [Verdict.YES]
    clock.forward(25 * moments.HOUR)
    open_answers()
    assert [verdict for verdict, _ in answers_seen(share, people.amina)] == [Verdict.YES, Verdict.NO]


def test_replaced_before_it_opens_nobody_else_reads_it(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    first = give_answer(asked, YES, by=people.karin)
    replace_answer(first, NO, by=people.karin)
    clock.forward(25 * moments.HOUR)
    open_answers()
    assert [verdict for verdict, _ in answers_seen(share, people.amina)] == [Verdict.NO]


def test_gone_before_it_opens(answering: Answering, clock: Clock) -> None:
    people = answering.people
    share, asked = answering.idea()
    give_answer(asked, YES, by=people.karin)
    take_back(address_of(share)[1], by=people.elin)
    clock.forward(25 * moments.HOUR)
    assert open_answers() == 0
    assert [one.kind for one in _shares(share, people.amina)] == []


def test_never_wider_than_its_idea(answering: Answering) -> None:
    people = answering.people
    share, asked = answering.letter()
    give_answer(asked, YES, by=people.karin)
    said = Share.everything.filter(conversation_id=share.conversation_id)
    assert {one.rung for one in said} == {Rung.DIRECT}
    assert _shares(share, people.amina) == _shares(share, people.sofia) == []


def test_told_to_those_it_concerns(answering: Answering, clock: Clock) -> None:
    people = answering.people
    _share, asked = answering.idea()
    clock.news()
    give_answer(asked, YES, by=people.karin)
    clock.news()
    told = Notice.everything.filter(reason__gte=30).values_list("person_id", "reason")
    assert sorted(told) == sorted(
        [
            (people.karin.id, Notice.Reason.TO_ANSWER),
            (people.sofia.id, Notice.Reason.TO_ANSWER),
            (people.elin.id, Notice.Reason.ANSWER_GIVEN),
        ]
    )


def test_reminded_once_before_the_day(answering: Answering, clock: Clock) -> None:
    people = answering.people
    _share, asked = answering.idea()
    assert remind() == 0
    clock.forward(12 * moments.DAY)
    assert remind() == 1 and remind() == 0
    clock.news()
    near = Notice.everything.filter(reason=Notice.Reason.ANSWER_DUE)
    assert {one.person_id for one in near} == {people.karin.id, people.sofia.id}
    assert Ask.everything.get(public_id=asked).promised == today() + datetime.timedelta(days=2)


def test_who_has_left_cannot_answer_and_the_others_can(answering: Answering) -> None:
    people = answering.people
    _share, asked = answering.idea()
    actions.close_sign_in(people.karin, by=people.leyla)
    with pytest.raises(NotThere):
        give_answer(asked, YES, by=people.karin)
    give_answer(asked, YES, by=people.sofia)


def test_who_leaves_during_the_heads_up_takes_nothing_away(answering: Answering, clock: Clock) -> None:
    """Given while the mandate was held, it opens though its giver's sign-in was closed meanwhile."""
    people = answering.people
    share, asked = answering.idea()
    gone, also_asked = answering.idea()
    role = actions.hold_role(people.karin, "kommundirektör", by=people.leyla)
    for one in (asked, also_asked):
        give_answer(one, NO, by=people.karin, role=role)
    actions.close_sign_in(people.karin, by=people.leyla)
    take_back(address_of(gone)[1], by=people.elin)
    clock.forward(25 * moments.HOUR)
    assert open_answers() == 1 and open_answers() == 0
    [answer] = [one for one in _shares(share, people.amina) if one.kind == Kind.ANSWER]
    assert "Pengarna räcker inte" in answer.html and answer.rung == Rung.ORGANISATION
    assert answer.person_name == people.karin.name and answer.role == "kommundirektör"
    assert _shares(gone, people.amina) == []


def test_the_clock_alone_opens_nothing(answering: Answering) -> None:
    """L47: set a day forward it shows nothing early, set back it loses nothing; nor does a restart in between."""
    people = answering.people
    start, passed = moments.wall_clock(), 0
    set_wrong = 0

    def wall() -> int:
        return start + passed + set_wrong

    def steady() -> int:
        return passed + 5 * moments.HOUR

    moments.use_clock(wall, steady)
    try:
        share, asked = answering.idea()
        give_answer(asked, YES, by=people.karin)
        set_wrong = moments.DAY + moments.HOUR
        assert open_answers() == 0
        passed = 20 * moments.HOUR
        assert open_answers() == 0 and answers_seen(share, people.amina) == []
        # The machine is started anew, and counts from nothing; an hour later another hour has passed.
        moments.use_clock(wall, lambda: passed - 20 * moments.HOUR)
        assert open_answers() == 0
        passed = 23 * moments.HOUR + 59 * moments.MINUTE
        assert open_answers() == 0
        # Set back: the whole time has passed, and the answer waits for the clock.
        set_wrong = -moments.DAY
        passed = 25 * moments.HOUR
        assert open_answers() == 0
        set_wrong = 0
        assert open_answers() == 1 and len(answers_seen(share, people.amina)) == 1
    finally:
        moments.use_clock(moments.wall_clock)


def test_a_count_goes_on_where_another_machine_left_it(
    answering: Answering, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = answering.people
    _share, asked = answering.idea()
    give_answer(asked, YES, by=people.karin)
    clock.forward(23 * moments.HOUR)
    assert open_answers() == 0
    # What the other one counted meanwhile is not known, so that nothing of it is taken off.
    monkeypatch.setattr("communis.answers.heads_up.machine", lambda: "another")
    clock.forward(2 * moments.HOUR)
    assert open_answers() == 0
    clock.forward(moments.HOUR)
    assert open_answers() == 1
