"""Signing in and out, kept mails, and the demonstration's own way in."""

import re
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

from communis.people import actions
from communis.people.accounts import Account
from communis.people.models import Person
from tests.cast import Cast


def code_in(message: object) -> str:
    found = re.search(r"^\s*(\d{6})\s*$", str(message.body), re.MULTILINE)
    assert found is not None
    return found.group(1)


def sign_in(client: Client, email: str, back: str = "") -> object:
    page = client.post("/sign-in", {"email": email, "next": back})
    return client.post(page.url, {"code": code_in(mail.outbox[-1]), "next": back})


def shape(page: object) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and bytes, without what is random in any two answers."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page.content)
    body = re.sub(rb"\w+@avinge.example", b"", body)
    headers = {name: value for name, value in page.headers.items() if name != "Expires"}
    return page.status_code, headers, body


def test_a_code_by_mail_signs_in_and_leads_back(people: Cast) -> None:
    client = Client()
    sent_away = client.get("/you")
    assert sent_away.url == "/sign-in?next=%2Fyou"
    form = client.get(sent_away.url).content.decode()
    assert 'name="next" value="/you"' in form and "password" not in form.replace("no password", "")
    asked = client.post("/sign-in", {"email": "Elin@avinge.example", "next": "/you"})
    assert asked.url == "/sign-in/code?next=%2Fyou"
    page = client.get(asked.url).content.decode()
    assert 'inputmode="numeric"' in page and 'autocomplete="one-time-code"' in page
    before = client.session.session_key
    (message,) = mail.outbox
    assert message.to == ["elin@avinge.example"]
    done = client.post(asked.url, {"code": code_in(message), "next": "/you"})
    assert done.url == "/you"
    assert client.session.session_key != before
    assert client.get("/records").wsgi_request.person.name == "Elin Forsgren"


def test_nobody_is_led_to_another_site(people: Cast) -> None:
    assert sign_in(Client(), "elin@avinge.example", "https://evil.example/").url == "/"


def test_known_unknown_and_closed_addresses_answer_alike(people: Cast) -> None:
    seen = []
    for address in ("karin@avinge.example", "ingen@avinge.example", "stina@avinge.example"):
        client = Client()
        asked = client.post("/sign-in", {"email": address})
        page = client.get(asked.url)
        wrong = client.post(asked.url, {"code": "000000"})
        seen.append([shape(asked), shape(page), shape(wrong), sorted(client.cookies)])
    assert seen[0] == seen[1] == seen[2]
    assert len(mail.outbox) == 3
    assert [bool(re.search(r"\d{6}", message.body)) for message in mail.outbox] == [True, False, False]


def test_three_wrong_codes_end_the_code_and_keep_the_way_back(people: Cast) -> None:
    client = Client()
    asked = client.post("/sign-in", {"email": "elin@avinge.example", "next": "/you"})
    right = code_in(mail.outbox[-1])
    wrong = "111111" if right != "111111" else "222222"
    for _ in range(2):
        page = client.post(asked.url, {"code": wrong, "next": "/you"})
        assert page.status_code == 200 and 'class="fault"' in page.content.decode()
    assert client.post(asked.url, {"code": wrong, "next": "/you"}).url == "/sign-in?next=%2Fyou"
    late = client.post(asked.url, {"code": right, "next": "/you"})
    assert late.url == "/sign-in?next=%2Fyou"
    assert client.get("/records").wsgi_request.person is None


def test_codes_are_not_sent_without_end_from_whichever_worker(people: Cast) -> None:
    from django.core.cache import cache

    for address in ("elin@avinge.example", "nobody@avinge.example"):
        for _ in range(5):
            assert Client().post("/sign-in", {"email": address}).status_code == 302
        refused = Client().post("/sign-in", {"email": address})
        assert refused.status_code == 200 and 'class="fault"' in refused.content.decode()
        assert f'value="{address}"' in refused.content.decode()
    assert len(mail.outbox) == 10
    assert type(cache._connections["default"]).__name__ == "DatabaseCache"


def test_a_session_ends_when_it_was_to_end_whatever_was_done_meanwhile(people: Cast) -> None:
    client = Client()
    sign_in(client, "elin@avinge.example")
    ends = client.session.get_expiry_date()
    session = client.session
    session["touched"] = True
    session.save()
    assert client.session.get_expiry_date() == ends


def test_signing_out_is_a_post_that_empties_the_browser_and_the_session(people: Cast) -> None:
    client = Client()
    sign_in(client, "elin@avinge.example")
    key = client.session.session_key
    assert client.get("/sign-out").status_code == 405
    assert client.get("/records").wsgi_request.person is not None
    out = client.post("/sign-out")
    assert out["Clear-Site-Data"] == '"cache", "storage"'
    stolen = Client()
    stolen.cookies["session"] = key
    assert stolen.get("/records").wsgi_request.person is None
    assert client.get("/you").status_code == 302


