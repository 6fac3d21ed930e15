"""Similar thoughts in the browser: a hint after a pause, beneath the words, and never more often than promised."""

import itertools
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.journal.models import Entry
from communis.search.indexing import bring_up_to_date
from communis.web import often_asked
from tests.cast import Cast, letter, open_post, to_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Vi borde ha ett cykelställ vid skolan"
PAUSE = 0.6
BUTTON = {"en": "Show similar", "sv": "Visa liknande"}


@pytest.fixture
def line(people: Cast) -> str:
    said = to_all(Kind.IDEA, "Sätt upp ett cykelställ vid grundskolan. Det regnar ofta.", people.elin)
    roof = "Skolan fick nya cyklar till alla klasser, och ett tak att ställa dem under när det snöar."
    others = [
        open_post(roof, people.karin),
        letter("Cykelstället vid skolan behöver ett lås.", people.karin, people.amina),
        letter("Cykelställ vid skolan, i hemlighet.", people.elin, people.karin),
    ]
    for share in (said, *others):
        bring_up_to_date(share.conversation_id)
    often_asked.asked = often_asked.Asked()
    return address_of(said)[1]


@pytest.mark.parametrize(
    ("width", "language", "dark"), [(1280, "en", False), (1280, "sv", True), (360, "sv", False)]
)
def test_the_hint_comes_after_a_pause_and_moves_no_word(
    people: Cast,
    line: str,
    as_person: Callable[..., Page],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
    language: str,
    dark: bool,
) -> None:
    page = as_person(people.amina, width=width, language=language, dark=dark)
    page.goto("/write")
    field = page.locator("#text")
    before, asked = field.bounding_box(), Entry.objects.count()
    field.press_sequentially(WORDS, delay=20)
    hint = page.locator("#similar .similar")
    expect(hint.get_by_role("link")).to_have_count(3)
    assert "hemlighet" not in hint.inner_text()
    assert field.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert field.evaluate("(field) => field === document.activeElement")
    assert Entry.objects.count() == asked
    accessible(page)
    picture(page, f"similar-{width}-{language}{'-dark' if dark else ''}")
    with page.context.expect_page() as opened:
        hint.get_by_role("link", name="Sätt upp ett cykelställ").click()
    expect(opened.value.locator("#main").get_by_text("Det regnar ofta.")).to_be_visible()
    expect(field).to_have_value(WORDS)


def test_letter_by_letter_it_asks_at_most_once_each_600_milliseconds(
    people: Cast, line: str, as_person: Callable[..., Page]
) -> None:
    page = as_person(people.amina)
    page.goto("/write")
    moments: list[float] = []

    def asked(request: Request) -> None:
        if request.url.endswith("/similar-thoughts"):
            moments.append(time.monotonic())
            assert request.method == "POST" and "cykel" not in request.url

    page.on("request", asked)
    # Quicker than the pause, slower than it, and quick again.
    page.locator("#text").press_sequentially("Vi borde ha ett cykelställ", delay=60)
    page.locator("#text").press_sequentially(" vid sk", delay=750)
    page.locator("#text").press_sequentially("olan", delay=60)
    expect(page.locator("#similar .similar")).to_be_visible()
    page.wait_for_timeout(1_500)
    between = [after - before for before, after in itertools.pairwise(moments)]
    assert len(moments) >= 3
    # The browser tells of a request a little late.
    assert min(between) >= PAUSE - 0.1, between


def test_the_button_says_when_there_is_nothing(
    people: Cast, line: str, as_person: Callable[..., Page], accessible: Callable[[Page], None]
) -> None:
    page = as_person(people.amina)
    page.goto("/write")
    page.locator("#text").fill("Kaffemaskinen i personalrummet")
    page.get_by_role("button", name=BUTTON["en"]).click()
    expect(page.get_by_text("We find nothing like it that you can read.")).to_be_visible()
    expect(page.locator("#text")).to_have_value("Kaffemaskinen i personalrummet")
    accessible(page)


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "sv")])
def test_without_scripts_the_button_does_the_same(
    people: Cast,
    line: str,
    as_person: Callable[..., Page],
    picture: Callable[[Page, str], None],
    width: int,
    language: str,
) -> None:
    page = as_person(people.amina, scripts=False, width=width, language=language)
    page.goto("/write")
    page.locator("#text").fill(WORDS)
    page.get_by_role("button", name=BUTTON[language]).click()
    expect(page.locator("#similar .similar").get_by_role("link")).to_have_count(3)
    expect(page.locator("#text")).to_have_value(WORDS)
    picture(page, f"similar-without-scripts-{width}")
