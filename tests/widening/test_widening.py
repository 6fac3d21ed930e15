"""The letter goes from private to public: proposed, answered by each for own words, chosen, opened, narrowed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from communis.attention.models import Notice
from communis.conversations import reconciling
from communis.conversations.contributing import contribute, start
from communis.conversations.files import store
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.models import File, Share
from communis.conversations.models import Line as LineRow
from communis.conversations.moving import move
from communis.conversations.narrowing import narrow, own_wider_lines, without_name
from communis.conversations.reading import shares_at
from communis.conversations.reconciling import Difference
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import revise, take_back
from communis.conversations.unnaming import show_as
from communis.conversations.words import Attachment, Quoted, Terms
from communis.journal.models import Entry
from communis.journal.moments import DAY, HOUR
from communis.looking.viewers import PUBLIC_VIEWER
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.actions import leave, let_in
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening import reconciling as openings
from communis.widening.answering import Answered, answer
from communis.widening.completing import choose_to_open, let_be, open_due, remind_and_end
from communis.widening.future import Proposal, asked_of, is_ready
from communis.widening.models import Consent, Widening
from communis.widening.proposing import propose
from tests.cast import Cast, letter, to_circle
from tests.clock import Clock
from tests.web.forms import client_of, page

Way = Consent.Way
ALL = Choice(Rung.ORGANISATION)


def differences() -> list[Difference]:
    return [*reconciling.differences(), *openings.differences()]


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
    to_open = words(Proposal(widening).page_to_open(viewer_for(people.karin.id)))
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
        return is_ready(widening), words(Proposal(widening).page_to_open(viewer_for(people.karin.id)))

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


@pytest.fixture
def circle(people: Cast, clock: Clock) -> tuple[Share, Share, Share]:
    """In the circle: Amina asks, Sofia answers all, and Nadja answers Amina aside."""
    let_in(people.sofia, people.food_waste, by=people.amina)
    asked = to_circle("Vem slänger mest?", people.amina, people.food_waste)
    _, line = address_of(asked)
    sofias = contribute(line, "Vi alla.", by=people.sofia)
    aside = contribute(
        line, "Jag vet vem.", by=people.nadja, choice=Choice(Rung.DIRECT, persons=(people.amina.public_id,))
    )
    return asked, sofias, aside


def opened(widening: Widening, clock: Clock, by: Person) -> int:
    clock.forward(14 * DAY)
    choose_to_open(widening.public_id, by=by)
    clock.forward(DAY)
    return open_due()


def test_what_was_said_aside_is_not_on_the_page_of_another_who_is_asked(
    circle: tuple[Share, Share, Share], people: Cast, clock: Clock
) -> None:
    """It is part of the proposal; Sofia sees neither it nor that there is one more, before and after the choice."""
    asked, _sofias, aside = circle
    made = propose(address_of(asked)[0], ALL, "Fler.", by=people.amina)
    widening = Widening.everything.get(public_id=made)
    assert Consent.everything.filter(widening=widening).count() == 3
    sofia, nadja = viewer_for(people.sofia.id), viewer_for(people.nadja.id)

    def as_sofia_sees() -> list[tuple[str, str | None]]:
        return words(Proposal(widening).page_as_asked(sofia))

    assert [one for one, _ in as_sofia_sees()] == ["Vem slänger mest?", "Vi alla."]
    assert len(Proposal(widening).page_as_asked(nadja)) == 3
    html = page(client_of(people.sofia), f"/widenings/{made}")
    assert "Jag vet vem" not in html and address_of(aside)[1] not in html and "not shown to you" not in html
    say(widening, people.nadja, s0=Way.YES)
    say(widening, people.sofia, s0=Way.YES)
    choose_to_open(made, by=people.amina)
    chosen = Proposal(Widening.everything.get(public_id=made))
    assert len(chosen.openable) == 3 and len(chosen.page_to_open(sofia)) == 2


def test_who_has_left_is_asked_for_her_own_words_alone(
    circle: tuple[Share, Share, Share], people: Cast, clock: Clock
) -> None:
    asked, sofias, _aside = circle
    made = propose(address_of(asked)[0], ALL, "Fler.", by=people.amina)
    leave(people.sofia, people.food_waste, by=people.sofia)
    sofia = client_of(people.sofia)
    html = page(sofia, f"/widenings/{made}")
    assert "Vi alla." in html and "Vem slänger" not in html and f"way-{address_of(sofias)[1]}" in html
    widening = Widening.everything.get(public_id=made)
    given = asked_of(widening, people.sofia)[0]
    answer(made, [Answered(given.consent.line_id, Way.YES, page=given.page)], by=people.sofia)
    # What it answers is edited. Her yes holds no more, but she does not read that, and so is not told.
    revise(address_of(asked)[1], "Vem slänger minst?", by=people.amina)
    same = asked_of(widening, people.sofia)[0]
    assert same.page == given.page and same.holds
    assert Proposal(widening).openable == []


def test_who_has_left_does_not_choose(circle: tuple[Share, Share, Share], people: Cast, clock: Clock) -> None:
    asked, _sofias, _aside = circle
    made = propose(address_of(asked)[0], ALL, "Fler.", by=people.sofia)
    widening = Widening.everything.get(public_id=made)
    say(widening, people.amina, s0=Way.YES)
    leave(people.sofia, people.food_waste, by=people.sofia)
    clock.forward(14 * DAY)
    with pytest.raises(Refused):
        choose_to_open(made, by=people.sofia)
    html = page(client_of(people.sofia), f"/widenings/{made}")
    assert "You no longer see all" in html and "Vem slänger" not in html and "Vi alla." in html


@pytest.mark.parametrize("way", [None, Way.NO, Way.YES])
def test_nobody_is_asked_again_before_two_weeks_have_passed(
    told: Letter, people: Cast, clock: Clock, way: Consent.Way | None
) -> None:
    """Since the last day to answer; and the same whatever was answered, so that a no stays like silence."""
    first = told.propose(days=60)
    if way is not None:
        say(first, people.elin, s0=way)
    clock.forward(73 * DAY)
    let_be(first.public_id, by=people.karin)
    with pytest.raises(Refused, match="lately"):
        told.propose()
    with pytest.raises(Refused, match="lately"):
        told.propose(lines={address_of(told.idea)[1]})
    clock.forward(DAY)
    assert told.propose()


def test_let_be_early_is_asked_about_after_two_weeks(told: Letter, people: Cast, clock: Clock) -> None:
    """A wider audience is another question, and who wrote it can propose her own words at any time."""
    let_be(told.propose(days=60).public_id, by=people.karin)
    with pytest.raises(Refused, match="lately"):
        told.propose()
    wider = told.propose(Choice(Rung.PUBLIC), lines={address_of(told.idea)[1]})
    let_be(wider.public_id, by=people.karin)
    own = propose(told.conversation, ALL, "Jag vill.", by=people.elin, lines={address_of(told.idea)[1]})
    let_be(own, by=people.elin)
    assert propose(told.conversation, ALL, "Jag vill.", by=people.elin, lines={address_of(told.idea)[1]})
    clock.forward(14 * DAY)
    assert told.propose()


def test_the_same_words_on_another_line_are_the_same_question(
    told: Letter, people: Cast, clock: Clock
) -> None:
    """Opened to a circle meanwhile they stand on one more line; no sooner are they asked about again."""
    let_be(told.propose().public_id, by=people.karin)
    into = Choice(Rung.CIRCLE, circles=(people.management.public_id,))
    line = address_of(told.idea)[1]
    own = propose(told.conversation, into, "För er.", by=people.elin, lines={line})
    choose_to_open(own, by=people.elin)
    clock.forward(DAY)
    assert open_due() == 1
    with pytest.raises(Refused, match="lately"):
        told.propose(lines={line})


def test_let_be_at_once_tells_nobody(told: Letter, people: Cast, clock: Clock) -> None:
    let_be(told.propose().public_id, by=people.karin)
    clock.news()
    assert not Notice.everything.filter(reason=Notice.Reason.ASKED).exists()


def test_a_yes_after_the_time_is_too_late_and_a_no_is_not(told: Letter, people: Cast, clock: Clock) -> None:
    """A late yes would show the proposer, who looks at what can be opened, whose it was."""
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES)
    clock.forward(14 * DAY)
    with pytest.raises(Refused):
        say(widening, people.elin, s1=Way.YES)
    say(widening, people.elin, s0=Way.NO, s1=Way.NO)
    assert Proposal(widening).openable == []


@pytest.mark.parametrize(
    "later", [Answered(0, Way.OTHER_WORDS, "Karin får sparken."), Answered(0, Way.LATER, not_before=1)]
)
def test_after_the_choice_nothing_is_put_in_its_place(
    told: Letter, people: Cast, clock: Clock, later: Answered
) -> None:
    """Those who said yes have looked at the page by then."""
    widening = told.propose()
    before = Answered(0, Way.OTHER_WORDS, "Byt stol med någon annan.")
    if later.way == Way.LATER:
        before = Answered(0, Way.LATER, not_before=clock() + 90 * DAY)
    say(widening, people.elin, s0=before, s1=Way.NO)
    clock.forward(14 * DAY)
    choose_to_open(widening.public_id, by=people.karin)
    chosen = Widening.everything.get(id=widening.id)
    with pytest.raises(Refused):
        say(chosen, people.elin, s0=later)
    # And the same answer again binds nothing anew.
    revise(address_of(told.idea)[1], "Något helt annat.", by=people.elin)
    say(chosen, people.elin, s0=before)
    clock.forward(100 * DAY)
    open_due()
    assert [one for one, _ in told.seen(people.amina)] in ([], [before.text])


def test_what_hangs_on_something_hidden_is_not_asked_about(told: Letter, people: Cast, clock: Clock) -> None:
    take_back(address_of(told.idea)[1], by=people.elin)
    with pytest.raises(Refused):
        told.propose()


def test_the_page_to_choose_is_the_page_that_opens(told: Letter, people: Cast, clock: Clock) -> None:
    """An answer to words that are gone is on neither, nor is what hangs on it."""
    widening = told.propose()
    say(widening, people.elin, s0=Answered(0, Way.OTHER_WORDS, "Tänk om vi bytte plats."), s1=Way.YES)
    clock.forward(14 * DAY)
    to_open = words(Proposal(widening).page_to_open(viewer_for(people.karin.id)))
    assert [one for one, _ in to_open] == [
        "Tänk om vi bytte plats.",
        "Vi behöver vikarier.",
        "Det har vi inte.",
    ]
    assert opened(widening, clock, people.karin) == 3
    assert told.seen(people.amina) == to_open


def test_the_next_page_shows_what_is_open_already_as_it_is_open(
    told: Letter, people: Cast, clock: Clock
) -> None:
    first = told.propose(lines={address_of(told.reply)[1]})
    say(first, people.elin, s0=Way.WITHOUT_NAME)
    assert opened(first, clock, people.karin) == 2
    second = told.propose()
    shown = words(Proposal(second).page_as_asked(viewer_for(people.elin.id)))
    assert shown[:2] == [(IDEA, None), ("Vem täcker upp?", "Karin Sundvall")] and len(shown) == 4


def test_words_that_were_changed_on_the_way_out_stay_where_they_were(people: Cast, clock: Clock) -> None:
    """Johan answers the words that all employees read; of those of the letter he learns nothing when it goes on."""
    idea = letter("Chefen på Lindgården sover.", people.elin, people.karin)
    conversation, inside = address_of(idea)
    first = propose(conversation, ALL, "Fler.", by=people.karin)
    widening = Widening.everything.get(public_id=first)
    say(widening, people.elin, s0=Answered(0, Way.OTHER_WORDS, "Någon sover."))
    assert opened(widening, clock, people.karin) == 1
    out = own_wider_lines(inside, by=people.elin)[0].line
    contribute(out, "Det gör jag med.", by=people.johan)
    second = propose(conversation, Choice(Rung.PUBLIC), "Alla.", by=people.karin)
    widening = Widening.everything.get(public_id=second)
    # What goes on is what stands furthest out.
    for reader in (people.johan, people.elin, people.karin):
        assert words(Proposal(widening).page_as_asked(viewer_for(reader.id)))[0] == (
            "Någon sover.",
            "Elin Forsgren",
        )
    html = page(client_of(people.johan), f"/widenings/{second}")
    assert "Det gör jag med." in html and "Någon sover." in html and "Chefen" not in html
    before = asked_of(widening, people.johan)[0]
    revise(inside, "Chefen sover jämt.", by=people.elin)
    assert asked_of(widening, people.johan)[0].page == before.page


def test_words_of_a_line_that_one_does_not_read_are_on_nobodys_page(people: Cast, clock: Clock) -> None:
    """Sofia reads the words of the circle alone, who proposes those of another circle too."""
    let_in(people.sofia, people.food_waste, by=people.amina)
    idea = to_circle("Chefen slänger.", people.nadja, people.food_waste)
    conversation, inside = address_of(idea)
    contribute(inside, "Hur vet du?", by=people.sofia)
    let_in(people.karin, people.food_waste, by=people.amina)
    leave(people.sofia, people.management, by=people.sofia)
    into = Choice(Rung.CIRCLE, circles=(people.management.public_id,))
    first = propose(conversation, into, "För ledningen.", by=people.nadja, lines={inside})
    answer(
        first,
        [Answered(LineRow.everything.get(public_id=inside).id, Way.OTHER_WORDS, "En chef i huset slänger.")],
        by=people.nadja,
    )
    choose_to_open(first, by=people.nadja)
    clock.forward(DAY)
    assert open_due() == 1
    second = propose(conversation, ALL, "Fler.", by=people.karin)
    widening = Widening.everything.get(public_id=second)
    assert Proposal(widening).among.keys() != {LineRow.everything.get(public_id=inside).id}
    sofias = words(Proposal(widening).page_as_asked(viewer_for(people.sofia.id)))
    assert "En chef i huset slänger." not in str(sofias)
    assert sofias == [("Chefen slänger.", "Nadja Petrović"), ("Hur vet du?", "Sofia Kvist")]


def test_an_address_known_elsewhere_is_not_told(people: Cast, clock: Clock) -> None:
    """Karin is not in the circle that Amina's words are open to already; her proposal meets no difference."""
    idea = letter("Vi byter.", people.amina, people.karin)
    conversation, line = address_of(idea)
    into = Choice(Rung.CIRCLE, circles=(people.food_waste.public_id,))
    own = propose(conversation, into, "För oss.", by=people.amina)
    choose_to_open(own, by=people.amina)
    clock.forward(DAY)
    assert open_due() == 1
    again = propose(conversation, into, "För dem.", by=people.karin)
    widening = Widening.everything.get(public_id=again)
    say(widening, people.amina, s0=Way.YES)
    assert len(Proposal(widening).page_as_asked(viewer_for(people.karin.id))) == 1
    assert line and differences() == []


