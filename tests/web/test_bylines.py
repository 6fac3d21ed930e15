"""Bylines, credit, thanks and the question about names, through the pages."""

import re

import pytest
from django.test import Client

from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.openness.bylines import Byline
from communis.people import actions
from tests.cast import Cast, open_post, to_all
from tests.conversations.test_unnaming import hidden, line_of
from tests.web.answers import signed_in
from tests.web.forms import client_of, key_on, page, send
from tests.web.test_staying import swedish


def test_written_unnamed_and_shown_so(people: Cast) -> None:
    client = client_of(people.elin)
    send(client, "/write?kind=idea", text="Byt stol.", audience="organisation", byline=":unnamed")
    conversation, line = address_of(Share.everything.latest("id"))
    assert "Unnamed" in page(client_of(people.nadja), f"/conversations/{conversation}")
    assert "Utan namn" in page(swedish(people.nadja), f"/conversations/{conversation}")
    for person in (people.nadja, people.leyla):
        assert "Elin" not in page(client_of(person), f"/conversations/{conversation}")
        assert "Elin" not in page(client_of(person), f"/lines/{line}")


def test_a_pseudonym_is_said_in_the_readers_language(people: Cast) -> None:
    conversation, line = address_of(hidden("Byt stol.", people.elin, Byline.Kind.PSEUDONYM))
    Byline.everything.filter(kind=Byline.Kind.PSEUDONYM).update(alias=0)
    assert "Grey sparrow (pseudonym)" in page(client_of(people.nadja), f"/conversations/{conversation}")
    assert "Grå sparv (pseudonym)" in page(swedish(people.nadja), f"/lines/{line}")


def test_refused_in_a_letter_and_nothing_is_lost(people: Cast) -> None:
    client = client_of(people.elin)
    answer = client.post(
        "/write",
        {
            "text": "Tänk om.",
            "kind": "idea",
            "audience": "direct",
            "persons": people.karin.public_id,
            "said_persons": people.karin.public_id,
            "byline": ":pseudonym",
            "do": "send",
            "key": key_on(page(client, "/write?kind=idea")),
        },
    )
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Tänk om." in shown
    assert "Your name can be left out only where" in shown
    assert '<option value=":pseudonym" selected>' in shown


def test_the_byline_is_changed_on_its_page(people: Cast) -> None:
    conversation, line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))
    client = signed_in(people.elin)
    assert f"/lines/{line}/byline" in page(client_of(people.elin), f"/lines/{line}")
    assert signed_in(people.nadja).get(f"/lines/{line}/byline").status_code == 404
    for chosen, shown in ((":unnamed", "Unnamed"), ("", "Elin Forsgren")):
        answer = client.post(f"/lines/{line}/byline", {"which": line, "byline": chosen})
        assert answer.status_code == 302
        assert shown in page(client_of(people.nadja), f"/conversations/{conversation}")
    assert client.post(f"/lines/{line}/byline", {"which": line, "byline": "borgmästare"}).status_code == 422
    assert client.post(f"/lines/{line}/byline", {"which": "0" * 32, "byline": ""}).status_code == 404


def test_who_took_part_stands_at_the_end(people: Cast) -> None:
    conversation, line = address_of(open_post("Öppet.", people.elin))
    answer = line_of(contribute(line, "Ja.", by=people.nadja))
    assert "Medverkade" not in page(Client(), f"/conversations/{conversation}")
    signed_in(people.elin).post(f"/lines/{line}/byline", {"which": line, "credit": ":unnamed"})
    signed_in(people.nadja).post(f"/lines/{answer}/byline", {"which": answer, "credit": ""})
    for client in (Client(headers={"accept-language": "en"}), client_of(people.karin)):
        found = page(client, f"/conversations/{conversation}")
        assert "Took part: Nadja Petrović and one or more without a name" in found
    found = page(swedish(people.karin), f"/conversations/{conversation}")
    assert "Medverkade: Nadja Petrović och en eller flera utan namn" in found
    signed_in(people.elin).post(f"/lines/{line}/byline", {"which": line, "credit": ":not"})
    assert "Medverkade: Nadja Petrović</p>" in page(Client(), f"/conversations/{conversation}")


def test_thanks_on_the_line_of_ones_words(people: Cast) -> None:
    line = line_of(hidden("Byt stol.", people.elin))
    client = client_of(people.nadja)
    refused = client.post(f"/lines/{line}/thanks", {"text": "x" * 501, "key": "k"})
    assert refused.status_code == 422 and "x" * 501 in refused.content.decode()
    assert client.post(f"/lines/{line}/thanks", {"text": "Det hjälpte.", "key": "k"}).status_code == 302
    assert "Det hjälpte." in page(client_of(people.elin), f"/lines/{line}")
    assert "Det hjälpte." not in page(client_of(people.karin), f"/lines/{line}")


@pytest.mark.parametrize("name", ["Elin", "Nadja Petrović"])
def test_whoever_names_someone_is_asked_to_look_once_more(people: Cast, name: str) -> None:
    """Right or wrong: the same question, so that nothing is learnt by trying."""
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    contribute(line_of(idea), "Jag vågar inte.", by=people.elin, hidden=Byline.Kind.UNNAMED)
    client, address = client_of(people.johan), f"/lines/{line_of(idea)}/answers"
    form = {"text": f"Är det {name}?", "audience": "same", "do": "send", "key": key_on(page(client, address))}
    asked = client.post(address, form)
    assert asked.status_code == 200 and f"you name {name}." in asked.content.decode()
    assert f"Är det {name}?" in asked.content.decode()
    checked = re.search(r'name="checked" value="([^"]*)"', asked.content.decode())[1]
    again = client.post(address, {**form, "names_seen": name, "checked": checked})
    assert again.status_code == 302 and "#" in again["Location"]


def test_no_guess_is_asked_about_where_all_have_names(people: Cast) -> None:
    idea = to_all(Kind.IDEA, "Byt stol.", people.karin)
    client, address = client_of(people.johan), f"/lines/{line_of(idea)}/answers"
    html = send(client, address, text="Fråga Elin.", audience="same").content.decode()
    assert "<q>Elin</q>" in html and "writes without a name in this conversation" not in html


def test_a_role_is_still_a_role(people: Cast) -> None:
    actions.hold_role(people.karin, "chef", by=people.leyla)
    client = client_of(people.karin)
    send(client, "/write?kind=idea", text="Byt stol.", audience="organisation", byline="chef")
    assert "Karin Sundvall, chef" in page(
        client_of(people.nadja), f"/lines/{line_of(Share.everything.latest('id'))}"
    )
