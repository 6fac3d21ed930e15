"""The check before opening where one writes and revises: shown before it goes, with a choice, and nothing is lost."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from communis.conversations.contributing import contribute
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Draft, File
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.widening.proposing import propose
from tests.cast import Cast, letter, open_post, to_all
from tests.web.forms import client_of, page, seen_by, send, typed

NUMBER = "19961020-2385"


def sent_once_more(client: Client, address: str, html: str, text: str, **fields: Any) -> Any:
    checked = re.search(r'name="checked" value="([^"]*)"', html)[1]
    return send(client, address, text, checked=checked, **fields)


def press(client: Client, address: str, html: str, button: str, text: str, **fields: Any) -> str:
    which = re.search(rf'name="{button}" value="(\w+)"', html)[1]
    answer = client.post(address, {"text": text, button: which, **fields})
    assert answer.status_code in (200, 422)
    return str(answer.content.decode())


def test_what_is_found_is_shown_before_all_employees_read_it(people: Cast) -> None:
    elin, text = client_of(people.elin), f"Fråga Amina Warsame, {NUMBER}."
    answer = send(elin, "/write", text, audience="organisation")
    html = answer.content.decode()
    assert answer.status_code == 200 and seen_by(people.karin) == [] and typed(html) == text
    assert f"<q>{NUMBER}</q>" in html and "<q>Amina Warsame</q>" in html
    assert "Write “a colleague” instead" in html and "Keep it" in html
    assert Draft.objects.get().text == text
    # Within the organisation the author decides.
    assert sent_once_more(elin, "/write", html, text, audience="organisation").status_code == 302
    assert seen_by(people.karin) == [text]


def test_what_was_not_there_when_one_looked_is_shown_too(people: Cast) -> None:
    elin = client_of(people.elin)
    html = send(elin, "/write", "Fråga Amina Warsame.", audience="organisation").content.decode()
    more = f"Fråga Amina Warsame, {NUMBER}."
    answer = sent_once_more(elin, "/write", html, more, audience="organisation")
    assert answer.status_code == 200 and f"<q>{NUMBER}</q>" in answer.content.decode()


@pytest.mark.parametrize("audience", ["direct", "circle"])
def test_a_letter_may_name_a_colleague(people: Cast, audience: str) -> None:
    to = {"persons": [people.karin.public_id]} if audience == "direct" else {}
    to |= {"circle": people.management.public_id} if audience == "circle" else {}
    answer = send(
        client_of(people.karin if audience == "circle" else people.elin),
        "/write",
        "Fråga Amina Warsame.",
        audience=audience,
        **to,
    )
    assert answer.status_code == 302


def test_whoever_is_answered_knows_the_own_name(people: Cast) -> None:
    line = address_of(to_all(Kind.IDEA, "Byt stol.", people.karin))[1]
    elin = client_of(people.elin)
    assert send(elin, f"/lines/{line}/answers", "Tack Karin Sundvall!", audience="same").status_code == 302
    html = send(elin, f"/lines/{line}/answers", "Tack Amina Warsame!", audience="same").content.decode()
    assert "<q>Amina Warsame</q>" in html


def test_a_press_masks_and_another_lets_it_stay(people: Cast) -> None:
    elin, text = client_of(people.elin), "**Amina Warsame** vet. Fråga Amina Warsame!"
    html = send(elin, "/write", text, audience="organisation").content.decode()
    kept = press(elin, "/write", html, "leave", text, audience="organisation")
    assert "It stays as it stands." in kept and typed(kept) == text
    masked = press(elin, "/write", html, "mask", text, audience="organisation")
    assert typed(masked) == "**A colleague** vet. Fråga a colleague!"
    assert "Before it goes" not in masked and Draft.objects.get().text == typed(masked)
    assert seen_by(people.karin) == []


def test_a_personal_number_stops_what_anyone_could_read(people: Cast) -> None:
    elin, text = client_of(people.elin), f"Ring mig, {NUMBER}."
    answer = send(elin, "/write", text, audience="public")
    html = answer.content.decode()
    assert answer.status_code == 422 and "It has to go before the page is open to anyone." in html
    assert 'value="confirm"' not in html
    forced = send(
        elin, "/write", text, audience="public", do="confirm", checked=",".join(re.findall(r"\w{16}", html))
    )
    assert forced.status_code == 422 and seen_by(people.karin) == []
    masked = press(elin, "/write", html, "mask", text, audience="public")
    assert "Ring mig, [personal number]." in masked and 'value="confirm"' in masked
    assert "This goes outside the organisation." in masked
    assert (
        send(elin, "/write", "Ring mig, [personal number].", audience="public", do="confirm").status_code
        == 302
    )
    assert seen_by(people.karin) == ["Ring mig, [personal number]."]


def test_an_answer_where_anyone_reads_is_looked_at_too(people: Cast) -> None:
    line = address_of(open_post("Öppet.", people.karin))[1]
    answer = send(client_of(people.elin), f"/lines/{line}/answers", f"Mitt är {NUMBER}.", audience="same")
    assert answer.status_code == 422 and "It has to go" in answer.content.decode()
    assert seen_by(people.amina) == ["Öppet."]


def test_names_and_descriptions_of_files_are_looked_at(people: Cast) -> None:
    elin = client_of(people.elin)
    files = SimpleUploadedFile(f"{NUMBER}.pdf", b"%PDF-1.4 x", "application/pdf")
    html = send(elin, "/write", "Se här.", audience="public", files=files).content.decode()
    assert f"<q>{NUMBER}</q>" in html and 'value="confirm"' not in html
    assert 'name="mask"' not in html
    assert not File.everything.exists()


def test_revised_words_are_looked_at_where_many_read(people: Cast) -> None:
    elin = client_of(people.elin)
    line = address_of(to_all(Kind.IDEA, "Byt stol.", people.elin))[1]
    address, text = f"/lines/{line}/revisions", "Byt stol med Amina Warsame."
    html = send(elin, address, text, way="edit").content.decode()
    assert "<q>Amina Warsame</q>" in html and typed(html) == text and 'value="edit" checked' in html
    assert seen_by(people.karin) == ["Byt stol."]
    masked = press(elin, address, html, "mask", text, way="edit")
    assert typed(masked) == "Byt stol med a colleague."
    assert sent_once_more(elin, address, html, text, way="edit").status_code == 302
    assert seen_by(people.karin) == [text]


def test_a_personal_number_stops_a_revision_where_anyone_reads(people: Cast) -> None:
    elin = client_of(people.elin)
    line = address_of(open_post("Öppet.", people.elin))[1]
    address = f"/lines/{line}/revisions"
    # A change with nothing to find goes as it is: that it is outside has been said once.
    assert send(elin, address, "Öppnare.", way="edit").status_code == 302
    answer = send(elin, address, f"Mitt är {NUMBER}.", way="edit")
    html = answer.content.decode()
    assert answer.status_code == 422 and typed(html) == f"Mitt är {NUMBER}."
    assert sent_once_more(elin, address, html, f"Mitt är {NUMBER}.", way="edit").status_code == 422
    assert seen_by(people.karin) == ["Öppnare."]


def test_a_name_one_may_not_know_of_is_not_found(people: Cast) -> None:
    """A protected person is in no list, and the check is none either (D30)."""
    answer = send(client_of(people.elin), "/write", f"Fråga {people.vera.name}.", audience="organisation")
    assert answer.status_code == 302


NARROW = "Vi har sagt till två av vikarierna att de inte får vara kvar efter jul."


def test_words_from_a_letter_are_pointed_at_before_all_read_them(people: Cast) -> None:
    """Pasted, without the mark of a quotation. Own words, and words open to those who will read, are left alone."""
    letter(NARROW, people.karin, people.elin)
    elin, text = client_of(people.elin), f"Hörde i dag: {NARROW[0].lower()}{NARROW[1:]}"
    html = send(elin, "/write", text, audience="organisation").content.decode()
    assert "These words come from a text that fewer people see." in html and typed(html) == text
    assert sent_once_more(elin, "/write", html, text, audience="organisation").status_code == 302
    # Whoever does not read the letter is told nothing of it; now all can read the words.
    for person, words in ((people.amina, text), (people.karin, NARROW)):
        assert send(client_of(person), "/write", words, audience="organisation").status_code == 302


def test_a_letter_tells_nothing_to_whom_it_is_not_written(people: Cast) -> None:
    letter(NARROW, people.karin, people.elin)
    assert send(client_of(people.amina), "/write", NARROW, audience="organisation").status_code == 302


def test_words_of_what_one_answered_are_pointed_at_when_one_is_asked_to_open(people: Cast) -> None:
    share = letter(NARROW, people.karin, people.elin)
    answer = contribute(address_of(share)[1], f"Du skrev: {NARROW}", by=people.elin)
    asked = propose(
        address_of(share)[0],
        Choice(Rung.ORGANISATION),
        "Fler borde läsa.",
        by=people.karin,
        lines=[address_of(answer)[1]],
    )
    html = page(client_of(people.elin), f"/widenings/{asked}")
    assert "These words come from a text that fewer people see." in html