def test_a_file_described_otherwise_is_another_thing(people: Cast, clock: Clock) -> None:
    picture = Attachment("stol.pdf", "application/pdf", store(b"stol"), alternative="En stol")
    idea = start(
        Kind.IDEA,
        "Så här.",
        by=people.elin,
        choice=Choice(Rung.DIRECT, persons=(people.karin.public_id,)),
        files=[picture],
    )
    made = propose(address_of(idea)[0], ALL, "Fler.", by=people.karin)
    widening = Widening.everything.get(public_id=made)
    say(widening, people.elin, s0=Way.YES)
    File.everything.filter(revision_id=idea.revision_id).update(alternative="Karin på stolen")
    assert not is_ready(widening) and Proposal(widening).openable == []


def test_another_picture_under_the_same_words_is_another_thing(people: Cast, clock: Clock) -> None:
    picture = Attachment("stol.png", "image/png", store(b"stol"), alternative="En stol")
    choice = Choice(Rung.DIRECT, persons=(people.karin.public_id,))
    idea = start(Kind.IDEA, "Så här.", by=people.elin, choice=choice, files=[picture])
    widening = Widening.everything.get(public_id=propose(address_of(idea)[0], ALL, "Fler.", by=people.karin))
    say(widening, people.elin, s0=Way.YES)
    assert is_ready(widening)
    File.everything.filter(revision_id=idea.revision_id).update(stored_as=store(b"en annan stol"))
    assert not is_ready(widening) and Proposal(widening).openable == []


