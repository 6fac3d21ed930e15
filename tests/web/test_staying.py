"""Staying with the question, through the pages: signs, simpler words, the headline, a branch moved, reading help."""

import re

import pytest
from django.test import Client

from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind, Level, Sign
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.conversations.reacting import react
from communis.conversations.reading_help import wants_reading_help
from communis.conversations.words import Quoted, Terms
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.people.accounts import Account
from communis.people.models import Person
from tests.cast import Cast, letter, to_all
from tests.web.answers import shape, signed_in
from tests.web.forms import client_of, key_on, page, send

EASY = "Vi tog en promenad i parken. Solen sken och alla var glada. Sedan gick vi hem och åt middag."
HARD = (
    "Verksamhetsutvecklingens förutsättningar påverkas otvivelaktigt av organisationsövergripande "
    "styrningsmekanismer, kommunikationsstrategier och resursfördelningsprinciper."
)


def question(people: Cast) -> Share:
    terms = Terms(Level.CONSULTATION, "Mötena.", hosts=(people.sofia.id,))
    text = "Hur kan mötesfrekvensen optimeras?"
    return start(Kind.QUESTION, text, by=people.karin, choice=Choice(Rung.ORGANISATION), terms=terms)


def text_of(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def swedish(person: Person) -> Client:
    client = Client(headers={"accept-language": "sv"})
    client.force_login(Account.objects.get(person=person))
    return client


def test_a_sign_is_a_sentence_in_the_thread(people: Cast) -> None:
    conversation, line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    for person in (people.amina, people.johan):
        answer = signed_in(person).post(f"/lines/{line}/reactions", {"sign": str(int(Sign.POINT))})
        assert (answer.status_code, answer["Location"]) == (302, f"/lines/{line}")
    shown = page(swedish(people.elin), f"/conversations/{conversation}")
    assert '<p class="signs">Amina och Johan: du har en poäng.</p>' in shown
    assert "Amina and Johan: you have a point." in page(
        client_of(people.elin), f"/conversations/{conversation}"
    )
    own = page(client_of(people.amina), f"/lines/{line}")
    assert "Amina Warsame, Johan Åkerlind: you have a point." in own and 'aria-pressed="true"' in own
    signed_in(people.amina).post(f"/lines/{line}/reactions", {"sign": "none"})
    assert "Johan: du har en poäng." in page(swedish(people.elin), f"/conversations/{conversation}")


def test_names_that_would_be_mistaken_stand_whole(people: Cast) -> None:
    other = actions.welcome("Amina Berg", "amina2@avinge.example", by=people.leyla)
    conversation, line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    react(line, Sign.THANKS, by=people.amina)
    react(line, Sign.THANKS, by=other)
    shown = page(swedish(people.elin), f"/conversations/{conversation}")
    assert "Amina Warsame och Amina Berg: tack." in shown


def test_own_words_have_no_buttons_of_these_kinds(people: Cast) -> None:
    _, line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    own, others = (page(client_of(one), f"/lines/{line}") for one in (people.elin, people.amina))
    for form in ("reactions", "simpler-wishes"):
        assert f"/lines/{line}/{form}" in others and f"/lines/{line}/{form}" not in own
    assert "/reactions" not in Client().get(f"/lines/{line}").content.decode()


def test_a_wish_is_seen_by_oneself_alone(people: Cast) -> None:
    _, line = address_of(question(people))
    before = {one.id: page(client_of(one), f"/lines/{line}") for one in (people.karin, people.elin)}
    client = client_of(people.amina)
    client.post(f"/lines/{line}/simpler-wishes", {"wanted": "yes"})
    assert "You have asked for simpler words." in page(client, f"/lines/{line}")
    without = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"|name="key" value="\w+"')
    for person in (people.karin, people.elin):
        assert without.sub("", page(client_of(person), f"/lines/{line}")) == without.sub(
            "", before[person.id]
        )
    client.post(f"/lines/{line}/simpler-wishes", {"wanted": "no"})
    assert "You have asked" not in page(client, f"/lines/{line}")


def test_simpler_words_are_proposed_adopted_and_stand_everywhere(people: Cast) -> None:
    conversation, line = address_of(question(people))
    answer = contribute(line, "Ett svar.", by=people.johan)
    amina, karin, elin = (client_of(one) for one in (people.amina, people.karin, people.elin))
    assert f"/lines/{line}/restatements" in page(amina, f"/lines/{line}")
    sent = send(amina, f"/lines/{line}/restatements", "Ska vi ha färre möten?", audience="same")
    assert sent.status_code == 302, sent.content.decode()
    plain = sent["Location"].rpartition("#")[2]
    assert "Said more simply" in page(elin, f"/conversations/{conversation}")
    assert "adoptions" not in page(elin, f"/lines/{plain}")
    assert f"/lines/{plain}/adoptions" in page(karin, f"/lines/{plain}")
    karin.post(f"/lines/{plain}/adoptions", {"wanted": "yes"})
    front, listed = page(elin, "/"), page(elin, "/questions")
    for where in (front, listed):
        shown = text_of(where)
        headline = shown.index("Ska vi ha färre möten?")
        credit = "Said more simply by Amina Warsame. The original: Hur kan mötesfrekvensen optimeras?"
        assert headline < shown.index(credit)
    whole = page(elin, f"/conversations/{conversation}")
    assert '<span class="short">Ska vi ha färre möten?</span>' in whole
    assert text_of(whole).count("Said more simply by Amina Warsame.") == 1
    assert "You are answering: Ska vi ha färre möten?" in text_of(
        page(elin, f"/lines/{address_of(answer)[1]}/answers")
    )
    assert '<span class="short">Ska vi ha färre möten?</span>' in page(
        elin, f"/lines/{address_of(answer)[1]}"
    )
    karin.post(f"/lines/{line}/adoptions", {"wanted": "no"})
    assert '<span class="short">Hur kan' in page(elin, f"/conversations/{conversation}")


def test_the_proposer_alone_is_told_whether_it_is_easier(people: Cast) -> None:
    idea = f"{HARD} {HARD}"
    _, line = address_of(to_all(Kind.IDEA, idea, people.elin))
    client = client_of(people.amina)
    address = f"/lines/{line}/restatements"
    for text, said in ((EASY, "Yours is easier: LIX"), (idea, "Yours is no easier yet: LIX")):
        form = {"key": key_on(page(client, address)), "text": text, "audience": "same", "do": "reading"}
        assert said in client.post(address, form).content.decode()
        part = client.post(
            "/readings", {"text": text, "place": f"restate:{line}"}, headers={"HX-Request": "true"}
        )
        assert said in part.content.decode()
    sent = send(client, address, EASY, audience="same")
    shown = page(client_of(people.elin), sent["Location"].partition("#")[0].partition("?")[0])
    assert "LIX" not in shown


def test_nothing_is_learnt_by_restating_what_is_hidden(people: Cast) -> None:
    _, line = address_of(
        letter("Tänk om vi bytte stol med varandra en hel vecka.", people.elin, people.karin)
    )
    client, missing = signed_in(people.amina), "5" * 32
    for path in ("restatements", "moves"):
        hidden, never = (client.get(f"/lines/{one}/{path}") for one in (line, missing))
        assert hidden.status_code == 404
        assert shape(hidden, line) == shape(never, missing)
    for path in ("reactions", "simpler-wishes", "adoptions", "moves"):
        hidden, never = (client.post(f"/lines/{one}/{path}", {"sign": "1"}) for one in (line, missing))
        assert hidden.status_code == 404
        assert shape(hidden, line) == shape(never, missing)
    hidden, never = (
        client.post("/readings", {"text": EASY, "place": f"restate:{one}"}) for one in (line, missing)
    )
    assert shape(hidden) == shape(never)


def test_a_hard_paragraph_is_shown_to_its_writer(people: Cast) -> None:
    """R99, R103: by paragraph, for the writer alone; without JavaScript as a part of the form given back."""
    client = client_of(people.amina)
    typed = {"text": f"{EASY}\n\n{HARD}", "audience": "draft", "place": "new"}
    shown = text_of(client.post("/write", {**typed, "do": "reading"}).content.decode())
    assert "Verksamhetsutvecklingens" in shown and shown.count("Hard to read: LIX") == 1
    assert "Only you see this." in shown
    assert "Hard to read: LIX" in text_of(client.post("/write", {**typed, "do": "preview"}).content.decode())
    easy = client.post("/readings", {"text": EASY}, headers={"HX-Request": "true"}).content.decode()
    assert "No paragraph here is hard to read." in easy and "<html" not in easy
    assert client.post("/readings", {"text": " "}, headers={"HX-Request": "true"}).content.strip() == b""
    assert client.post("/readings", {"text": "x" * 200_000}).status_code == 200


def test_it_is_switched_off_for_good_and_no_word_is_lost(people: Cast) -> None:
    client = client_of(people.amina)
    typed = {"text": HARD, "audience": "draft", "place": "new"}
    assert "How does this read?" in page(client, "/write")
    given_back = client.post("/write", {**typed, "do": "reading-off"}).content.decode()
    assert HARD in given_back and "How does this read?" not in given_back
    assert not wants_reading_help(by=people.amina) and wants_reading_help(by=people.elin)
    assert b"LIX" not in client.post("/readings", {"text": HARD}).content
    assert "LIX" not in client.post("/write", {**typed, "do": "preview"}).content.decode()
    client.post("/you/reading-help", {"wanted": "yes"})
    assert "How does this read?" in page(client, "/write")


def test_a_branch_is_moved_through_its_page(people: Cast) -> None:
    """R104: the old place shows the summary with a link, the new one a link back; old addresses lead right."""
    conversation, line = address_of(question(people))
    quoted = Quoted(line, "mötesfrekvensen")
    root = contribute(line, "Vad gör möten med makt?", by=people.nadja, quotes=[quoted])
    _, root_line = address_of(root)
    _, reply = address_of(contribute(root_line, "Allt.", by=people.johan))
    nadja, elin = client_of(people.nadja), client_of(people.elin)
    assert f"/lines/{root_line}/moves" in page(nadja, f"/lines/{root_line}")
    assert f"/lines/{root_line}/moves" not in page(elin, f"/lines/{root_line}")
    assert elin.get(f"/lines/{root_line}/moves").status_code == 404
    address = f"/lines/{root_line}/moves"
    key = key_on(page(nadja, address))
    refused = nadja.post(address, {"key": key, "text": " "})
    assert refused.status_code == 422 and "Write a line or two" in refused.content.decode()
    form = {"key": key, "text": "Om möten och makt.\nFortsätter i eget samtal."}
    first, again = (nadja.post(address, form)["Location"] for _ in range(2))
    assert first == again
    old, new = page(elin, f"/conversations/{conversation}"), page(elin, first)
    assert "Om möten och makt." in old and "Allt." not in old and "Vad gör möten" not in old
    assert f'<a href="{first}">The conversation goes on here</a>' in old
    assert f'<a href="/conversations/{conversation}#' in new and "Allt." in new
    assert f'<blockquote class="about"><a href="/lines/{line}">mötesfrekvensen</a></blockquote>' in new
    assert 'class="c stub' not in new and 'class="c stub' not in old
    shown = page(elin, f"/lines/{reply}")
    assert f'href="{first}#{reply}"' in shown
    assert "moved-lines.js" in old


@pytest.mark.parametrize("kind", [Kind.POST, Kind.FRAGMENT])
def test_only_questions_and_ideas_are_restated(people: Cast, kind: Kind) -> None:
    _, line = address_of(to_all(kind, "Till alla.", people.karin))
    assert client_of(people.amina).get(f"/lines/{line}/restatements").status_code == 404
