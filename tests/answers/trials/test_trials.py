"""What was tried is read by whom it was written for, and never by more than its idea; what has changed is told once."""

import datetime
from dataclasses import replace

import pytest
from django.test import override_settings

from communis.answers.answering import Given, Wording, give_answer, open_answers
from communis.answers.mandates import end_mandate
from communis.answers.promises import today
from communis.answers.trials.changing import say_changed, take_change_back
from communis.answers.trials.drawing import drawn_from, may_draw_from
from communis.answers.trials.models import Change, Trial
from communis.answers.trials.reviewing import remind_of_reviews
from communis.answers.trials.wider import rungs_of, wider_line
from communis.answers.trials.words import Words
from communis.answers.trials.writing import Around, change_trial, take_trial_back, write_trial
from communis.answers.verdicts import ReasonKind, Verdict
from communis.attention import trials as notices_about_trials
from communis.attention.models import Notice
from communis.attention.notices import told
from communis.conversations.following import follow
from communis.conversations.lines import address_of
from communis.conversations.models import Following, Share
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import take_back
from communis.journal.models import Entry
from communis.journal.moments import DAY, HOUR
from communis.journal.reactions import react
from communis.looking.viewers import PUBLIC_VIEWER, Viewer
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening.answering import Answered, answer
from communis.widening.completing import choose_to_open, open_due
from communis.widening.future import asked_of
from communis.widening.models import Consent, Widening
from communis.widening.proposing import propose
from tests.answers.town import Answering
from tests.cast import Cast
from tests.clock import Clock

POOL = Words(
    "Gemensam cykelpool",
    "Gata och park",
    2023,
    "Cyklarna stod på fel ställe.",
    "Lås utan nyckel.",
    ReasonKind.OTHER,
    period="2023–2024",
    theme="Resor",
)
NO = Given(Verdict.NO, Wording("Nej, inte i år.", "Pengarna räcker inte."), ReasonKind.MONEY)
Reason = Notice.Reason


def seen(viewer: Viewer | Person) -> set[str]:
    """What the register shows this viewer."""
    viewer = viewer_for(viewer.id) if isinstance(viewer, Person) else viewer
    return set(Trial.visible.to(viewer).values_list("what", flat=True))


def changes(person: Person | None) -> list[str]:
    viewer = viewer_for(person.id) if person else PUBLIC_VIEWER
    return list(Change.visible.to(viewer).order_by("id").values_list("text", flat=True))


def told_about_trials(*reasons: Reason) -> list[tuple[str, Reason]]:
    """``(name, reason)`` of every notice about a trial, as each person finds it in her list."""
    found = []
    for person in Person.everything.order_by("name"):
        for one in told(viewer_for(person.id), by=person):
            if one.trial and one.reason in (reasons or tuple(Reason)):
                found.append((person.name, one.reason))
    return found


def drawn_by_karin(answering: Answering) -> tuple[Share, str]:
    """A trial that Karin has drawn from her answer to Elin's letter: the letter and the trial."""
    people = answering.people
    letter, asked = answering.letter()
    given = give_answer(asked, NO, by=people.karin)
    words = replace(POOL, what=drawn_from(given, by=people.karin).what)
    return letter, write_trial(words, Around(guardian=people.karin), by=people.karin, answer=given)


def test_it_is_read_by_whom_it_was_written_for(answering: Answering) -> None:
    people = answering.people
    around = Around(guardian=people.nadja)
    made = write_trial(POOL, around, by=people.karin, key="a")
    assert write_trial(POOL, around, by=people.karin, key="a") == made
    write_trial(replace(POOL, what="Öppet"), Around(Rung.PUBLIC), by=people.leyla)
    assert Trial.everything.count() == 2
    assert seen(people.amina) == {"Gemensam cykelpool", "Öppet"} and seen(PUBLIC_VIEWER) == {"Öppet"}
    for person in (people.elin, people.amina):
        with pytest.raises(Refused, match="mandate"):
            write_trial(POOL, Around(), by=person)
        with pytest.raises(NotThere):
            change_trial(made, POOL, Around(), by=person)
        with pytest.raises(NotThere):
            take_trial_back(made, by=person)
    # Whoever is to talk to, a steward and who wrote it can change it; no other can show it to more people.
    for person in (people.nadja, people.leyla):
        with pytest.raises(Refused, match="more people"):
            change_trial(made, POOL, around._replace(rung=Rung.PUBLIC), by=person)
    change_trial(made, POOL, around._replace(rung=Rung.PUBLIC), by=people.karin)
    assert len(seen(PUBLIC_VIEWER)) == 2
    change_trial(made, replace(POOL, what="Cykelpoolen"), around, by=people.nadja)
    assert seen(PUBLIC_VIEWER) == {"Öppet"}
    with pytest.raises(Refused, match="more people"):
        change_trial(made, POOL, around._replace(rung=Rung.PUBLIC), by=people.karin)
    take_trial_back(made, by=people.leyla)
    assert seen(people.karin) == {"Öppet"}