def test_a_yes_under_one_name_is_none_under_another(people: Cast, clock: Clock) -> None:
    idea = to_circle("Så här.", people.sofia, people.management)
    widening = Widening.everything.get(public_id=propose(address_of(idea)[0], ALL, "Fler.", by=people.karin))
    say(widening, people.sofia, s0=Way.YES)
    assert len(Proposal(widening).openable) == 1
    show_as(address_of(idea)[1], Byline.Kind.UNNAMED, by=people.sofia)
    assert Proposal(widening).openable == []
    show_as(address_of(idea)[1], Byline.Kind.NAMED, by=people.sofia)
    assert len(Proposal(widening).openable) == 1


def test_a_yes_to_one_audience_is_none_to_another(told: Letter, people: Cast) -> None:
    few = Choice(Rung.CIRCLE, circles=(people.management.public_id,))
    to_all = told.propose()
    made = propose(told.conversation, few, "För ledningen.", by=people.elin)
    to_few = Widening.everything.get(public_id=made)
    say(to_all, people.elin, s0=Way.YES, s1=Way.YES)
    assert all(one.holds for one in asked_of(to_all, people.elin))
    # Not even when the very yes is put into the other proposal.
    for one in Consent.everything.filter(widening=to_all, person=people.elin):
        same = Consent.everything.filter(widening=to_few, line_id=one.line_id)
        assert same.update(way=one.way, digest=one.digest) == 1
    assert not any(one.holds for one in asked_of(to_few, people.elin))


