"""The pages: signed in until the key is given, and nobody from there on, with and without JavaScript."""

import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from communis.behind_the_scenes.keys import Given
from communis.behind_the_scenes.models import Waiting
from communis.behind_the_scenes.release import release
from communis.conversations.contributing import contribute, start
from communis.conversations.drafting import save_draft
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Contribution
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import new_code
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.web import wrong_receipts
from communis.web.without_cookie import PATHS
from communis.widening.proposing import propose
from tests.behind_the_scenes.unit import ORIGIN, Unit
from tests.clock import Clock
from tests.web.forms import client_of

BEGIN, WORDS, RECEIPT = "/behind-the-scenes", "/behind-the-scenes/words", "/receipt"


@pytest.fixture
def unit(db: None, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Unit:
    monkeypatch.setattr("communis.behind_the_scenes.keys.given", Given())
    monkeypatch.setattr(wrong_receipts, "counted", wrong_receipts.Counted())
    unit = Unit(clock)
    unit.morning()
    return unit


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, f"no field {name}"
    return found[1]


def form_for(client: Client, **place: str) -> dict[str, str]:
    """What the form to write on holds, once the place is chosen."""
    html = client.post(BEGIN, place).content.decode()
    return {"key": field(html, "key"), "text": ORIGIN, "opens_to": "0", "receipt": ""}


def receipt_on(html: str) -> str:
    found = re.search(r'<p class="code">([0-9A-Z-]+)</p>', html)
    assert found is not None
    return found[1]


def nobody(**more: Any) -> Client:
    return Client(headers={"accept-language": "en"}, **more)


def opened(code: str, **form: str) -> str:
    answer = nobody().post(RECEIPT, {"code": code, **form})
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def test_the_two_pages_are_those_the_outermost_layer_knows() -> None:
    assert {reverse("behind-the-scenes-words"), reverse("receipt")} == PATHS


def test_from_the_place_to_the_receipt_and_back(unit: Unit) -> None:
    author = client_of(unit.members[0])
    html = author.get(BEGIN).content.decode()
    assert "Hemtjänst Norr" in html and "All employees" in html
    html = author.get(BEGIN, {"where": unit.circle.public_id}).content.decode()
    assert "any of 9 people there" in html and "Johan Åkerlind" in html and "Is someone asked?" in html
    form = form_for(author, where=unit.circle.public_id, asked=unit.manager.public_id)
    # Without JavaScript the browser sends its cookie along; here nothing looks at it.
    answer = author.post(WORDS, form)
    assert answer.status_code == 200 and not answer.cookies
    assert answer["Cache-Control"] == "no-store, private"
    html = answer.content.decode()
    assert "Kept. Your words appear today at noon." in html and "receipt-picture" in html
    code = receipt_on(html)
    assert receipt_on(author.post(WORDS, form).content.decode()) == code
    waiting = opened(code)
    assert ORIGIN in waiting and "It appears today at noon." in waiting
    unit.noon()
    release()
    reply = contribute(unit.line(), "Vilka sträckor?", by=unit.manager)
    html = client_of(unit.manager).get(f"/lines/{unit.line()}", follow=True).content.decode()
    assert "Behind the scenes" in html
    html = client_of(unit.manager).get(f"/conversations/{address_of(reply)[0]}").content.decode()
    assert "One of 8 in Hemtjänst Norr, not Johan Åkerlind. The day, not the time." in html
    html = opened(code)
    assert "Vilka sträckor?" in html and "One of 8 in Hemtjänst Norr" in html
    line = address_of(reply)[1]
    assert "tomorrow at noon" in opened(code, do="answer", line=line, text="Kyrkvägen.")
    assert "Changed." in opened(code, do="open-to", opens_to="3")
    own = unit.line()
    assert "Taken back." in opened(code, do="take-back", line=own)
    burnt = opened(code, do="burn", sure="yes")
    assert "Burnt." in burnt
    assert nobody().post(RECEIPT, {"code": code}).status_code == 422


def test_a_receipt_of_the_browser_is_the_one_that_is_shown(unit: Unit) -> None:
    form = form_for(client_of(unit.members[0]), where=unit.circle.public_id)
    form["receipt"] = new_code()
    assert receipt_on(nobody().post(WORDS, form).content.decode()) == form["receipt"]


def test_no_cookie_no_session_and_no_sign_in_come_in(unit: Unit) -> None:
    author = client_of(unit.members[0])
    for path in PATHS:
        answer = author.get(path)
        assert not answer.cookies and "Medarbetare 0" not in answer.content.decode()
        assert "csrfmiddlewaretoken" not in answer.content.decode()
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    form = form_for(author, where=unit.circle.public_id)
    assert strict.post(WORDS, form).status_code == 200
    assert answer.wsgi_request.META.keys().isdisjoint({"REMOTE_ADDR", "HTTP_REFERER", "HTTP_USER_AGENT"})


def test_only_the_language_stays_of_the_cookies(unit: Unit, settings) -> None:
    author = client_of(unit.members[0])
    author.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = author.get(RECEIPT, headers={"accept-language": "sv"})
    assert "What does your receipt open?" in answer.content.decode()
    assert answer.wsgi_request.COOKIES == {settings.LANGUAGE_COOKIE_NAME: "en"}
    author.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv; x=1"
    assert author.get(RECEIPT).wsgi_request.COOKIES in ({}, {settings.LANGUAGE_COOKIE_NAME: "sv"})


def test_both_ways_leave_the_same(unit: Unit) -> None:
    """With the cookie dropped and without any cookie: not one byte of the answer or of the row differs in kind."""
    author = client_of(unit.members[0])
    pages = []
    for sender in (author, nobody()):
        form = {**form_for(author, where=unit.circle.public_id), "receipt": new_code()}
        answer = sender.post(WORDS, form)
        body = answer.content.decode().replace(form["receipt"], "")
        body = re.sub(r"<path.*?/>", "", body, flags=re.DOTALL)
        pages.append((answer.status_code, dict(answer.headers), body))
    assert pages[0][0] == pages[1][0] == 200 and pages[0][2] == pages[1][2]
    one, other = Waiting.everything.values("what", "day", "text", "crowd", "asked_id", "line_id", "opens_to")
    assert one == other


def test_what_is_refused_gives_the_words_back(unit: Unit) -> None:
    author = client_of(unit.members[0])
    form = form_for(author, where=unit.circle.public_id)
    for wrong in ({"opens_to": "2"}, {"opens_to": "x"}, {"receipt": "ABC"}):
        answer = nobody().post(WORDS, {**form, **wrong})
        assert answer.status_code == 422 and ORIGIN in answer.content.decode()
        assert field(answer.content.decode(), "key") == form["key"]
    assert nobody().post(WORDS, {**form, "text": " "}).status_code == 422
    answer = nobody().post(WORDS, {**form, "key": "x"})
    assert answer.status_code == 422 and ORIGIN in answer.content.decode()
    unit.days(2)
    answer = nobody().post(WORDS, form)
    assert answer.status_code == 422 and "too old" in answer.content.decode()
    assert Waiting.everything.count() == 0
    assert nobody().get(WORDS).status_code == 405


def test_refusals_are_not_logged(unit: Unit, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        nobody().post(WORDS, {"key": "x", "text": ORIGIN})
        nobody().post(RECEIPT, {"code": new_code()})
    assert not [one for one in caplog.records if one.name.startswith("django.request")]


def test_the_check_before_opening_comes_before_all_employees_read(unit: Unit) -> None:
    form = form_for(client_of(unit.members[0]), where="everyone")
    form["text"] = "Ring Nadja Petrović, hon vet."
    html = nobody().post(WORDS, form).content.decode()
    assert "Before you send" in html and "<q>Nadja Petrović</q>" in html
    assert Waiting.everything.count() == 0
    looked = field(html, "looked")
    other = nobody().post(WORDS, {**form, "looked": looked, "text": "Ring Johan Åkerlind, han vet."})
    assert "Before you send" in other.content.decode()
    assert "Kept." in nobody().post(WORDS, {**form, "looked": looked}).content.decode()


def test_where_too_few_read_it_is_refused_with_the_reason(unit: Unit) -> None:
    author = client_of(unit.members[0])
    letter = start(
        Kind.IDEA, "Bara du.", by=unit.members[0], choice=Choice(Rung.DIRECT, (unit.manager.public_id,))
    )
    answer = client_of(unit.manager).get(BEGIN, {"line": address_of(letter)[1]})
    assert answer.status_code == 422 and "so few" in answer.content.decode()
    missing = author.get(BEGIN, {"line": "5" * 32})
    hidden = client_of(unit.outsider).get(BEGIN, {"line": address_of(letter)[1]})
    assert missing.status_code == hidden.status_code == 404
    assert client_of(unit.outsider).get(BEGIN, {"where": unit.circle.public_id}).status_code == 404


def test_it_says_that_a_draft_cannot_go_this_way(unit: Unit) -> None:
    author = client_of(unit.members[0])
    assert "begun a draft" not in author.get(BEGIN, {"where": "everyone"}).content.decode()
    save_draft("new", ORIGIN, by=unit.members[0])
    assert "begun a draft" in author.get(BEGIN, {"where": "everyone"}).content.decode()


def test_signed_out_one_is_sent_to_sign_in(unit: Unit) -> None:
    assert nobody().get(BEGIN).status_code == 302
    assert nobody().post(BEGIN, {"where": "everyone"}).status_code == 302


def test_turned_off_it_is_not_there(unit: Unit, settings) -> None:
    settings.BEHIND_THE_SCENES = False
    assert client_of(unit.members[0]).get(BEGIN).status_code == 404
    # Receipts of before still open what they opened.
    assert nobody().get(RECEIPT).status_code == 200


def test_a_wrong_receipt_and_a_burnt_one_look_alike(unit: Unit) -> None:
    form = form_for(client_of(unit.members[0]), where=unit.circle.public_id)
    code = receipt_on(nobody().post(WORDS, form).content.decode())
    unit.noon()
    release()
    opened(code, do="burn", sure="yes")
    answers = []
    for one in (code, new_code()):
        answer = nobody().post(RECEIPT, {"code": one, "do": "open"})
        answers.append((answer.status_code, answer.content.decode().replace(one, "")))
    assert answers[0] == answers[1] and answers[0][0] == 422
    assert "28 letters" in nobody().post(RECEIPT, {"code": "ABC"}).content.decode()
    assert "burn" not in nobody().get(RECEIPT).content.decode().casefold()


def test_burning_wants_to_be_sure(unit: Unit) -> None:
    form = form_for(client_of(unit.members[0]), where=unit.circle.public_id)
    code = receipt_on(nobody().post(WORDS, form).content.decode())
    assert nobody().post(RECEIPT, {"code": code, "do": "burn"}).status_code == 422
    opened(code)


def test_many_wrong_receipts_are_slowed_and_a_right_one_is_not(unit: Unit) -> None:
    form = form_for(client_of(unit.members[0]), where=unit.circle.public_id)
    code = receipt_on(nobody().post(WORDS, form).content.decode())
    statuses = {nobody().post(RECEIPT, {"code": new_code()}).status_code for _ in range(61)}
    assert statuses == {422, 429}
    opened(code)
    unit.clock.minutes(1)
    assert nobody().post(RECEIPT, {"code": new_code()}).status_code == 422


def test_an_answer_to_what_stands(unit: Unit) -> None:
    idea = start(Kind.IDEA, "En tanke.", by=unit.manager, choice=unit.choice)
    author = client_of(unit.members[0])
    line = address_of(idea)[1]
    html = author.get(BEGIN, {"line": line}).content.decode()
    assert "any of 8 people who read here" in html and "En tanke." in html
    receipt_on(nobody().post(WORDS, form_for(author, line=line)).content.decode())
    unit.noon()
    release()
    assert Contribution.everything.get(receipt_id__isnull=False).parent_id is not None
    html = author.get(f"/conversations/{address_of(idea)[0]}").content.decode()
    assert "One of 8 who read here. The day, not the time." in html


def test_the_page_one_writes_on_leads_there_before_a_draft(unit: Unit, settings) -> None:
    author = client_of(unit.members[0])
    way = "Begin anew there, before you write."
    idea = address_of(start(Kind.IDEA, "En tanke.", by=unit.manager, choice=unit.choice))[1]
    letter = Choice(Rung.DIRECT, (unit.members[0].public_id,))
    direct = address_of(start(Kind.IDEA, "Bara du.", by=unit.manager, choice=letter))[1]
    assert way in author.get("/write").content.decode()
    html = author.get(f"/lines/{idea}/answers").content.decode()
    assert way in html and f'href="{BEGIN}?line={idea}"' in html
    assert way not in author.get(f"/lines/{direct}/answers").content.decode()
    assert way not in author.get("/write?kind=question").content.decode()
    save_draft("new", ORIGIN, by=unit.members[0])
    html = author.get("/write").content.decode()
    assert way not in html and "Not with these words" in html
    settings.BEHIND_THE_SCENES = False
    assert way not in author.get(f"/lines/{idea}/answers").content.decode()


def test_an_opening_is_answered_on_the_page_of_the_receipt(unit: Unit) -> None:
    form = form_for(client_of(unit.members[0]), where=unit.circle.public_id)
    code = receipt_on(nobody().post(WORDS, form).content.decode())
    unit.noon()
    release()
    conversation = line_seen(unit.line(), viewer_for(unit.manager.id)).conversation_public_id
    widening = propose(conversation, Choice(Rung.ORGANISATION), "Fler borde läsa.", by=unit.manager)
    html = opened(code)
    assert "Johan Åkerlind wants to show this to all employees" in html and "Fler borde läsa." in html
    answer = {"do": "consent", "widening": widening, "seen": field(html, "seen")}
    assert nobody().post(RECEIPT, {"code": code, **answer}).status_code == 422
    html = opened(code, **answer, way="yes")
    assert "Nobody is told how you answered." in html
    assert re.search(r'name="way" value="yes" checked', html)
    html = opened(code, **answer, way="no")
    assert re.search(r'name="way" value="no" checked', html)
    # Who proposed it sees neither.
    seen = client_of(unit.manager).get(f"/widenings/{widening}").content.decode()
    assert "Nobody is told how anyone has answered." in seen
