"""Proposing, answering and choosing in the browser: each sees what is theirs, and strangers find nothing."""

import re

import pytest
from django.test import Client

from communis.conversations.contributing import contribute
from communis.conversations.lines import address_of
from communis.journal.moments import DAY
from communis.people import actions
from communis.people.models import Circle
from communis.widening.completing import open_due, remind_and_end
from communis.widening.models import Consent
from tests.cast import Cast
from tests.clock import Clock
from tests.web.answers import RANDOM, shape
from tests.web.forms import client_of, key_on, page
from tests.widening.test_widening import Letter


@pytest.fixture
def told(people: Cast, clock: Clock) -> Letter:
    return Letter(people)


def proposed(told: Letter, client: Client, **fields: str) -> str:
    address = f"/conversations/{told.conversation}/widenings"
    html = page(client, address)
    lines = re.findall(r'name="lines" value="(\w+)"', html)
    answer = client.post(
        address,
        {
            "key": key_on(html),
            "audience": "organisation",
            "reason": "Fler borde läsa det.",
            "days": "14",
            "lines": lines,
            **fields,
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def answered(client: Client, address: str, *ways: str, **fields: str) -> str:
    """The ways for one's contributions in order; returns the page after."""
    html = page(client, address)
    lines = re.findall(r'name="way-(\w+)" value="yes"', html)
    form = {"key": key_on(html), "do": "answer", **fields}
    for line, way in zip(lines, ways, strict=True):
        form[f"way-{line}"] = way
        form[f"page-{line}"] = re.search(rf'name="page-{line}" value="(\w+)"', html)[1]
        for name in ("text", "day", "event"):
            if name in fields:
                form[f"{name}-{line}"] = fields[name]
    answer = client.post(address, form)
    return str(answer.content.decode()) if answer.status_code != 302 else page(client, address)


def test_from_private_to_all_employees(told: Letter, people: Cast, clock: Clock) -> None:
    karin, elin, amina = client_of(people.karin), client_of(people.elin), client_of(people.amina)
    assert "Propose to open" in page(karin, f"/conversations/{told.conversation}")
    address = proposed(told, karin)
    clock.news()
    assert address in page(elin, "/for-you") and address not in page(karin, "/for-you")
    html = page(elin, address)
    assert "Karin Sundvall wants to show this to all employees" in html
    assert html.count('value="no" checked') == 2 and "Vem täcker upp?" in html
    html = answered(elin, address, "unnamed", "no")
    assert 'value="unnamed" checked' in html
    frame = html.split('class="frame"')[1].split("<fieldset")[0]
    assert "Tänk om vi satt hos" in frame and "Elin" not in frame
    assert "Wait. You choose when everyone has said yes" in page(karin, address)
    clock.forward(14 * DAY)
    remind_and_end()
    clock.news()
    assert "can be opened" in page(karin, "/for-you")
    html = page(karin, address)
    assert "This can be opened now. The rest stays." in html
    assert "Vi behöver vikarier." not in html.split('id="choice"')[1].split("novalidate")[0]
    assert karin.post(address, {"key": key_on(html), "do": "open"}).status_code == 302
    clock.news()
    assert "will be opened" in page(elin, "/for-you")
    assert "This is what opens" in page(elin, address)
    assert amina.get(f"/conversations/{told.conversation}").status_code == 404
    clock.forward(DAY)
    assert open_due() == 2
    html = page(amina, f"/conversations/{told.conversation}")
    assert (
        "Tänk om vi satt hos" in html
        and "Elin" not in html
        and "Unnamed" in html
        and "Vi behöver" not in html
    )
    # And back again.
    line = address_of(told.idea)[1]
    html = page(elin, f"/lines/{line}/narrowings")
    which = re.search(r'name="which" value="(\w+)"', html)[1]
    assert elin.post(f"/lines/{line}/narrowings", {"which": which, "do": "narrow"}).status_code == 302
    assert amina.get(f"/conversations/{told.conversation}").status_code == 404


def test_the_page_can_be_tried_before_answering(told: Letter, people: Cast) -> None:
    address = proposed(told, client_of(people.karin))
    elin = client_of(people.elin)
    html = answered(elin, address, "words", "later", do="show", text="Byt plats en dag.", day="2030-01-01")
    assert "<p>Byt plats en dag.</p>" in html and 'value="2030-01-01"' in html
    assert 'value="no" checked' not in html
    # Nothing was answered.
    assert page(elin, address).count('value="no" checked') == 2


def test_what_it_waits_for_is_on_her_page_alone_and_pressed_there(
    told: Letter, people: Cast, clock: Clock
) -> None:
    karin, elin, amina = client_of(people.karin), client_of(people.elin), client_of(people.amina)
    address = proposed(told, karin)
    html = answered(elin, address, "yes", "after", event="avtalet är  påskrivet")
    assert 'value="after" checked' in html and "You wait for: avtalet är påskrivet" in html
    clock.forward(14 * DAY)
    html = page(karin, address)
    assert "påskrivet" not in html and "Now it has happened" not in html and "opens later" not in html
    karin.post(address, {"key": key_on(html), "do": "open"})
    clock.forward(DAY)
    assert open_due() == 2
    assert "Let everything be" not in page(karin, address)
    html = page(elin, address)
    waiting = html.split('id="waiting"')[1].split("</section>")[0]
    line = re.search(r'name="line" value="(\w+)"', waiting)[1]
    assert karin.post(address, {"do": "happened", "line": line}).status_code == 404
    answer = elin.post(address, {"key": key_on(waiting), "do": "happened", "line": line}, follow=True)
    html = answer.content.decode()
    assert "From now on your answer counts as a yes." in html and 'id="waiting"' not in html
    assert "It opens" in html and "This is what opens" in html
    html = page(karin, address)
    assert "It opens" in html and "påskrivet" not in html
    clock.forward(DAY)
    assert open_due() == 2
    assert "Vi behöver vikarier." in page(amina, f"/conversations/{told.conversation}")


@pytest.mark.parametrize(
    ("way", "fields", "said"),
    [
        ("words", {"text": " "}, "Write the words you want to show instead."),
        ("later", {"day": "snart"}, "Write the day before which it stays here"),
        ("x", {}, "Choose one of the six answers."),
        ("after", {"event": " "}, "Write what has to happen first."),
        ("after", {"event": "x" * 141}, "Say in at most 140 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(
    told: Letter, people: Cast, way: str, fields: dict[str, str], said: str
) -> None:
    address = proposed(told, client_of(people.karin))
    html = answered(client_of(people.elin), address, way, "yes", **fields)
    assert said in html and 'value="yes" checked' in html


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": " "}, "Say in a sentence or two"),
        ({"days": "0"}, "from 1 to 60 days"),
        ({"days": "x"}, "from 1 to 60"),
        ({"audience": "circle", "circle": RANDOM}, "Choose which circle"),
        ({"audience": "x"}, "Choose a circle, all employees or anyone."),
        ({"lines": RANDOM}, "There is nothing here"),
    ],
)
def test_a_proposal_that_cannot_be_made_is_given_back(
    told: Letter, people: Cast, fields: dict[str, str], said: str
) -> None:
    karin = client_of(people.karin)
    address = f"/conversations/{told.conversation}/widenings"
    form = {"audience": "organisation", "reason": "Fler.", "days": "14", "lines": [address_of(told.idea)[1]]}
    answer = karin.post(address, {**form, **fields})
    html = answer.content.decode()
    assert answer.status_code == 422 and said in html and ("Fler." in html or "reason" in fields)


def test_a_strangers_page_is_missing(told: Letter, people: Cast) -> None:
    address = proposed(told, client_of(people.karin))
    amina = client_of(people.amina)
    for path in (address, f"/conversations/{told.conversation}/widenings"):
        asked = path.split("/")[2]
        missing = path.replace(asked, RANDOM)
        assert shape(amina.get(path), asked) == shape(amina.get(missing), RANDOM)
        assert shape(amina.post(path), asked) == shape(amina.post(missing), RANDOM)
    assert address not in page(amina, "/widenings")


@pytest.mark.parametrize("audience", ["organisation", "public"])
def test_one_line_says_what_kind_of_record_it_is(told: Letter, people: Cast, audience: str) -> None:
    """To all employees that line and no warning; to anyone both (rulings, Opening)."""
    html = page(client_of(people.elin), proposed(told, client_of(people.karin), audience=audience))
    assert html.count("Anyone can ask the organisation for this conversation already today.") == 1
    assert html.count("This goes outside the organisation.") == (audience == "public")


@pytest.mark.parametrize(("to", "said"), [("food_waste", True), ("management", False)])
def test_another_authority_among_the_readers_is_said(told: Letter, people: Cast, to: str, said: bool) -> None:
    """D5: what crosses the border becomes an official document; between one's own it does not."""
    Circle.everything.filter(id=people.food_waste.id).update(authority="Åvinge Fastigheter AB")
    Circle.everything.filter(id=people.management.id).update(authority="Åvinge kommun")
    actions.let_in(people.elin, people.management, by=people.karin)
    actions.let_in(people.karin, people.food_waste, by=people.amina)
    circle = getattr(people, to).public_id
    address = proposed(told, client_of(people.karin), audience="circle", circle=circle)
    html = page(client_of(people.elin), address)
    assert ("belong to another authority or company." in html) == said


def test_the_word_for_consent_is_never_samtycke(told: Letter, people: Cast) -> None:
    """D33."""
    address = proposed(told, client_of(people.karin))
    elin = client_of(
        people.elin,
    )
    elin.defaults["HTTP_ACCEPT_LANGUAGE"] = "sv"
    assert "samtyck" not in page(elin, address).casefold()


def test_what_the_check_finds_is_said_and_a_personal_number_stops(told: Letter, people: Cast) -> None:
    contribute(address_of(told.idea)[1], "Fråga Amina Warsame, 19961020-2385.", by=people.elin)
    address = proposed(told, client_of(people.karin), audience="public")
    elin = client_of(people.elin)
    html = page(elin, address)
    assert "Before you answer" in html and "<q>Amina Warsame</q>" in html and "<q>19961020-2385</q>" in html
    html = answered(elin, address, "yes", "yes", "yes")
    assert "Thank you" not in html and html.count('value="yes" checked') == 3
    assert not Consent.everything.filter(person_id=people.elin.id, way=Consent.Way.YES).exists()
    html = answered(elin, address, "yes", "yes", "no")
    assert "Thank you" in html and html.count('value="yes" checked') == 2


def test_a_name_is_masked_with_one_press_or_stays(told: Letter, people: Cast) -> None:
    """The masked words become the words of that answer, in the frame at once; nothing is answered by the press."""
    contribute(address_of(told.idea)[1], "Fråga **Amina Warsame** först.", by=people.elin)
    address, elin = proposed(told, client_of(people.karin)), client_of(people.elin)
    html = page(elin, address)
    which = re.search(r'name="mask" value="(\w+)\.(\w+)">Write “a colleague” instead', html)
    form = {f"way-{line}": "no" for line in re.findall(r'name="way-(\w+)" value="yes"', html)}
    kept = elin.post(address, {**form, "leave": ".".join(which.groups())}).content.decode()
    assert "It stays as it stands." in kept and "instead</button>" not in kept
    html = elin.post(address, {**form, "mask": ".".join(which.groups())}).content.decode()
    assert "<p>Fråga <strong>a colleague</strong> först.</p>" in html.split("<fieldset")[-2]
    assert "Fråga **a colleague** först.</textarea>" in html and "<q>Amina" not in html
    assert f'name="way-{which[1]}" value="words" checked' in html
    assert not Consent.everything.filter(way=Consent.Way.OTHER_WORDS).exists()
    html = answered(elin, address, "no", "no", "words", text="Fråga **a colleague** först.")
    assert "Thank you" in html
    assert Consent.everything.get(way=Consent.Way.OTHER_WORDS).text == "Fråga **a colleague** först."