def test_hosts_who_were_not_asked_are_not_named_outside(people: Cast, clock: Clock) -> None:
    terms = Terms(Level.CONSULTATION, "Färgen", hosts=(people.johan.id,))
    question = start(
        Kind.QUESTION,
        "Vilken färg?",
        by=people.karin,
        choice=Choice(Rung.CIRCLE, circles=(people.management.public_id,)),
        terms=terms,
    )
    conversation, line = address_of(question)
    assert "Johan" in page(client_of(people.sofia), f"/conversations/{conversation}")
    made = propose(conversation, ALL, "Fler.", by=people.sofia)
    widening = Widening.everything.get(public_id=made)
    html = page(client_of(people.karin), f"/widenings/{made}")
    assert "Färgen" in html
    say(widening, people.karin, s0=Way.YES)
    assert opened(widening, clock, people.sofia) == 1
    html = page(client_of(people.amina), f"/conversations/{conversation}")
    assert "Vilken färg?" in html and "Färgen" in html and "Johan" not in html
    assert line


def test_ending_it_for_employees_ends_it_for_anyone(told: Letter, people: Cast, clock: Clock) -> None:
    """Else the wider line would show them what the narrower one no longer does; and what hangs below goes along."""
    for rung in (Rung.ORGANISATION, Rung.PUBLIC):
        widening = told.propose(Choice(rung))
        say(widening, people.elin, s0=Way.YES, s1=Way.YES)
        choose_to_open(widening.public_id, by=people.karin)
        clock.forward(DAY)
        assert open_due() == 4
    narrower = own_wider_lines(address_of(told.second)[1], by=people.elin)[0]
    narrow(narrower.line, by=people.elin, key="k")
    narrow(narrower.line, by=people.elin, key="k")
    for person in (None, people.amina):
        assert [one for one, _ in told.seen(person)] == [IDEA, "Vem täcker upp?"]
    assert len(told.seen(people.karin)) == 4 and differences() == []


