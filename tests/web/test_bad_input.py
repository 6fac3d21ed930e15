"""Whatever is sent to a form: no fault, the field is named, it says what to do, and nothing typed is lost."""

from html import escape
from urllib.parse import urlencode

import pytest

from communis.conversations.lines import address_of
from communis.conversations.models import Share
from communis.people.models import Circle, Person
from tests.cast import Cast, letter
from tests.web.forms import client_of, key_on, page

NUL = "Ord\x00slut"
LONG = "å" * 100_001

Case = tuple[str, str, dict[str, str]]


def cases(people: Cast) -> dict[str, Case]:
    """Who sends what where. Fields that are not tried here are as they should be."""
    _, line = address_of(letter("Tänk om.", people.elin, people.karin))
    circle = people.food_waste.public_id
    return {
        "write": ("elin", "/write", {"text": "Ord", "audience": "organisation", "do": "send"}),
        "thoughts": ("elin", "/thoughts", {"text": "Ord"}),
        "question": (
            "elin",
            "/write?kind=question",
            {
                "text": "Ord",
                "kind": "question",
                "audience": "organisation",
                "level": "1",
                "scope": "Ord",
                "do": "send",
            },
        ),
        "answer": ("karin", f"/lines/{line}/answers", {"text": "Ord", "audience": "same", "do": "send"}),
        "revise": ("elin", f"/lines/{line}/revisions", {"text": "Ord", "way": "edit", "do": "send"}),
        "own-page": ("elin", "/you", {"name": "Elin", "about": "Ord"}),
        "found": ("amina", "/circles/new", {"name": "Ord", "purpose": "Ord", "sight": "2", "history": "no"}),
        "change": ("amina", f"/circles/{circle}/changes", {"name": "Ord", "purpose": "Ord", "sight": "2"}),
        "let-in": ("amina", f"/circles/{circle}/members", {"q": "Ord", "person": "ord"}),
        "invite": ("leyla", "/stewards/people", {"name": "Ord", "email": "ord@avinge.example"}),
        "role": ("leyla", f"/stewards/people/{people.karin.public_id}", {"do": "role", "title": "Ord"}),
        "import": ("leyla", "/imports", {"name": "Ord"}),
    }


NAMES = ["write", "thoughts", "question", "answer", "revise", "own-page", "found", "change", "let-in"]
NAMES += ["invite", "role", "import"]


@pytest.mark.parametrize(
    "bad", [NUL, LONG, "\ud83d", "   "], ids=["nul", "long", "half-a-character", "blank"]
)
@pytest.mark.parametrize("name", NAMES)
def test_any_field_of_any_form(people: Cast, name: str, bad: str) -> None:
    who, address, fields = cases(people)[name]
    client = client_of(getattr(people, who))
    for field in fields.keys() - {"do", "audience", "level", "way", "sight", "history", "kind"}:
        before = counted()
        got = client.get(address.replace("/thoughts", "/"))
        key = {"key": key_on(got.content.decode())} if b'name="key"' in got.content else {}
        sent = {**fields, **key, field: bad}
        body = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in sent.items()})
        answer = client.post(address, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 302, 422), (field, answer.status_code)
        if answer.status_code == 302:
            # Taken: what a text cannot hold was left out, the rest is there.
            assert bad != LONG, field
            continue
        html = answer.content.decode()
        assert 'class="fault' in html or 'class="said' in html, field
        assert counted() == before, field
        for other, value in fields.items():
            if other != field and other in ("text", "scope", "name", "purpose", "about", "email"):
                assert escape(value) in html, (field, other)
        if bad == LONG and field in ("text", "scope", "purpose", "about"):
            assert bad in html, field


def counted() -> tuple[int, int, int]:
    return Share.everything.count(), Person.everything.count(), Circle.everything.count()


@pytest.mark.parametrize("day", ["31.3.2026", "2026-02-30", "igår", "99999-01-01"])
def test_a_day_that_is_none(people: Cast, day: str) -> None:
    client = client_of(people.elin)
    asked = {"kind": "question", "audience": "organisation", "level": "1", "scope": "Färgen", "text": "Hur?"}
    key = key_on(page(client, "/write?kind=question"))
    answer = client.post("/write?kind=question", {**asked, "answer_by": day, "key": key, "do": "send"})
    html = answer.content.decode()
    assert answer.status_code == 422 and "Write the day like this" in html
    assert "Hur?" in html and "Färgen" in html
    assert Share.everything.count() == 0


@pytest.mark.parametrize(
    "query", ["draft", "to", "circle", "q", "words", "since", "after", "part", "sent", "kept"]
)
def test_a_query_with_a_character_that_nothing_can_keep(people: Cast, query: str) -> None:
    _, line = address_of(letter("Tänk om.", people.elin, people.karin))
    client = client_of(people.elin)
    for address in ("/write", "/", "/people", "/murmur", "/questions", f"/lines/{line}/answers", "/for-you"):
        assert client.get(f"{address}?{query}=a%00b").status_code in (200, 404), address


def test_no_address_has_that_character(people: Cast) -> None:
    client = client_of(people.leyla)
    _, line = address_of(letter("Tänk om.", people.leyla, people.karin))
    for address in (f"/lines/{line}/files/1%00", "/stewards/people/a%00b", "/imports/a%00b", "/%00"):
        assert client.get(address).status_code == 404, address
