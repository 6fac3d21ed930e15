"""Drafts survive a crash, a closed tab and an expired sign-in, and are nobody else's."""

import re

import pytest
from django.conf import settings
from django.test import Client

from communis.conversations.lines import address_of
from communis.conversations.models import Draft, Share
from communis.people import actions
from communis.people.accounts import Account
from tests.cast import Cast, letter, to_circle
from tests.web.forms import client_of, key_on, page, send, typed


def test_what_is_saved_while_writing_is_there_when_the_page_is_opened_again(people: Cast) -> None:
    elin = client_of(people.elin)
    fields = {
        "place": "new",
        "text": "Halvt tänkt\r\nmen dock",
        "audience": "direct",
        "persons": [people.karin.public_id],
    }
    saved = elin.post("/drafts", fields)
    assert re.fullmatch(r"Saved as draft \d\d:\d\d\. Only you see it\.", saved.content.decode())
    html = page(client_of(people.elin), "/write")
    assert typed(html) == "Halvt tänkt\nmen dock" and "Send to Karin" in html
    assert re.search(r'name="audience" value="direct" checked', html)
    assert typed(page(client_of(people.karin), "/write")) == ""
    assert Share.everything.count() == 0


def test_an_empty_page_leaves_no_draft(people: Cast) -> None:
    client_of(people.elin).post("/drafts", {"place": "new", "text": " "})
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("place", ["", "elsewhere", "reply:x", "edit:", "0" * 32, "reply:" + "g" * 32])
def test_only_known_places_keep_drafts(people: Cast, place: str) -> None:
    assert client_of(people.elin).post("/drafts", {"place": place, "text": "Ord"}).status_code == 404
    assert Draft.objects.count() == 0


def test_a_draft_of_an_answer_tells_nothing_of_what_it_answers(people: Cast) -> None:
    _, line = address_of(letter("Tänk om.", people.elin, people.karin))
    amina = client_of(people.amina)
    hidden = amina.post("/drafts", {"place": f"reply:{line}", "text": "Ord"})
    missing = amina.post("/drafts", {"place": f"reply:{'0' * 32}", "text": "Ord"})
    assert hidden.status_code == missing.status_code == 200
    assert page(amina, "/drafts").count("/write?draft=") == 2


def test_answers_are_kept_each_in_its_place(people: Cast) -> None:
    _, line = address_of(letter("Jag vet inte om det är en bra idé.", people.elin, people.karin))
    karin = client_of(people.karin)
    for address, words in (
        (f"/lines/{line}/answers", ""),
        (f"/lines/{line}/answers?words=bra+idé", "bra idé"),
    ):
        place = re.search(r'name="place" value="([^"]+)"', page(karin, address))[1]
        karin.post("/drafts", {"place": place, "text": f"Om {words}", "words": words, "n": "0", "quote": ""})
    assert typed(page(karin, f"/lines/{line}/answers")) == "Om "
    assert typed(page(karin, f"/lines/{line}/answers?words=bra+idé")) == "Om bra idé"
    assert f"/lines/{line}/answers?words=bra+id%C3%A9" in page(karin, "/drafts")


def test_kept_for_later_leaves_room_for_the_next_thought(people: Cast) -> None:
    elin = client_of(people.elin)
    answer = elin.post("/write", {"text": "En tanke", "do": "keep", "audience": "organisation"})
    assert (answer.status_code, answer["Location"]) == (302, "/drafts")
    assert typed(page(elin, "/write")) == ""
    listed = page(elin, "/drafts")
    address = re.search(r'href="(/write\?draft=[0-9a-f]{32})"', listed)[1]
    html = page(elin, address)
    assert typed(html) == "En tanke" and re.search(r'value="organisation" checked', html)
    sent = send(elin, address, "En tanke.", draft=address[-32:], audience="organisation")
    assert sent.status_code == 302 and Draft.objects.count() == 0


def test_nobody_opens_or_throws_away_anothers_draft(people: Cast) -> None:
    client_of(people.elin).post("/drafts", {"place": "new", "text": "KANARIE"})
    draft = Draft.objects.get().public_id
    karin = client_of(people.karin)
    assert "KANARIE" not in page(karin, "/drafts")
    for number in (draft, "0" * 32):
        assert karin.get(f"/write?draft={number}").status_code == 404
        assert karin.post(f"/drafts/{number}/removal").status_code == 404
        assert karin.post("/drafts", {"place": number, "text": "Mitt"}).status_code == 404
    assert Draft.objects.get().text == "KANARIE"
    assert client_of(people.elin).post(f"/drafts/{draft}/removal").status_code == 302
    assert Draft.objects.count() == 0