def test_what_was_opened_to_fewer_below_goes_along(people: Cast, clock: Clock) -> None:
    """The answer was opened to a circle under an idea that was open to all."""
    told = Letter(people)
    first = told.propose(lines={address_of(told.idea)[1]})
    say(first, people.elin, s0=Way.YES)
    opened(first, clock, people.karin)
    into = Choice(Rung.CIRCLE, circles=(people.management.public_id,))
    second = told.propose(into, lines={address_of(told.reply)[1]})
    choose_to_open(second.public_id, by=people.karin)
    clock.forward(DAY)
    assert open_due() == 1 and len(told.seen(people.sofia)) == 2
    narrow(own_wider_lines(address_of(told.idea)[1], by=people.elin)[0].line, by=people.elin)
    assert told.seen(people.sofia) == [] and differences() == []


def test_the_public_rung_switched_off_meanwhile_opens_nothing(
    told: Letter, people: Cast, clock: Clock, settings: Any
) -> None:
    widening = told.propose(Choice(Rung.PUBLIC))
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    choose_to_open(widening.public_id, by=people.karin)
    settings.PUBLIC_RUNG = False
    clock.forward(DAY)
    assert open_due() == 0 and told.seen(None) == []


def test_a_protected_proposer_is_named_where_her_name_stands(people: Cast, clock: Clock) -> None:
    idea = letter("Hej.", people.vera, people.karin)
    made = propose(address_of(idea)[0], ALL, "Fler.", by=people.vera)
    contribute(address_of(idea)[1], "Hej själv.", by=people.karin)
    assert not Widening.visible.to(viewer_for(people.karin.id)).exists()
    clock.forward(15 * DAY)
    let_be(made, by=people.vera)
    made = propose(address_of(idea)[0], ALL, "Fler.", by=people.vera)
    assert "Vera wants to show this" in page(client_of(people.karin), f"/widenings/{made}")


