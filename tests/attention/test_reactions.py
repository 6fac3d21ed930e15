"""Who is told of what, and why: through the actions, a minute later."""

import pytest

from communis.attention.actions import mark_read
from communis.attention.models import Notice
from communis.attention.notices import one, told, unread
from communis.conversations.contributing import contribute, start
from communis.conversations.following import follow, mark_seen
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.models import Following, Share
from communis.conversations.refusals import NotThere
from communis.conversations.revising import revise, take_back, undo
from communis.conversations.words import Terms
from communis.journal.models import Entry
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.clock import Clock

Reason = Notice.Reason


def line_of(share: Share) -> str:
    return address_of(share)[1]


def conversation_of(share: Share) -> str:
    return address_of(share)[0]


def reasons(person: Person) -> list[Notice.Reason]:
    """Newest first, as the person's page shows them."""
    return [one.reason for one in told(viewer_for(person.id), by=person)]


def direct(*persons: Person) -> Choice:
    return Choice(Rung.DIRECT, persons=tuple(person.public_id for person in persons))


def test_a_letter_is_told_to_its_receiver_after_a_minute(people: Cast, clock: Clock) -> None:
    letter("Tänk om.", people.elin, people.karin)
    assert reasons(people.karin) == []
    clock.news()
    assert reasons(people.karin) == [Reason.LETTER]
    assert [reasons(other) for other in people.everyone if other != people.karin] == [[]] * 8