@pytest.mark.parametrize(
    ("words", "around", "field"),
    [
        (replace(POOL, what=" "), Around(), "what"),
        (replace(POOL, what="x" * 201), Around(), "what"),
        (replace(POOL, place=""), Around(), "place"),
        (replace(POOL, year=1066), Around(), "year"),
        (replace(POOL, year=today().year + 1), Around(), "year"),
        (replace(POOL, reason="\n"), Around(), "reason"),
        (replace(POOL, would_change=""), Around(), "would_change"),
        (replace(POOL, premise="x" * 5001), Around(), "premise"),
        (POOL, Around(Rung.CIRCLE), "audience"),
        (replace(POOL, result="Om 19121212-1212."), Around(Rung.PUBLIC), "what"),
    ],
)
def test_what_is_missing_is_said(answering: Answering, words: Words, around: Around, field: str) -> None:
    with pytest.raises(Refused) as refused:
        write_trial(words, around, by=answering.people.karin)
    assert refused.value.field == field and not Trial.everything.exists()


def test_the_public_rung_can_be_off_and_nobody_hidden_is_chosen(answering: Answering) -> None:
    people = answering.people
    with override_settings(PUBLIC_RUNG=False), pytest.raises(Refused, match="anyone"):
        write_trial(POOL, Around(Rung.PUBLIC), by=people.karin)
    with pytest.raises(Refused, match="list"):
        write_trial(POOL, Around(guardian=people.vera), by=people.karin)
    with pytest.raises(Refused, match="unit"):
        write_trial(POOL, Around(unit=people.food_waste), by=people.karin)


def test_drawn_from_an_answer_it_is_never_wider_than_the_idea(answering: Answering, clock: Clock) -> None:
    people = answering.people
    letter, made = drawn_by_karin(answering)
    what = "Tänk om vi satt hos någon annan en förmiddag."
    trial = Trial.everything.get()
    assert seen(people.karin) == seen(people.elin) == {what}
    assert seen(people.amina) == seen(people.leyla) == seen(PUBLIC_VIEWER) == set()
    viewer = viewer_for(people.karin.id)
    assert rungs_of([trial], viewer) == {trial.id: Rung.DIRECT} and wider_line(trial, viewer) is None
    say_changed(made, "Nu täcker någon.", by=people.elin)
    for person in (people.amina, people.leyla):
        with pytest.raises(NotThere):
            say_changed(made, "Hej.", by=person)
        with pytest.raises(NotThere):
            change_trial(made, POOL, Around(), by=person)

    opened = propose(
        _conversation(letter, people.karin), Choice(Rung.ORGANISATION), "Fler borde läsa.", by=people.karin
    )
    asked = asked_of(Widening.everything.get(public_id=opened), people.elin)
    answer(opened, [Answered(one.consent.line_id, Consent.Way.YES) for one in asked], by=people.elin)
    with override_settings(HOURS_TO_TAKE_BACK=0):
        choose_to_open(opened, by=people.karin)
        assert open_due()
    # It goes along when whoever wrote it has looked once more. What was said to the two stays with them.
    assert seen(people.amina) == set()
    around = Around(guardian=people.karin)
    change_trial(made, replace(POOL, what="Sitta hos varandra"), around, by=people.karin, wider=True)
    assert seen(people.amina) == {"Sitta hos varandra"} and seen(PUBLIC_VIEWER) == set()
    assert changes(people.amina) == [] and changes(people.elin) == ["Nu täcker någon."]
    take_back(address_of(letter)[1], by=people.elin)


def _conversation(share: Share, person: Person) -> str:
    return address_of(share)[0]


def test_it_goes_with_the_idea_that_is_taken_back(answering: Answering) -> None:
    people = answering.people
    letter, _made = drawn_by_karin(answering)
    take_back(address_of(letter)[1], by=people.elin)
    assert seen(people.karin) == seen(people.elin) == set()