def test_one_branch_alone_brings_what_it_answers(told: Letter, people: Cast) -> None:
    widening = told.propose(lines={address_of(told.reply)[1]})
    asked = Consent.everything.filter(widening=widening).order_by("line_id").values_list("line_id", flat=True)
    assert list(asked) == [told.idea.line_id, told.reply.line_id]


def test_a_branch_that_moves_meanwhile_opens_where_it_went(told: Letter, people: Cast, clock: Clock) -> None:
    """Lines and authors stay, and so do the answers; the summary left behind is new, and nobody was asked about it."""
    widening = told.propose()
    say(widening, people.elin, s0=Way.YES, s1=Way.YES)
    before = words(Proposal(widening).page_as_asked(viewer_for(people.elin.id)))
    moved = move(address_of(told.second)[1], "Om vikarier.", by=people.elin)
    own = asked_of(widening, people.elin)
    assert [one.holds for one in own] == [True, True]
    assert words(Proposal(widening).page_as_asked(viewer_for(people.elin.id))) == before
    html = page(client_of(people.elin), f"/widenings/{widening.public_id}")
    assert all(f'name="way-{one.shown.address}"' in html for one in own) and "Om vikarier." not in html
    assert words(Proposal(widening).page_to_open(viewer_for(people.karin.id))) == before
    choose_to_open(widening.public_id, by=people.karin)
    clock.forward(DAY)
    assert open_due() == 4
    assert told.seen(people.amina) == [(IDEA, "Elin Forsgren"), ("Vem täcker upp?", "Karin Sundvall")]
    there = words(shares_at(moved, viewer_for(people.amina.id))[1])
    assert there == [("Vi behöver vikarier.", "Elin Forsgren"), ("Det har vi inte.", "Karin Sundvall")]
    assert differences() == []
    # And back again: what was opened below goes along, also from where it went.
    narrow(own_wider_lines(address_of(told.idea)[1], by=people.elin)[0].line, by=people.elin)
    assert told.seen(people.amina) == [] and shares_at(moved, viewer_for(people.amina.id))[1] == []
    assert differences() == []


def test_a_branch_moved_between_choice_and_opening_opens_too(
    told: Letter, people: Cast, clock: Clock
) -> None:
    widening = told.propose()
    say(widening, people.elin, s0=Way.NO, s1=Way.YES)
    say(widening, people.elin, s0=Way.WITHOUT_NAME)
    clock.forward(14 * DAY)
    choose_to_open(widening.public_id, by=people.karin)
    moved = move(address_of(told.second)[1], "Om vikarier.", by=people.elin)
    clock.forward(DAY)
    assert open_due() == 4 and len(shares_at(moved, viewer_for(people.amina.id))[1]) == 2
    assert len(told.seen(people.amina)) == 2 and differences() == []
    # What is said there afterwards can be proposed there, with what it answers in the old place.
    new = contribute(address_of(told.below)[1], "Då så.", by=people.elin)
    again = propose(moved, Choice(Rung.PUBLIC), "Alla.", by=people.elin, lines={address_of(new)[1]})
    assert Consent.everything.filter(widening_id=Widening.everything.get(public_id=again).id).count() == 4


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