def test_an_answer_is_told_to_whom_it_answers_and_to_nobody_for_own_words(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    answer = contribute(line_of(opening), "Ja!", by=people.amina)
    contribute(line_of(answer), "Jag menar nej.", by=people.amina)
    clock.news()
    assert reasons(people.elin) == [Reason.ANSWERED]
    assert reasons(people.amina) == []


def test_within_a_letter_each_is_told_of_the_others_words(people: Cast, clock: Clock) -> None:
    opening = letter("Tänk om.", people.elin, people.karin)
    contribute(line_of(opening), "Och en sak till.", by=people.elin)
    contribute(line_of(opening), "Ja, om.", by=people.karin)
    clock.news()
    assert reasons(people.karin) == [Reason.LETTER, Reason.LETTER]
    assert reasons(people.elin) == [Reason.ANSWERED]


def test_undone_and_taken_back_tell_nobody(people: Cast, clock: Clock) -> None:
    undo(line_of(letter("Ångrar mig.", people.elin, people.karin)), by=people.elin)
    take_back(line_of(letter("Ångrar mig igen.", people.elin, people.karin)), by=people.elin)
    clock.news()
    assert not Notice.everything.exists()


def test_reacting_twice_tells_once(people: Cast, clock: Clock) -> None:
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    Entry.objects.update(reacted_at=None)
    clock.news()
    assert reasons(people.karin) == [Reason.LETTER]


def test_a_correction_tells_those_who_answered_the_old_words_once_each(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Jag tycker inte att vi ska prova", people.johan)
    for person in (people.amina, people.karin, people.nadja):
        contribute(line_of(opening), "Varför inte?", by=person)
    contribute(line_of(opening), "Jag undrar också.", by=people.nadja)
    aside = contribute(line_of(opening), "Bara till dig.", by=people.sofia, choice=direct(people.johan))
    clock.news()
    clock.minutes(5)
    revise(line_of(opening), "Jag tycker att vi ska prova", by=people.johan, correction=True)
    clock.minutes(1)
    contribute(line_of(opening), "Bra!", by=people.elin)
    clock.news()
    told_of = {person: reasons(person) for person in people.everyone}
    assert {p.name for p, why in told_of.items() if Reason.CORRECTED in why} == {
        people.amina.name,
        people.karin.name,
        people.nadja.name,
        people.sofia.name,
    }
    assert told_of[people.nadja] == [Reason.CORRECTED]
    viewer = viewer_for(people.nadja.id)
    notice = told(viewer, by=people.nadja)[0]
    _, changed = one(notice.public_id, viewer, by=people.nadja)
    assert changed is not None
    assert "inte" in changed.before and "inte" not in changed.after
    assert [piece.text.strip() for piece in changed.changes if piece.change == "removed"] == ["inte"]
    # An edit that is no correction tells nobody, and neither does one of a line that has no answers.
    revise(line_of(opening), "Jag tycker att vi ska prova nu", by=people.johan)
    revise(line_of(aside), "Bara till dig, Johan.", by=people.sofia, correction=True)
    clock.news()
    assert reasons(people.nadja) == [Reason.CORRECTED]


def test_a_correction_is_not_told_to_a_replier_who_left_the_circle(people: Cast, clock: Clock) -> None:
    opening = to_circle("Halva portionen.", people.amina, people.food_waste)
    contribute(line_of(opening), "Två serveringar.", by=people.nadja)
    clock.minutes(2)
    actions.leave(people.nadja, people.food_waste, by=people.nadja)
    revise(line_of(opening), "Hela portionen.", by=people.amina, correction=True)
    clock.news()
    assert not Notice.everything.filter(person_id=people.nadja.id, reason=Reason.CORRECTED).exists()


def test_hosts_are_told_of_answers_to_their_question_only(people: Cast, clock: Clock) -> None:
    terms = Terms(level=Level.PARTICIPATION, scope="Vad vi provar.", hosts=(people.sofia.id,))
    question = start(
        Kind.QUESTION, "Vad på måndag?", by=people.karin, choice=Choice(Rung.ORGANISATION), terms=terms
    )
    answer = contribute(line_of(question), "Byta stol.", by=people.amina)
    contribute(line_of(answer), "Med vem?", by=people.nadja)
    clock.news()
    assert reasons(people.sofia) == [Reason.HOSTING]
    assert reasons(people.karin) == [Reason.ANSWERED]
    assert reasons(people.amina) == [Reason.ANSWERED]


def test_listening_tells_and_silence_tells_nothing(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    follow(conversation_of(opening), Following.Way.LISTENING, by=people.nadja)
    follow(conversation_of(opening), Following.Way.SILENT, by=people.elin)
    contribute(line_of(opening), "Ja!", by=people.amina)
    contribute(line_of(opening), "Bara till Elin.", by=people.karin, choice=direct(people.elin))
    clock.news()
    assert reasons(people.nadja) == [Reason.LISTENING]
    assert reasons(people.elin) == []


def test_one_let_into_a_circle_is_told_while_in_it(people: Cast, clock: Clock) -> None:
    actions.let_in(people.johan, people.food_waste, by=people.amina)
    clock.news()
    viewer = viewer_for(people.johan.id)
    assert [one.circle.name for one in told(viewer, by=people.johan) if one.circle] == ["Matsvinnsgruppen"]
    actions.leave(people.johan, people.food_waste, by=people.johan)
    assert reasons(people.johan) == []


def test_protected_and_closed_persons(people: Cast, clock: Clock) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.vera)
    contribute(line_of(opening), "Ja!", by=people.amina)
    post = open_post("Till alla.", people.nadja)
    actions.close_sign_in(people.nadja, by=people.leyla)
    contribute(line_of(post), "Bra.", by=people.amina)
    clock.news()
    assert reasons(people.vera) == [Reason.ANSWERED]
    assert not Notice.everything.filter(person_id=people.nadja.id).exists()


@pytest.mark.parametrize("how", ["taken back", "left"])
def test_what_is_no_longer_seen_is_gone_from_the_list(people: Cast, clock: Clock, how: str) -> None:
    opening = to_circle("Halva portionen.", people.nadja, people.food_waste)
    answer = contribute(line_of(opening), "Små fat.", by=people.amina)
    clock.news()
    viewer = viewer_for(people.nadja.id)
    notice = told(viewer, by=people.nadja)[0]
    if how == "taken back":
        take_back(line_of(answer), by=people.amina)
    else:
        actions.leave(people.nadja, people.food_waste, by=people.nadja)
    viewer = viewer_for(people.nadja.id)
    assert told(viewer, by=people.nadja) == [] == unread(viewer, by=people.nadja, most=3)
    with pytest.raises(NotThere):
        one(notice.public_id, viewer, by=people.nadja)


def test_a_page_is_filled_from_below_what_is_gone(people: Cast, clock: Clock) -> None:
    shares = [letter(f"Brev {number}.", people.elin, people.karin) for number in range(60)]
    clock.news()
    for share in shares[5:]:
        take_back(line_of(share), by=people.elin)
    found = unread(viewer_for(people.karin.id), by=people.karin, most=3)
    assert [one.said.html for one in found if one.said] == [f"<p>Brev {n}.</p>\n" for n in (4, 3, 2)]


def test_read_by_hand_or_by_looking(people: Cast, clock: Clock) -> None:
    first = letter("Ett.", people.elin, people.karin)
    letter("Två.", people.elin, people.karin)
    clock.news()
    viewer = viewer_for(people.karin.id)
    mark_seen(first.conversation_id, first.opened_at, by=people.karin)
    left = unread(viewer, by=people.karin, most=3)
    assert [one.said.html for one in left if one.said] == ["<p>Två.</p>\n"]
    mark_read([left[0].public_id], by=people.elin)
    assert len(unread(viewer, by=people.karin, most=3)) == 1
    mark_read([left[0].public_id], by=people.karin)
    assert unread(viewer, by=people.karin, most=3) == []


def test_a_notice_is_its_own_persons_alone(people: Cast, clock: Clock) -> None:
    letter("Tänk om.", people.elin, people.karin)
    clock.news()
    notice = told(viewer_for(people.karin.id), by=people.karin)[0]
    with pytest.raises(NotThere):
        one(notice.public_id, viewer_for(people.elin.id), by=people.elin)