def test_forged_sign_in_and_sign_out_are_refused(people: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in", {"email": "elin@avinge.example"}).status_code == 403
    assert client.post("/sign-out").status_code == 403


def test_a_closed_sign_in_is_out_on_the_next_request_and_stays_out(people: Cast) -> None:
    client = Client()
    sign_in(client, "elin@avinge.example")
    actions.close_sign_in(people.elin, by=people.leyla)
    assert client.get("/records").wsgi_request.person is None
    assert client.get("/you").status_code == 302
    actions.open_sign_in(people.elin, by=people.leyla)
    # The session of before has ended; a new code is needed.
    assert client.get("/records").wsgi_request.person is None
    sign_in(client, "elin@avinge.example")
    assert client.get("/records").wsgi_request.person is not None


def test_a_code_asked_for_before_the_sign_in_was_closed_does_not_work(people: Cast) -> None:
    client = Client()
    asked = client.post("/sign-in", {"email": "elin@avinge.example"})
    actions.close_sign_in(people.elin, by=people.leyla)
    client.post(asked.url, {"code": code_in(mail.outbox[-1])})
    assert client.get("/records").wsgi_request.person is None


def test_signing_in_as_another_leaves_nothing_of_the_first(people: Cast) -> None:
    client = Client()
    sign_in(client, "elin@avinge.example")
    session = client.session
    session["left behind"] = "hers"
    session.save()
    client.post("/sign-out")
    sign_in(client, "karin@avinge.example")
    assert "left behind" not in client.session


def test_the_language_is_the_persons_own(people: Cast) -> None:
    client = Client()
    sign_in(client, "elin@avinge.example")
    assert client.cookies["language"].value == "sv"
    client.post("/language", {"language": "en", "next": "/records"})
    assert Person.everything.get(id=people.elin.id).language == "en"
    other = Client()
    sign_in(other, "elin@avinge.example")
    assert other.cookies["language"].value == "en"


def test_no_sign_up_and_no_passwords(people: Cast) -> None:
    assert (
        "<form"
        not in Client()
        .get("/sign-in/without-invitation")
        .content.decode()
        .split("<main")[1]
        .split("</main")[0]
    )
    assert not any(account.has_usable_password() for account in Account.objects.all())


@pytest.fixture
def demonstration(settings, tmp_path: Path):
    settings.DEMONSTRATION = settings.DEVELOPMENT = True
    settings.DATA = tmp_path
    return settings


LOCAL = {"HTTP_HOST": "localhost:8000"}


def test_mails_are_kept_and_shown_newest_first_on_this_machine_only(people: Cast, demonstration) -> None:
    demonstration.EMAIL_BACKEND = "communis.people.mail_folder.MailFolder"
    for address in ("elin@avinge.example", "karin@avinge.example"):
        Client().post("/sign-in", {"email": address})
    page = Client().get("/mails", **LOCAL).content.decode()
    assert 0 < page.index("karin@avinge.example") < page.index("elin@avinge.example")
    assert len(re.findall(r"\b\d{6}\b", page)) == 2
    assert Client().get("/mails").status_code == 404
    assert Client().get("/mails", REMOTE_ADDR="192.0.2.7", **LOCAL).status_code == 404
    demonstration.DEVELOPMENT = False
    assert Client().get("/mails", **LOCAL).status_code == 404


def test_try_as_signs_in_on_this_machine_only(people: Cast, demonstration) -> None:
    page = Client().get("/try", **LOCAL).content.decode()
    assert "Elin Forsgren" in page and "Leyla Demir" not in page
    client = Client()
    assert client.post("/try", {"who": "elin"}, **LOCAL).status_code == 302
    assert client.get("/records", **LOCAL).wsgi_request.person.name == "Elin Forsgren"
    by_link = Client()
    assert by_link.get("/try/karin", **LOCAL)["Location"] == "/"
    assert by_link.get("/records", **LOCAL).wsgi_request.person.name == "Karin Sundvall"
    for refused in ({"HTTP_HOST": "testserver"}, LOCAL | {"REMOTE_ADDR": "192.0.2.7"}):
        other = Client()
        assert other.get("/try", **refused).status_code == 404
        assert other.post("/try", {"who": "elin"}, **refused).status_code == 404
        assert other.get("/try/elin", **refused).status_code == 404
        assert other.get("/records", **LOCAL).wsgi_request.person is None
    for nobody in ("leyla", "vera", "elin@avinge.example", ""):
        assert Client().post("/try", {"who": nobody}, **LOCAL).status_code == 404
        assert not nobody or Client().get(f"/try/{nobody}", **LOCAL).status_code == 404


def test_try_as_is_not_there_outside_the_demonstration(people: Cast, settings) -> None:
    settings.DEMONSTRATION = False
    client = Client()
    assert client.get("/try", **LOCAL).status_code == 404
    assert client.post("/try", {"who": "elin"}, **LOCAL).status_code == 404
    assert client.get("/try/elin", **LOCAL).status_code == 404
    assert client.get("/records", **LOCAL).wsgi_request.person is None