def test_a_draft_thrown_away_in_another_tab_does_not_take_these_words_along(people: Cast) -> None:
    elin = client_of(people.elin)
    elin.post("/write", {"text": "En tanke", "do": "keep"})
    draft = Draft.objects.get().public_id
    key = key_on(page(elin, f"/write?draft={draft}"))
    elin.post(f"/drafts/{draft}/removal")
    refused = elin.post(
        "/write", {"draft": draft, "key": key, "text": "Mer av den", "audience": "direct", "do": "send"}
    )
    assert refused.status_code == 422 and typed(refused.content.decode()) == "Mer av den"


def test_a_late_save_does_not_bring_sent_words_back(people: Cast) -> None:
    elin = client_of(people.elin)
    key = key_on(page(elin, "/write"))
    fields = {"key": key, "text": "Byt stol.", "audience": "organisation"}
    assert elin.post("/write", {**fields, "do": "send"}).status_code == 302
    assert elin.post("/drafts", {**fields, "place": "new"}).content.decode() == "Sent."
    assert Draft.objects.count() == 0


def test_a_refused_form_is_a_draft_as_well(people: Cast) -> None:
    elin = client_of(people.elin)
    assert send(elin, "/write", "Till ingen", audience="direct").status_code == 422
    assert typed(page(client_of(people.elin), "/write")) == "Till ingen"


def test_an_answer_whose_conversation_is_gone_can_be_gone_on_with(people: Cast) -> None:
    _, line = address_of(to_circle("Halva portionen.", people.amina, people.food_waste))
    nadja = client_of(people.nadja)
    nadja.post("/drafts", {"place": f"reply:{line}", "text": "Mina egna ord"})
    assert f"/lines/{line}/answers" in page(nadja, "/drafts")
    actions.leave(people.nadja, people.food_waste, by=people.nadja)
    listed = page(nadja, "/drafts")
    assert line not in listed
    html = page(nadja, re.search(r'href="(/write\?draft=[0-9a-f]{32})"', listed)[1])
    assert typed(html) == "Mina egna ord" and "Halva portionen" not in html


def test_words_of_someone_signed_out_are_kept_in_the_page_and_nowhere_else(people: Cast) -> None:
    elin = client_of(people.elin, enforce_csrf_checks=True)
    html = page(elin, "/write")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
    words = {
        "key": key_on(html),
        "text": "Elva\nord <b>",
        "audience": "direct",
        "persons": [people.karin.public_id],
    }
    elin.cookies.pop(settings.SESSION_COOKIE_NAME)
    autosaved = elin.post("/drafts", {**words, "place": "new", "csrfmiddlewaretoken": token})
    assert (autosaved.status_code, autosaved.content) == (403, b"")
    kept = elin.post("/write", {**words, "do": "send", "csrfmiddlewaretoken": token})
    html = kept.content.decode()
    assert (
        kept.status_code == 403
        and typed(html) == "Elva\nord &lt;b&gt;"
        and "no-store" in kept["Cache-Control"]
    )
    assert "?next=/write" in html or "?next=%2Fwrite" in html
    assert Draft.objects.count() == 0 and Share.everything.count() == 0
    # She signs in beside the page, which gives the browser a new token, and goes on from the page she has.
    old = re.findall(r'<form method="post" action="/write" id="kept">.*?</form>', html, re.S)[0]
    elin.force_login(Account.objects.get(person=people.elin))
    elin.cookies[settings.CSRF_COOKIE_NAME] = "n" * 32
    again = elin.post("/write", {**_fields(old), "text": "Elva\nord <b>", "do": "go-on"})
    html = again.content.decode()
    assert "Your words are here" in html and "You have signed in again" in html
    fresh = re.findall(r'<form method="post" action="/write" id="kept">.*?</form>', html, re.S)[0]
    back = elin.post("/write", {**_fields(fresh), "text": "Elva\nord <b>", "do": "go-on"})
    html = back.content.decode()
    assert back.status_code == 200 and typed(html) == "Elva\nord &lt;b&gt;" and "Send to Karin" in html
    assert re.search(rf'value="{people.karin.public_id}"[^>]*checked', html)


def _fields(form: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def test_an_answer_and_a_revision_are_kept_too_when_signed_out(people: Cast) -> None:
    _, line = address_of(letter("Tänk om.", people.elin, people.karin))
    for below in ("answers", "revisions"):
        kept = Client(headers={"accept-language": "en"}).post(
            f"/lines/{line}/{below}", {"text": "Mina ord", "do": "send"}
        )
        html = kept.content.decode()
        assert kept.status_code == 403 and typed(html) == "Mina ord" and "Tänk om" not in html
        assert f'action="/lines/{line}/{below}"' in html


def test_a_form_without_words_and_token_is_refused_plainly(people: Cast) -> None:
    elin = client_of(people.elin, enforce_csrf_checks=True)
    assert elin.post(f"/drafts/{'0' * 32}/removal").status_code == 403
