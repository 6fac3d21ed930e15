"""The pages about the place itself: records, personal data, words, accessibility and help."""

from datetime import date
from functools import cache

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.test import Client
from django.utils import translation

from communis.conversations.kinds import Kind, Level, Sign
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.accounts import Account
from communis.people.models import Person
from communis.web.glossary import WORDS, words
from communis.web.personal_data import KEPT, NOTHING_ABOUT_PEOPLE, columns
from tests.cast import Cast
from tests.test_plain_words import PACKAGE, in_module, in_swedish, in_template
from tests.web.forms import client_of, page

pytestmark = pytest.mark.django_db

PAGES = [
    "/records",
    "/privacy",
    "/words",
    "/accessibility",
    "/help",
    "/help/writing",
    "/help/answering",
    "/help/stewards",
    "/help/registrars",
]


def said(address: str, language: str = "sv") -> str:
    answer = Client(headers={"accept-language": language}).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_anyone_can_read_it_and_it_is_reached_from_every_page(people: Cast, address: str) -> None:
    assert said(address)
    footer = said("/").split('<footer class="site">')[1]
    ways = footer + said("/help")
    assert f'href="{address}"' in ways


def test_help_stands_where_it_is_needed(people: Cast) -> None:
    for person, address, help_page in (
        (people.amina, "/write", "/help/writing"),
        (people.karin, "/write?kind=question", "/help/answering"),
        (people.karin, "/for-you", "/help/answering"),
        (people.leyla, "/stewards/people", "/help/stewards"),
        (people.leyla, "/imports", "/help/stewards"),
        (people.elin, "/widenings", "/words#opening"),
    ):
        assert f'href="{help_page}"' in page(client_of(person), address), address


def test_the_stewards_help_leads_only_stewards_to_their_pages(people: Cast) -> None:
    assert 'href="/stewards/people"' in page(client_of(people.leyla), "/help/stewards")
    for everyone_else in (said("/help/stewards"), page(client_of(people.elin), "/help/stewards")):
        assert "/stewards/people" not in everyone_else


def test_help_promises_nothing_open_where_nothing_is(people: Cast, settings) -> None:
    assert "vem som helst, också utan att logga in" in said("/help/writing")
    settings.PUBLIC_RUNG = False
    assert "vem som helst, också utan att logga in" not in said("/help/writing")


# Words.

ABOUT: list[Kind | Level | Rung | Sign | Byline.Kind] = [*Rung, *Kind, *Sign, *Level, *Byline.Kind]
# It stands in the list with the words that one cannot choose it yet.
NOT_YET = {"behind-the-scenes"}


@pytest.mark.parametrize("one", ABOUT, ids=repr)
def test_every_word_of_the_code_that_people_meet_is_explained_once(
    one: Kind | Level | Rung | Sign | Byline.Kind,
) -> None:
    # Members of different enumerations are equal when their numbers are.
    explained = [word for word in WORDS if any(type(it) is type(one) and it == one for it in word.about)]
    assert len(explained) == 1
    if isinstance(one, Rung | Kind | Level):
        for language in ("sv", "en"):
            with translation.override(language):
                label, name = str(one.label).casefold(), str(explained[0].name).casefold()
                assert label.split(":")[0] == name


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.anchor)
def test_every_word_explained_is_one_the_interface_uses(word) -> None:
    """A word that nobody meets is taken out of the list; one that changes its name changes here too."""
    with translation.override("sv"):
        name = str(word.name).casefold()
    used = [one.casefold() for one in interface()]
    assert any(name in one for one in used) or word.anchor in NOT_YET


@cache
def interface() -> list[str]:
    """What the rest of the interface says, in Swedish."""
    found: list[str] = []
    for path in [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]:
        if path.name != "glossary.py" and "migrations" not in path.parts:
            found += in_template(path) if path.suffix == ".html" else in_module(path)
    return [in_swedish(one) for one in found]


def test_the_words_stand_in_the_order_of_their_language(people: Cast) -> None:
    with translation.override("sv"):
        names = [name for _, name, _ in words()]
    assert names.index("Utkast") < names.index("Värd") < names.index("Öppning")
    assert names[-1].startswith("Ö")
    with translation.override("en"):
        assert [name for _, name, _ in words()] == sorted((name for _, name, _ in words()), key=str.casefold)


def test_a_word_can_be_linked_to() -> None:
    anchors = [word.anchor for word in WORDS]
    assert len(set(anchors)) == len(anchors)
    html = said("/words", "en")
    assert all(f'id="{anchor}"' in html for anchor in anchors)


# Personal data.


