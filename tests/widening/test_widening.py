"""The letter goes from private to public: proposed, answered by each for own words, chosen, opened, narrowed."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from communis.conversations.contributing import contribute
from communis.conversations.gate import Seen
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.conversations.reading import shares_at
from communis.conversations.reconciling import differences
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import revise, take_back
from communis.conversations.wider import narrow, own_wider_lines, without_name
from communis.conversations.words import Quoted
from communis.journal.models import Entry
from communis.journal.moments import DAY, HOUR
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening.answering import Answered, answer
from communis.widening.completing import choose_to_open, let_be, open_due, remind_and_end
from communis.widening.future import asked_of, is_ready, page_as_asked, page_to_open
from communis.widening.models import Consent, Widening
from communis.widening.proposing import propose
from tests.cast import Cast, letter
from tests.clock import Clock

Way = Consent.Way
ALL = Choice(Rung.ORGANISATION)


class Letter:
    """Elin writes to Karin, who answers; Elin writes once more, and Karin answers that too."""

    def __init__(self, people: Cast) -> None:
        self.people = people
        self.idea = letter("Tänk om vi satt hos någon annan.", people.elin, people.karin)
        self.conversation, line = address_of(self.idea)
        self.reply = contribute(
            line, "Vem täcker upp?", by=people.karin, quotes=[Quoted(line, "någon annan")]
        )
        self.second = contribute(line, "Vi behöver vikarier.", by=people.elin)
        self.below = contribute(address_of(self.second)[1], "Det har vi inte.", by=people.karin)

    def propose(self, choice: Choice = ALL, **more: object) -> Widening:
        made = propose(self.conversation, choice, "Fler borde läsa det.", by=self.people.karin, **more)  # type: ignore[arg-type]
        return Widening.everything.get(public_id=made)

    def seen(self, person: Person | None) -> list[tuple[str, str | None]]:
        viewer = viewer_for(person.id) if person else PUBLIC_VIEWER
        return words(shares_at(self.conversation, viewer)[1])


def words(shares: Iterable[Seen]) -> list[tuple[str, str | None]]:
    """The words shown and the name under them."""
    return [(one.html.strip().removeprefix("<p>").removesuffix("</p>"), one.person_name) for one in shares]


def say(widening: Widening, person: Person, **ways: Consent.Way | Answered) -> None:
    """``say(w, elin, s0=Way.YES, s1=Way.NO)``: for the first and second of her contributions."""
    own = asked_of(widening, person)
    answers = []
    for name, way in ways.items():
        line = own[int(name[1:])].consent.line_id
        answers.append(replace(way, line=line) if isinstance(way, Answered) else Answered(line, way))
    answer(widening.public_id, answers, by=person)


@pytest.fixture(autouse=True)
def own_folder(settings: object, tmp_path: object) -> None:
    """What other tests have stored is a day old when the clock has been moved, and belongs to nobody here."""
    settings.DATA = tmp_path


@pytest.fixture
def told(people: Cast, clock: Clock) -> Letter:
    return Letter(people)


IDEA = "Tänk om vi satt hos någon annan."


def test_the_letter_opens_as_far_as_each_has_said(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    assert told.seen(people.amina) == []
    say(widening, people.elin, s0=Way.WITHOUT_NAME, s1=Way.NO)
    assert not is_ready(widening)
    with pytest.raises(Refused):
        choose_to_open(widening.public_id, by=people.karin)
    clock.forward(14 * DAY)
    assert is_ready(widening)
    to_open = words(page_to_open(widening, viewer_for(people.karin.id)))
    assert to_open == [(IDEA, None), ("Vem täcker upp?", "Karin Sundvall")]
    choose_to_open(widening.public_id, by=people.karin)
    assert open_due() == 0 and told.seen(people.amina) == []
    clock.forward(24 * HOUR)
    assert open_due() == 2 and open_due() == 0
    assert told.seen(people.amina) == to_open
    assert told.seen(None) == []
    # Inside, everything is as it was: once, with the names.
    assert [name for _, name in told.seen(people.karin)] == [
        "Elin Forsgren",
        "Karin Sundvall",
        "Elin Forsgren",
        "Karin Sundvall",
    ]
    assert told.seen(people.elin) == told.seen(people.karin)
    assert differences() == []


def test_a_no_looks_like_silence(told: Letter, people: Cast, clock: Clock) -> None:
    """Whatever she answers but yes to all, the proposer is told the same at the same time."""
    widening = told.propose()

    def as_the_proposer_sees() -> tuple[bool, list[tuple[str, str | None]]]:
        return is_ready(widening), words(page_to_open(widening, viewer_for(people.karin.id)))

    silent = as_the_proposer_sees()
    say(widening, people.elin, s0=Way.NO, s1=Way.NO)
    assert as_the_proposer_sees() == silent
    clock.forward(14 * DAY)
    assert as_the_proposer_sees() == (True, [])
    with pytest.raises(Refused):
        choose_to_open(widening.public_id, by=people.karin)


def test_when_all_have_said_yes_nobody_waits(told: Letter, people: Cast) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    assert is_ready(widening)


def test_other_words_stand_on_the_wider_line_alone(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(
        widening,
        people.elin,
        s0=Answered(0, Way.OTHER_WORDS, "Tänk om vi bytte plats med någon annan."),
        s1=Way.NO,
    )
    clock.forward(14 * DAY)
    choose_to_open(widening.public_id, by=people.karin)
    clock.forward(24 * HOUR)
    open_due()
    assert told.seen(people.amina) == [
        ("Tänk om vi bytte plats med någon annan.", "Elin Forsgren"),
        ("Vem täcker upp?", "Karin Sundvall"),
    ]
    assert told.seen(people.karin)[0][0] == IDEA
    # Her history there begins with what was shown there.
    assert differences() == []


def test_an_answer_to_words_that_are_gone_stays(told: Letter, people: Cast, clock: Clock) -> None:
    """Karin answered "någon annan"; without those words her answer would say something else."""
    widening = told.propose()
    say(widening, people.elin, s0=Answered(0, Way.OTHER_WORDS, "Tänk om vi bytte plats."), s1=Way.NO)
    clock.forward(14 * DAY)
    choose_to_open(widening.public_id, by=people.karin)
    clock.forward(24 * HOUR)
    assert open_due() == 1
    assert told.seen(people.amina) == [("Tänk om vi bytte plats.", "Elin Forsgren")]


def test_later_is_later_and_what_hangs_on_it_waits(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    at = clock() + 40 * DAY
    say(widening, people.elin, s0=Answered(0, Way.LATER, not_before=at), s1=Way.YES)
    choose_to_open(widening.public_id, by=people.karin)
    clock.forward(2 * DAY)
    assert open_due() == 0 and told.seen(people.amina) == []
    clock.forward(39 * DAY)
    assert open_due() == 4
    assert len(told.seen(people.amina)) == 4


def test_a_yes_to_one_thing_never_opens_another(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    choose_to_open(widening.public_id, by=people.karin)
    revise(address_of(told.idea)[1], "Tänk om vi satt hos någon annan, Karin.", by=people.elin)
    clock.forward(24 * HOUR)
    # Her own words changed, so they and all that hangs on them stay.
    assert open_due() == 0 and told.seen(people.amina) == []


def test_a_page_that_changed_is_shown_again_before_a_yes_counts(told: Letter, people: Cast) -> None:
    widening = told.propose()
    looked_at = asked_of(widening, people.elin)[0]
    revise(address_of(told.idea)[1], "Annat.", by=people.elin)
    with pytest.raises(Refused):
        answer(
            widening.public_id,
            [Answered(looked_at.consent.line_id, Way.YES, page=looked_at.page)],
            by=people.elin,
        )
    assert not asked_of(widening, people.elin)[0].holds


def test_a_yes_can_be_taken_back_until_it_opens(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    choose_to_open(widening.public_id, by=people.karin)
    say(Widening.everything.get(id=widening.id), people.elin, s1=Way.NO)
    clock.forward(24 * HOUR)
    assert open_due() == 2
    assert [one for one, _ in told.seen(people.amina)] == [IDEA, "Vem täcker upp?"]
    with pytest.raises(Refused):
        say(Widening.everything.get(id=widening.id), people.elin, s0=Way.NO)


def test_a_yes_cannot_come_after_the_choice(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES)
    clock.forward(14 * DAY)
    choose_to_open(widening.public_id, by=people.karin)
    with pytest.raises(Refused):
        say(Widening.everything.get(id=widening.id), people.elin, s1=Way.YES)


def test_what_was_taken_back_meanwhile_is_not_opened(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    choose_to_open(widening.public_id, by=people.karin)
    take_back(address_of(told.idea)[1], by=people.elin)
    clock.forward(24 * HOUR)
    assert open_due() == 0 and told.seen(people.amina) == []


def test_nobody_answers_for_another(told: Letter, people: Cast) -> None:
    widening = told.propose()
    elins = asked_of(widening, people.elin)[0].consent.line_id
    for person in (people.karin, people.amina):
        with pytest.raises(NotThere):
            answer(widening.public_id, [Answered(elins, Way.YES)], by=person)
    assert Consent.everything.get(line_id=elins).way == Way.NONE


def test_only_the_proposer_chooses_and_strangers_find_nothing(
    told: Letter, people: Cast, clock: Clock
) -> None:
    widening = told.propose()
    clock.forward(14 * DAY)
    for person in (people.elin, people.amina):
        with pytest.raises(NotThere):
            choose_to_open(widening.public_id, by=person)
        with pytest.raises(NotThere):
            let_be(widening.public_id, by=person)
    assert not Widening.visible.to(viewer_for(people.amina.id)).exists()
    assert not Widening.visible.to(PUBLIC_VIEWER).exists()
    with pytest.raises(NotThere):
        propose(told.conversation, ALL, "Jag vill.", by=people.amina)


def test_let_be_opens_nothing(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    choose_to_open(widening.public_id, by=people.karin)
    let_be(widening.public_id, by=people.karin)
    clock.forward(3 * DAY)
    assert open_due() == 0 and told.seen(people.amina) == []


def test_what_a_third_person_said_aside_is_on_nobodys_page(people: Cast, clock: Clock) -> None:
    """Karin has a word aside with Sofia below the letter; Elin is not shown that it is asked about."""
    told = Letter(people)
    widening = told.propose()
    aside = contribute(
        address_of(told.idea)[1],
        "Hon har rätt.",
        by=people.karin,
        choice=Choice(Rung.DIRECT, persons=(people.elin.public_id,)),
    )
    assert aside.id
    page = words(page_as_asked(widening, viewer_for(people.elin.id)))
    assert [one for one, _ in page] == [IDEA, "Vem täcker upp?", "Vi behöver vikarier.", "Det har vi inte."]


def test_one_branch_alone_brings_what_it_answers(told: Letter, people: Cast) -> None:
    widening = told.propose(lines={address_of(told.reply)[1]})
    asked = Consent.everything.filter(widening=widening).order_by("line_id").values_list("line_id", flat=True)
    assert list(asked) == [told.idea.line_id, told.reply.line_id]


def test_wider_and_wider_and_narrow_again(told: Letter, people: Cast, clock: Clock) -> None:
    first = told.propose()
    say(first, people.elin, s0=Way.WITHOUT_NAME, s1=Way.NO)
    clock.forward(14 * DAY)
    choose_to_open(first.public_id, by=people.karin)
    clock.forward(DAY)
    open_due()
    second = told.propose(Choice(Rung.PUBLIC))
    say(second, people.elin, s0=Way.YES, s1=Way.NO)
    clock.forward(14 * DAY)
    choose_to_open(second.public_id, by=people.karin)
    clock.forward(DAY)
    open_due()
    # "As it stands" is without a name out there, for a wider audience is never told more.
    assert told.seen(None) == [(IDEA, None), ("Vem täcker upp?", "Karin Sundvall")]
    wider = own_wider_lines(address_of(told.idea)[1], by=people.elin)
    assert [one.with_name for one in wider] == [False, False]
    with pytest.raises(NotThere):
        narrow(wider[1].line, by=people.karin)
    narrow(wider[1].line, by=people.elin)
    assert told.seen(None) == []
    assert len(told.seen(people.amina)) == 2
    narrow(wider[0].line, by=people.elin)
    assert told.seen(people.amina) == [] and len(told.seen(people.karin)) == 4
    assert differences() == []


def test_a_name_can_be_taken_away_later(told: Letter, people: Cast, clock: Clock) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    choose_to_open(widening.public_id, by=people.karin)
    clock.forward(DAY)
    open_due()
    line = own_wider_lines(address_of(told.idea)[1], by=people.elin)[0].line
    with pytest.raises(NotThere):
        without_name(line, by=people.amina)
    without_name(line, by=people.elin)
    assert told.seen(people.amina)[0] == (IDEA, None)
    assert told.seen(people.karin)[0] == (IDEA, "Elin Forsgren")


def test_each_is_reminded_once_and_the_proposer_told_once(told: Letter, people: Cast, clock: Clock) -> None:
    told.propose()
    for _ in range(40):
        clock.forward(DAY)
        remind_and_end()
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert verbs.count("reminded of widening") == verbs.count("widening can be chosen") == 1


def test_proposed_twice_with_one_form_is_one(told: Letter, people: Cast) -> None:
    first = propose(told.conversation, ALL, "Fler.", by=people.karin, key="k")
    assert propose(told.conversation, ALL, "Fler.", by=people.karin, key="k") == first
    with pytest.raises(Refused):
        told.propose()


def test_consents_are_journalled_without_words(told: Letter, people: Cast) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=Way.NO)
    entries = list(Entry.objects.filter(verb__in=["consented", "declined"]).order_by("id"))
    assert [(one.verb, one.person_id) for one in entries] == [
        ("consented", people.elin.id),
        ("declined", people.elin.id),
    ]
    assert all(set(one.about) == {"widening", "line"} for one in entries)


def test_a_circle_named_opens_to_it_alone(told: Letter, people: Cast, clock: Clock) -> None:
    choice = Choice(Rung.CIRCLE, circles=(people.management.public_id,))
    widening = told.propose(choice)
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    choose_to_open(widening.public_id, by=people.karin)
    clock.forward(DAY)
    assert open_due() == 4
    assert len(told.seen(people.sofia)) == 4 and told.seen(people.amina) == []
    assert Share.everything.filter(ended_at=None).count() == 8
