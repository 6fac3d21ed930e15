"""A lesson for all: after a private answer, its reasons without the person, when that person agrees (R25)."""

import pytest
from django.test import Client

from communis.attention.models import Notice
from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.conversations.refusals import NotThere, Refused
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.widening.lessons import answer_lesson, let_lesson_be, open_lessons, propose_lesson
from communis.widening.models import Lesson
from tests.cast import Cast, letter, to_all
from tests.clock import Clock
from tests.web.answers import signed_in
from tests.web.forms import client_of, key_on, page

WORDS = "Vi byter inte stol mitt i terminen. Den som går måste ha en som täcker."


def answer_of(people: Cast) -> str:
    """Karin has answered Elin's letter."""
    said = letter("Tänk om vi satt hos någon annan.", people.elin, people.karin)
    return address_of(contribute(address_of(said)[1], "Nej Elin, ingen täcker.", by=people.karin))[1]


def opened() -> list[Share]:
    return list(Share.everything.filter(ended_at=None, rung__gte=Rung.ORGANISATION))


def test_opens_when_the_one_who_was_answered_agrees(people: Cast, clock: Clock) -> None:
    made = propose_lesson(answer_of(people), WORDS, Rung.ORGANISATION, by=people.karin, key="one")
    assert made == propose_lesson(answer_of(people), WORDS, Rung.ORGANISATION, by=people.karin, key="one")
    clock.news()
    told = Notice.everything.filter(reason=Notice.Reason.LESSON)
    assert [one.person_id for one in told] == [people.elin.id]
    assert open_lessons() == 0 and not opened()
    answer_lesson(made, True, by=people.elin)
    assert open_lessons() == 0
    clock.minutes(24 * 60 + 1)
    assert (open_lessons(), open_lessons()) == (1, 0)
    (share,) = opened()
    conversation = address_of(share)[0]
    shown = page(client_of(people.amina), f"/conversations/{conversation}")
    assert "Den som går måste ha en som täcker." in shown and "Karin Sundvall" in shown
    assert "Elin" not in shown and "Tänk om" not in shown


def test_silence_and_a_no_look_alike(people: Cast, clock: Clock) -> None:
    pages: list[str] = []
    for say_no in (True, False):
        made = propose_lesson(answer_of(people), WORDS, Rung.PUBLIC, by=people.karin)
        if say_no:
            answer_lesson(made, False, by=people.elin)
        shown = page(client_of(people.karin), f"/lessons/{made}")
        pages.append(shown.split("<main")[1].split("Nothing is told")[1][:80])
        clock.minutes(15 * 24 * 60)
        assert open_lessons() == 0 and Lesson.everything.get(public_id=made).state == Lesson.State.LEFT
        with pytest.raises(Refused):
            answer_lesson(made, True, by=people.elin)
    assert pages[0] == pages[1] and not opened()


def test_a_yes_is_taken_back_until_it_opens(people: Cast, clock: Clock) -> None:
    made = propose_lesson(answer_of(people), WORDS, Rung.ORGANISATION, by=people.karin)
    answer_lesson(made, True, by=people.elin)
    answer_lesson(made, False, by=people.elin)
    clock.minutes(25 * 60)
    assert open_lessons() == 0 and not opened()
    answer_lesson(made, True, by=people.elin)
    let_lesson_be(made, by=people.karin)
    clock.minutes(25 * 60)
    assert open_lessons() == 0 and not opened()


def test_only_of_ones_own_private_answer_to_another(people: Cast) -> None:
    line = answer_of(people)
    in_the_open = to_all(Kind.IDEA, "Byt stol.", people.elin)
    wrong = [
        (line, people.elin),
        (line, people.amina),
        (address_of(letter("Hej.", people.elin, people.karin))[1], people.elin),
        (address_of(contribute(address_of(in_the_open)[1], "Nej.", by=people.karin))[1], people.karin),
    ]
    for one, by in wrong:
        with pytest.raises(NotThere):
            propose_lesson(one, WORDS, Rung.ORGANISATION, by=by)
    for text, rung in ((" ", Rung.ORGANISATION), (WORDS, Rung.CIRCLE), (f"{WORDS} 811228-9874", Rung.PUBLIC)):
        with pytest.raises(Refused):
            propose_lesson(line, text, rung, by=people.karin)
    propose_lesson(line, WORDS, Rung.ORGANISATION, by=people.karin)
    with pytest.raises(Refused):
        propose_lesson(line, WORDS, Rung.ORGANISATION, by=people.karin)
    assert Lesson.everything.count() == 1


def test_not_by_one_who_answered_without_a_name(people: Cast) -> None:
    said = contribute(
        address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))[1],
        "Hm.",
        by=people.amina,
        hidden=Byline.Kind.UNNAMED,
    )
    with pytest.raises(NotThere):
        propose_lesson(address_of(said)[1], WORDS, Rung.ORGANISATION, by=people.amina)


def test_nobody_else_finds_it(people: Cast) -> None:
    made = propose_lesson(answer_of(people), WORDS, Rung.PUBLIC, by=people.karin)
    missing = signed_in(people.amina).get(f"/lessons/{'0' * 32}")
    for person in (people.amina, people.leyla):
        answer = signed_in(person).get(f"/lessons/{made}")
        assert answer.status_code == missing.status_code == 404
        assert signed_in(person).post(f"/lessons/{made}", {"do": "agree"}).status_code == 404
    assert Client().get(f"/lessons/{made}").status_code != 200
    assert "täcker" in page(client_of(people.elin), "/widenings")
    assert "täcker" not in page(client_of(people.amina), "/widenings")


def test_the_page_shows_what_names_someone_before_it_asks(people: Cast) -> None:
    client, address = client_of(people.karin), f"/lines/{answer_of(people)}/lessons"
    first = page(client, address)
    assert "Nej Elin, ingen täcker." in first
    form = {"text": "Nej Elin, ingen täcker.", "audience": "organisation", "do": "send", "key": key_on(first)}
    asked = client.post(address, form)
    shown = asked.content.decode()
    assert asked.status_code == 200 and "<q>Elin</q>" in shown and not Lesson.everything.exists()
    better = {**form, "text": WORDS}
    answer = client.post(address, better)
    assert answer.status_code == 302 and answer["Location"].startswith("/lessons/")
    assert WORDS.split(".")[0] in page(client_of(people.elin), answer["Location"])
    assert signed_in(people.elin).post(answer["Location"], {"do": "agree", "key": "k"}).status_code == 302
    assert Lesson.everything.get().state == Lesson.State.AGREED


def test_kept_when_refused(people: Cast) -> None:
    client, address = client_of(people.karin), f"/lines/{answer_of(people)}/lessons"
    form = {"text": "", "audience": "organisation", "do": "send", "key": key_on(page(client, address))}
    assert client.post(address, form).status_code == 422
    form = {**form, "text": WORDS, "audience": "direct"}
    answer = client.post(address, form)
    assert answer.status_code == 422 and WORDS in answer.content.decode()
