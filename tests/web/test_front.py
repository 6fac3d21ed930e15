"""The front page: leave a thought, what is for you, questions, and the murmur."""

import ast
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communis.conversations import murmur
from communis.conversations.contributing import contribute, start
from communis.conversations.drafting import own_drafts
from communis.conversations.following import follow, mark_seen
from communis.conversations.kinds import Kind, Level
from communis.conversations.lines import address_of
from communis.conversations.models import Following, Share
from communis.conversations.news import newest_anywhere
from communis.conversations.revising import take_back
from communis.conversations.words import Terms
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.accounts import Account
from communis.people.first_run import begin, first_steward
from communis.people.holdings import viewer_for
from communis.people.models import Person
from tests.cast import Cast, letter, open_post, to_all, to_circle
from tests.clock import Clock


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Account.objects.get(person=person))
    return client


def page(person: Person | None, address: str = "/") -> str:
    client = Client(headers={"accept-language": "en"}) if person is None else client_of(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def murmur_of(person: Person | None) -> str:
    return page(person).split('id="murmur"')[1]


def in_order(text: str, *words: str) -> bool:
    places = [text.find(one) for one in words]
    return -1 not in places and places == sorted(places)


def ask(text: str, people: Cast) -> Share:
    terms = Terms(level=Level.PARTICIPATION, scope="Vad vi provar.")
    return start(Kind.QUESTION, text, by=people.karin, choice=Choice(Rung.ORGANISATION), terms=terms)


def test_a_thought_is_kept_for_oneself(people: Cast) -> None:
    client = client_of(people.amina)
    answer = client.post("/thoughts", {"text": "Hjulen på vagnen.", "key": "k1", "do": "keep"}, follow=True)
    client.post("/thoughts", {"text": "Hjulen på vagnen.", "key": "k1", "do": "keep"})
    assert [draft.text for draft in own_drafts(by=people.amina)] == ["Hjulen på vagnen."]
    assert "Only you see it" in answer.content.decode()
    kept = own_drafts(by=people.amina)[0].public_id
    assert f"/write?draft={kept}" in answer.content.decode()
    assert kept not in page(people.elin, f"/?kept={kept}").split("<footer")[0]


def test_going_on_leads_to_writing_with_the_words(people: Cast) -> None:
    client = client_of(people.amina)
    answer = client.post("/thoughts", {"text": "Hjulen på vagnen.", "key": "k", "do": "go-on"})
    draft = own_drafts(by=people.amina)[0]
    assert answer["Location"] == f"/write?draft={draft.public_id}"
    assert "Hjulen på vagnen." in client.get(answer["Location"]).content.decode()
    assert client.post("/thoughts", {"text": " ", "do": "go-on"})["Location"] == "/write"


def test_no_words_are_asked_for_and_too_many_are_kept_in_the_form(people: Cast) -> None:
    client = client_of(people.amina)
    empty = client.post("/thoughts", {"text": "  ", "key": "k", "do": "keep"})
    assert empty.status_code == 422 and 'id="thought-fault"' in empty.content.decode()
    long = client.post("/thoughts", {"text": "å" * 100_001, "key": "k", "do": "keep"})
    assert long.status_code == 422 and "å" * 100_001 in long.content.decode()
    assert own_drafts(by=people.amina) == []


def test_signed_out_words_are_not_lost(people: Cast) -> None:
    answer = Client().post("/thoughts", {"text": "Hjulen på vagnen.", "key": "k", "do": "keep"})
    assert answer.status_code == 403 and "Hjulen på vagnen." in answer.content.decode()


def test_signed_out_sees_what_is_open_and_an_invitation_to_sign_in(people: Cast) -> None:
    open_post("Till alla.", people.karin)
    to_all(Kind.IDEA, "Byt stol.", people.elin)
    text = page(None)
    assert "Till alla." in text and "Byt stol." not in text
    assert "Sign in to leave a thought" in text and "<textarea" not in text and "For you" not in text


def test_the_first_visit_and_the_empty_house(people: Cast, clock: Clock) -> None:
    text = page(people.johan)
    assert "Here you can leave a thought." in text and "Quiet here." in text
    letter("Tänk om.", people.elin, people.johan)
    clock.news()
    text = page(people.johan)
    assert "Here you can leave a thought." not in text and "Elin Forsgren has written to you" in text
    assert "That is all for now." in text and "Older thoughts" in text


@pytest.mark.django_db
def test_the_first_steward_is_told_what_to_do_first() -> None:
    secret = str(first_steward()).rpartition("/")[2]
    leyla = begin(secret, name="Leyla Demir", email="leyla@x.example", organisation="Åvinge", language="en")
    text = page(leyla)
    assert "You are the first one here" in text and "/stewards/people" in text
    actions.welcome("Elin Forsgren", "elin@x.example", by=leyla)
    assert "You are the first one here" not in page(leyla)


def test_for_you_is_three_lines_and_absent_without_any(people: Cast, clock: Clock) -> None:
    assert 'id="for-you"' not in page(people.karin)
    for number in range(5):
        letter(f"Brev {number}.", people.elin, people.karin)
    clock.news()
    section = page(people.karin).split('id="for-you"')[1].split("</section>")[0]
    assert section.count('class="notice"') == 3 and "Two more, in your list" in section


def test_questions_stand_in_their_own_words_with_their_terms(people: Cast) -> None:
    for number in range(6):
        ask(f"Vad {number}? Mer text.", people)
    text = page(people.elin)
    section = text.split('id="questions"')[1].split("</section>")[0]
    assert section.count('class="thought"') == 5 and in_order(section, "Vad 5?", "Vad 1?")
    assert "Karin Sundvall asks" in section and "Participation" in section
    # What stands there is not said once more below; the sixth is.
    assert "Vad 5?" not in text.split('id="murmur"')[1] and "Vad 0?" in text.split('id="murmur"')[1]
    assert "Vad 0?" in page(people.elin, "/questions") and "Vad" not in page(None, "/questions")


def test_the_murmurs_order(people: Cast) -> None:
    seen = to_all(Kind.IDEA, "Sedd och oförändrad.", people.elin)
    contribute(address_of(seen)[1], "Svar som är sett.", by=people.johan)
    changed = to_all(Kind.IDEA, "Öppnad.", people.karin)
    contribute(address_of(changed)[1], "Nytt svar.", by=people.nadja)
    to_all(Kind.IDEA, "Ingen har svarat.", people.sofia)
    newest = newest_anywhere(viewer_for(people.amina.id))
    assert newest is not None
    mark_seen(seen.conversation_id, newest, by=people.amina)
    text = murmur_of(people.amina)
    assert in_order(text, "Ingen har svarat.", "Nytt svar.", "Öppnad.", "Svar som är sett.")
    assert text.count("In answer to:") == 2


def test_an_answer_one_cannot_see_leaves_it_unanswered(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    narrow = Choice(Rung.DIRECT, persons=(people.elin.public_id,))
    contribute(address_of(opening)[1], "Bara till Elin.", by=people.karin, choice=narrow)
    assert "Bara till Elin." in murmur_of(people.elin)
    assert "Bara till Elin." not in murmur_of(people.amina) and "Byt stol." in murmur_of(people.amina)
    assert "In answer to:" not in murmur_of(people.amina)


def test_one_for_each_byline_and_twelve_at_most(people: Cast) -> None:
    for number in range(3):
        to_all(Kind.IDEA, f"Elin {number}.", people.elin)
    actions.hold_role(people.elin, "handläggare", by=people.leyla)
    text = murmur_of(people.amina)
    assert text.count('class="thought') == 1 and "Elin 2." in text
    everything = page(people.amina, "/murmur")
    assert in_order(everything, "Elin 2.", "Elin 1.", "Elin 0.")
    unnamed = [murmur.Candidate(n, n, False, True, None) for n in range(20)]
    assert murmur.choose(unnamed) == list(range(19, 7, -1))


def test_the_order_cannot_know_rank(people: Cast) -> None:
    tree = ast.parse(Path(murmur.__file__).read_text(encoding="utf-8"))
    imported = {
        name.name if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported == {"collections.abc", "typing"}
    assert murmur.Candidate._fields == ("key", "moment", "answered", "changed", "byline")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not {name for name in names if "role" in name.lower() or "title" in name.lower()}


def test_what_is_taken_back_is_gone(people: Cast) -> None:
    opening = to_all(Kind.IDEA, "Byt stol.", people.elin)
    assert "Byt stol." in murmur_of(people.amina)
    take_back(address_of(opening)[1], by=people.elin)
    assert "Byt stol." not in page(people.amina) and "Quiet here." in page(people.amina)


def test_older_thoughts_page_by_page_without_loss_or_repetition(people: Cast) -> None:
    for number in range(70):
        share = to_all(Kind.IDEA, f"Tanke {number:02}.", people.elin)
        if number % 3 == 0:
            # A conversation known by two principals is shown once, at its newest.
            narrow = Choice(Rung.DIRECT, persons=(people.elin.public_id,))
            contribute(address_of(share)[1], f"Svar {number:02}.", by=people.karin, choice=narrow)
        letter(f"Dold {number}.", people.sofia, people.nadja)
    client, address, words = client_of(people.karin), "/murmur", []
    pages = 0
    while address:
        text = client.get(address).content.decode()
        words += [line.split(">")[-1] for line in text.split("</a></p>") if 'class="words"' in line]
        pages += 1
        after = text.split('href="/murmur?after=')
        address = f"/murmur?after={after[1].split(chr(34))[0]}" if len(after) > 1 else ""
    assert words == [f"{'Svar' if n % 3 == 0 else 'Tanke'} {n:02}." for n in range(69, -1, -1)]
    assert pages == 3


@pytest.mark.parametrize("after", ["x", "", "W10:abc", "é"])
def test_a_cursor_that_is_not_ours_is_the_beginning(people: Cast, after: str) -> None:
    to_all(Kind.IDEA, "Byt stol.", people.elin)
    for address in ("/murmur", "/questions", "/conversations", "/for-you"):
        client = client_of(people.elin)
        assert client.get(f"{address}?{urlencode({'after': after})}").status_code == 200


def test_cursors_and_pages_do_not_change_with_what_is_hidden(people: Cast) -> None:
    for number in range(40):
        to_all(Kind.IDEA, f"Tanke {number}.", people.elin)
    client = client_of(people.amina)
    before = client.get("/murmur").content
    for number in range(10):
        letter(f"Dold {number}.", people.sofia, people.nadja)
    after = client.get("/murmur").content
    assert b"after=" in before and before.split(b"<footer")[0] == after.split(b"<footer")[0]


def test_nothing_new_costs_next_to_nothing(people: Cast) -> None:
    to_all(Kind.IDEA, "Byt stol.", people.elin)
    client, viewer = client_of(people.amina), viewer_for(people.amina.id)
    since = newest_anywhere(viewer)
    quiet = client.get(f"/murmur/new?since={since}")
    assert (quiet.status_code, quiet.content) == (204, b"")
    assert sum(len(name) + len(value) + 4 for name, value in quiet.items()) <= 300
    with CaptureQueriesContext(connection) as queries:
        newest_anywhere(viewer)
    assert len(queries) == 1
    letter("Dold.", people.elin, people.karin)
    assert client.get(f"/murmur/new?since={since}").status_code == 204
    to_all(Kind.IDEA, "Eget.", people.amina)
    assert client.get(f"/murmur/new?since={since}").status_code == 204
    to_all(Kind.IDEA, "Annat.", people.elin)
    to_all(Kind.IDEA, "Tredje.", people.johan)
    assert "2 new thoughts. Show." in client.get(f"/murmur/new?since={since}").content.decode()
    assert client.get("/murmur/new?since=x").status_code == 200


def test_own_conversations_are_ones_own(people: Cast) -> None:
    letter("Brevet.", people.elin, people.karin)
    theirs = to_all(Kind.IDEA, "Någon annans.", people.johan)
    listened = to_all(Kind.IDEA, "Lyssnad.", people.johan)
    follow(address_of(listened)[0], Following.Way.LISTENING, by=people.karin)
    answered = to_all(Kind.IDEA, "Besvarad.", people.sofia)
    contribute(address_of(answered)[1], "Ja.", by=people.karin)
    own = page(people.karin, "/conversations")
    assert in_order(own, "Besvarad.", "Lyssnad.", "Brevet.") and "Någon annans." not in own
    assert "Brevet." in page(people.elin, "/conversations")
    assert "Brevet." not in page(people.sofia, "/conversations")
    assert Client().get("/conversations").status_code == 302
    contribute(address_of(theirs)[1], "Svar.", by=people.karin)
    assert in_order(page(people.karin, "/conversations"), "Någon annans.", "Besvarad.")


def test_a_left_circles_conversation_leaves_ones_list(people: Cast) -> None:
    opening = to_circle("Halva portionen.", people.amina, people.food_waste)
    contribute(address_of(opening)[1], "Små fat.", by=people.nadja)
    assert "Halva portionen." in page(people.nadja, "/conversations")
    actions.leave(people.nadja, people.food_waste, by=people.nadja)
    assert "Halva portionen." not in page(people.nadja, "/conversations")


def test_the_price_is_the_same_for_five_and_two_hundred(people: Cast, clock: Clock) -> None:
    def fill(number: int) -> None:
        for one in range(number):
            share = to_all(Kind.IDEA, f"Tanke {one}.", people.everyone[one % 8])
            if one % 2:
                contribute(address_of(share)[1], "Svar.", by=people.karin)
                share = open_post(f"Öppet {one}.", people.everyone[one % 8])
                contribute(address_of(share)[1], "Öppet svar.", by=people.sofia)
        open_post("Obesvarat.", people.elin)
        ask(f"Fråga {number}?", people)
        letter("Brev.", people.elin, people.amina)
        clock.news()

    def price(person: Person | None) -> int:
        client = Client() if person is None else client_of(person)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    fill(5)
    follow(
        address_of(to_all(Kind.IDEA, "Lyssnad.", people.elin))[0], Following.Way.LISTENING, by=people.amina
    )
    few = [price(people.amina), price(None)]
    fill(195)
    assert [price(people.amina), price(None)] == few
    assert few[0] <= 40 and few[1] <= 15
