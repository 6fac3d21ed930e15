"""Similar thoughts while writing: a hint beneath the words, asked for with the words in a form and kept nowhere."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Draft
from communis.journal.models import Entry
from communis.web import often_asked
from tests.cast import Cast, letter, open_post, to_all
from tests.clock import Clock
from tests.web.forms import client_of, page, typed

HINT = {"HX-Request": "true"}
WORDS = "Vi borde ha ett cykelställ vid skolan"


@pytest.fixture
def line(people: Cast, clock: Clock) -> str:
    """An idea for all employees, and a letter that is like it too."""
    often_asked.asked = often_asked.Asked()
    said = to_all(Kind.IDEA, "Sätt upp ett cykelställ vid grundskolan. Det <regnar>.", people.elin)
    letter("Cykelställ vid skolan, i hemlighet.", people.elin, people.karin)
    clock.news()
    return address_of(said)[1]


def test_the_hint_has_first_sentence_sign_and_a_link_that_leaves_the_words(people: Cast, line: str) -> None:
    answer = client_of(people.amina).post("/similar-thoughts", {"text": WORDS}, headers=HINT)
    html = answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private" and "<html" not in html
    assert re.findall(r'<a href="([^"]+)" target="_blank" rel="noopener">([^<]+)</a>', html) == [
        (f"/lines/{line}", "Sätt upp ett cykelställ vid grundskolan.")
    ]
    assert 'class="rung-sign"' in html and "All employees" in html
    assert "They open in a new tab, and your words stay here." in html
    both = client_of(people.karin).post("/similar-thoughts", {"text": WORDS}, headers=HINT).content.decode()
    assert "i hemlighet" in both and both.count("<li>") == 2


def test_nothing_alike_is_said_only_to_who_asks(people: Cast, line: str) -> None:
    client, said = client_of(people.amina), "We find nothing like it that you can read."
    other = {"text": "Kaffemaskinen i personalrummet"}
    assert client.post("/similar-thoughts", other, headers=HINT).content.strip() == b""
    pressed = client.post("/similar-thoughts", {**other, "do": "similar"}, headers=HINT).content.decode()
    assert said in pressed
    assert client.post("/similar-thoughts", {"text": ""}, headers=HINT).content.strip() == b""
    assert client.post("/similar-thoughts", {"text": "x" * 200_000}, headers=HINT).status_code == 200


def test_without_scripts_the_button_shows_it_and_keeps_the_words(people: Cast, line: str) -> None:
    client = client_of(people.amina)
    assert "Show similar" in page(client, "/write")
    shown = client.post("/write", {"text": WORDS, "audience": "draft", "place": "new", "do": "similar"})
    html = shown.content.decode()
    assert f'href="/lines/{line}"' in html and typed(html) == WORDS
    alone = client.post("/similar-thoughts", {"text": WORDS}).content.decode()
    assert f'href="/lines/{line}"' in alone and typed(alone) == WORDS


def test_nothing_is_kept_and_nothing_is_journalled(people: Cast, line: str) -> None:
    client, before = client_of(people.amina), Entry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        client.post("/similar-thoughts", {"text": WORDS}, headers=HINT)
    assert not [one["sql"] for one in queries if not one["sql"].startswith(("SELECT", "WITH", "\n"))]
    assert Entry.objects.count() == before and not Draft.objects.exists()


def test_it_takes_as_many_queries_whatever_is_hidden(people: Cast, line: str, clock: Clock) -> None:
    client = client_of(people.amina)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.post("/similar-thoughts", {"text": WORDS}, headers=HINT)
        return len(found)

    before = queries()
    for turn in range(10):
        letter(f"Cykelställ vid skolan {turn}", people.elin, people.karin)
    clock.news()
    assert queries() == before


def test_only_by_a_form_of_ours_and_signed_in(people: Cast, line: str) -> None:
    assert client_of(people.amina).get("/similar-thoughts", {"text": WORDS}).status_code == 405
    outside = client_of(people.amina, enforce_csrf_checks=True)
    assert outside.post("/similar-thoughts", {"text": WORDS}).status_code == 403
    signed_out = Client().post("/similar-thoughts", {"text": WORDS})
    assert signed_out.status_code == 403 and b"/lines/" not in signed_out.content


def test_who_asks_all_the_time_is_answered_with_nothing_new(people: Cast, line: str, clock: Clock) -> None:
    amina, karin = client_of(people.amina), client_of(people.karin)
    answers = [
        amina.post("/similar-thoughts", {"text": WORDS}, headers=HINT).status_code
        for _ in range(often_asked.MOST_A_MINUTE + 2)
    ]
    assert answers[:5] == [200] * 5 and answers[-1] == 204
    assert karin.post("/similar-thoughts", {"text": WORDS}, headers=HINT).status_code == 200
    # A person who presses the button is never sent away.
    assert b"/lines/" in amina.post("/similar-thoughts", {"text": WORDS}).content
    clock.minutes(1)
    assert amina.post("/similar-thoughts", {"text": WORDS}, headers=HINT).status_code == 200


def test_it_stands_where_a_new_thought_is_written_and_nowhere_else(people: Cast, line: str) -> None:
    open_post("Ett öppet ord.", people.karin)
    client = client_of(people.amina)
    assert "/similar-thoughts" in page(client, "/write?kind=question")
    for address in ("/", f"/lines/{line}/answers"):
        assert "/similar-thoughts" not in page(client, address)
    assert b"/similar-thoughts" not in client.get("/behind-the-scenes?where=everyone").content