def test_every_table_is_described_or_holds_nothing_about_people() -> None:
    """D35: a new model fails here until the page says what it holds."""
    told = [table for kept in KEPT for table in kept.tables]
    assert len(told) == len(set(told))
    assert not set(told) & NOTHING_ABOUT_PEOPLE.keys()
    assert set(told) | NOTHING_ABOUT_PEOPLE.keys() == {model.__name__ for model in apps.get_models()}


def test_what_holds_nothing_about_people_leads_to_none() -> None:
    for model in apps.get_models():
        if model.__name__ in NOTHING_ABOUT_PEOPLE:
            leads_to = {f.related_model for f in model._meta.concrete_fields if isinstance(f, ForeignKey)}
            assert not leads_to & {Person, Account}, model
            assert not {"email", "person_id", "text"} & {f.attname for f in model._meta.concrete_fields}, (
                model
            )


def test_the_page_names_every_table_and_its_columns_as_they_are(settings) -> None:
    settings.DATA_PROTECTION_OFFICER = "dataskydd@avinge.example"
    html = said("/privacy", "en")
    assert {"name", "protected", "language"} <= set(columns()["Person"])
    for table, names in columns().items():
        assert f"<code>{table}</code>: {', '.join(names)}" in html
    assert 'href="mailto:dataskydd@avinge.example"' in html
    assert "samtycke" not in said("/privacy").casefold()


# Records, and the accessibility statement.


def test_the_records_page_says_whom_to_ask_and_that_private_is_not_secret(people: Cast, settings) -> None:
    """D6, D10, D11, D16."""
    settings.REGISTRAR = "Ring 0123-456 och fråga efter <registratorn>."
    html = said("/records")
    assert "Ring 0123-456 och fråga efter &lt;registratorn&gt;." in html
    assert "privat är inte hemligt" in html
    assert "Du behöver inte säga vem du är" in html
    assert "överklaga" in html
    settings.REGISTRAR = "https://avinge.example/registrator"
    assert 'href="https://avinge.example/registrator"' in said("/records", "en")


def test_the_statement_says_all_that_the_law_asks_for(people: Cast, settings) -> None:
    """D51: who, what, how accessible, faults and why, burdens, what is outside, how and when tested, whom to tell."""
    settings.ORGANISATION_NAME = "Åvinge kommun"
    settings.BASE_URL = "https://tankar.avinge.example"
    settings.CONTACT = "hjalp@avinge.example"
    settings.ACCESSIBILITY_LEVEL = "partly"
    settings.ACCESSIBILITY_FAULTS = ["Filmer saknar text: de textas före sommaren."]
    settings.ACCESSIBILITY_TOO_BURDENSOME = ["Gamla ritningar."]
    settings.ACCESSIBILITY_OUTSIDE_THE_LAW = ["Karta från en annan myndighet."]
    settings.ACCESSIBILITY_TESTED_BY = "others"
    settings.ACCESSIBILITY_TESTED = date(2026, 3, 31)
    settings.ACCESSIBILITY_UPDATED = date(2026, 4, 1)
    settings.PUBLISHED = date(2025, 5, 2)
    own_words = ("Filmer saknar text", "Gamla ritningar.", "Karta från en annan myndighet.")
    always = ("Åvinge kommun", "https://tankar.avinge.example", "2018:1937", "mailto:hjalp@avinge.example")
    everywhere = (*own_words, *always, "https://www.digg.se/tdosanmalan", "WCAG 2.2")
    swedish = (
        "delvis förenlig",
        "31 mars 2026",
        "1 april 2026",
        "2 maj 2025",
        "Någon utanför organisationen",
    )
    english = ("partly in line", "31 March 2026", "1 April 2026", "2 May 2025", "Someone outside")
    for language, words_of_it in (("sv", swedish), ("en", english)):
        html = said("/accessibility", language)
        for one in (*everywhere, *words_of_it):
            assert one in html, (language, one)
    assert '<ul lang="sv"><li>Filmer' in said("/accessibility", "en")


@pytest.mark.parametrize(
    ("level", "swedish"),
    [
        ("full", "helt förenlig"),
        ("partly", "delvis förenlig"),
        ("not", "inte förenlig"),
        ("", "inte sagt än"),
    ],
)
def test_the_statement_claims_no_more_than_was_said(people: Cast, settings, level: str, swedish: str) -> None:
    settings.ACCESSIBILITY_LEVEL = level
    html = said("/accessibility")
    claims = ("helt förenlig", "delvis förenlig", "inte förenlig", "inte sagt än")
    assert [claim for claim in claims if claim in html] == [swedish]
    assert ("Vi känner inte till några andra brister." in html) == (level == "full")