def test_nothing_is_drawn_during_the_heads_up(answering: Answering, clock: Clock) -> None:
    people = answering.people
    _share, asked = answering.idea()
    given = give_answer(asked, NO, by=people.karin)
    with pytest.raises(NotThere):
        write_trial(POOL, Around(), by=people.karin, answer=given)
    clock.forward(25 * HOUR)
    open_answers()
    assert [may_draw_from(given, viewer_for(one.id), one.id) for one in (people.sofia, people.elin)] == [
        True,
        False,
    ]
    drawn = drawn_from(given, by=people.sofia)
    assert (drawn.what, drawn.reason_kind) == ("Tänk om vi bytte stol.", ReasonKind.MONEY)
    assert drawn.reason == "Nej, inte i år.\nPengarna räcker inte." and "Elin" not in str(drawn[2:])
    with pytest.raises(NotThere):
        write_trial(POOL, Around(), by=people.elin, answer=given)
    write_trial(POOL, Around(), by=people.sofia, answer=given)
    assert seen(people.amina) == {POOL.what}
    end_mandate(answering.karins.public_id, by=people.leyla)
    with pytest.raises(NotThere):
        write_trial(POOL, Around(), by=people.karin, answer=given)


def test_something_has_changed_reaches_guardian_and_author_once(
    answering: Answering, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after a restart in between: between the two, and when all of it is done again."""
    people = answering.people
    _share, asked = answering.idea()
    given = give_answer(asked, NO, by=people.karin)
    clock.forward(25 * HOUR)
    open_answers()
    made = write_trial(POOL, Around(guardian=people.nadja), by=people.karin, answer=given)
    clock.news()
    assert told_about_trials() == [("Nadja Petrović", Reason.GUARDIAN)]
    say_changed(made, "Nu finns lås utan nyckel.", by=people.amina, key="c")
    say_changed(made, "Nu finns lås utan nyckel.", by=people.amina, key="c")
    assert changes(people.johan) == ["Nu finns lås utan nyckel."] and changes(None) == []

    real, calls = notices_about_trials.note, []

    def killed(*arguments: object, **named: object) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError
        real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(notices_about_trials, "note", killed)
    clock.news()
    assert len(calls) == 2 and told_about_trials(Reason.CHANGED) == []
    monkeypatch.undo()
    clock.news()
    Entry.objects.filter(verb="said change").update(reacted_at=None)
    react()
    both = [("Elin Forsgren", Reason.CHANGED), ("Nadja Petrović", Reason.CHANGED)]
    assert told_about_trials(Reason.CHANGED) == both

    # Who keeps the conversation silent is told no more; a change that was taken back is told to nobody.
    follow(address_of(_share)[0], Following.Way.SILENT, by=people.elin)
    say_changed(made, "Och en plats till.", by=people.amina)
    regretted = say_changed(made, "Fel.", by=people.amina)
    with pytest.raises(NotThere):
        take_change_back(regretted, by=people.johan)
    take_change_back(regretted, by=people.amina)
    clock.news()
    assert told_about_trials(Reason.CHANGED) == [*both, ("Nadja Petrović", Reason.CHANGED)]
    for text in ("", "x" * 501):
        with pytest.raises(Refused):
            say_changed(made, text, by=people.amina)


def test_who_no_longer_sees_it_is_told_of_nothing(answering: Answering, clock: Clock) -> None:
    people = answering.people
    letter, made = drawn_by_karin(answering)
    change_trial(made, POOL, Around(guardian=people.nadja), by=people.karin)
    say_changed(made, "Nu.", by=people.karin)
    clock.news()
    # Nadja does not read the letter.
    assert told_about_trials() == [("Elin Forsgren", Reason.CHANGED)]
    take_back(address_of(letter)[1], by=people.elin)
    assert told_about_trials() == []


def test_a_review_comes_due_once(answering: Answering, clock: Clock) -> None:
    people = answering.people
    soon = replace(POOL, review_on=today() + datetime.timedelta(days=3))
    around = Around(guardian=people.nadja)
    made = write_trial(soon, around, by=people.karin)
    assert remind_of_reviews() == 0
    clock.forward(4 * DAY)
    assert remind_of_reviews() == 1 and remind_of_reviews() == 0
    clock.news()
    assert told_about_trials(Reason.REVIEW_DUE) == [("Nadja Petrović", Reason.REVIEW_DUE)]
    # A new day is chosen, and nobody to talk to: then whoever wrote it is told.
    again = replace(POOL, review_on=today() + datetime.timedelta(days=1))
    change_trial(made, again, Around(), by=people.nadja)
    clock.forward(2 * DAY)
    assert remind_of_reviews() == 1
    clock.news()
    assert ("Karin Sundvall", Reason.REVIEW_DUE) in told_about_trials(Reason.REVIEW_DUE)


def test_protected_and_closed_guardians_are_not_named(people: Cast) -> None:
    made = write_trial(POOL, Around(guardian=people.leyla), by=people.leyla)
    trial = Trial.everything.get(public_id=made)
    for viewer, named in ((viewer_for(people.amina.id), True), (PUBLIC_VIEWER, False)):
        assert Person.visible.to(viewer).filter(id=trial.guardian_id).exists() == named
