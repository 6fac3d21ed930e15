"""Every page of the demonstration in a real browser: for everyone to use, whole, and from this host alone."""

import gzip
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, expect

from tests.browser import pages
from tests.browser.conftest import listen, too_small
from tests.browser.demonstration import Demonstration

pytestmark = pytest.mark.browser

FIRST_PAGE = 100_000


@pytest.fixture(scope="module")
def looking(browser: Browser, address: str) -> dict[str, list[dict[str, object]]]:
    return pages.signed_in(browser, address)


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def contexts(
    browser: Browser, address: str, looking: dict[str, list[dict[str, object]]], complaints: list[str]
) -> Iterator[Callable[..., dict[str, BrowserContext]]]:
    """``contexts(language, theme)`` is a browser for each who looks; at the end nobody may have complained."""
    made: list[BrowserContext] = []

    def make(language: str = "en", theme: str = "light", width: int = 1280) -> dict[str, BrowserContext]:
        found = {}
        for who, cookies in looking.items():
            context = browser.new_context(
                base_url=address,
                color_scheme=theme,
                locale=language,
                reduced_motion="reduce",
                viewport={"width": width, "height": 740},
            )
            context.add_cookies([*cookies, {"name": "language", "value": language, "url": address}])
            listen(context, complaints)
            context.on("request", stays_here)
            made.append(context)
            found[who] = context
        return found

    def stays_here(request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(address).netloc and not request.url.startswith("data:"):
            complaints.append(f"asked elsewhere: {request.url}")

    yield make
    for context in made:
        context.close()
    assert complaints == []


# Colours depend on the theme alone and words on the language alone, so two of the four see everything.
@pytest.mark.parametrize(("language", "theme", "width"), [("sv", "light", 360), ("en", "dark", 1280)])
def test_every_page_is_for_everyone(
    contexts: Callable[..., dict[str, BrowserContext]],
    accessible: Callable[[Page], None],
    complaints: list[str],
    language: str,
    theme: str,
    width: int,
) -> None:
    """D51, R96: nothing that axe finds, nothing wider than the page, and one heading of the first rank."""
    found_by = contexts(language, theme, width)
    open_pages = {who: context.new_page() for who, context in found_by.items()}
    seen = 0
    for place in pages.places(found_by):
        page = open_pages[place.who]
        answer = page.goto(place.address)
        assert answer is not None and answer.status == (404 if place.name == "missing" else 200), place
        assert complaints == [], place
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
        assert page.locator("h1").count() == 1, place
        assert page.locator("html").get_attribute("lang") == language, place
        # What axe itself tries with styles is not ours; all of it has come by now.
        complaints.clear()
        seen += 1
    conversations = (pages.BELOW_A_CONVERSATION, pages.BELOW_A_QUESTION)
    below = (pages.BELOW_A_LINE, *conversations, pages.BELOW_A_CIRCLE)
    assert seen == len(pages.PLACES) + sum(len(one) for one in below)


def test_nothing_to_press_is_smaller_than_a_thumb(contexts: Callable[..., dict[str, BrowserContext]]) -> None:
    """44 pixels high: every button, choice, field and way. Links inside running text are exempt."""
    found_by = contexts("sv", "light", 360)
    page = found_by["Elin"].new_page()
    for address in ("/", "/write", "/for-you", "/you", "/drafts", "/people"):
        page.goto(address)
        assert too_small(page) == [], address


def test_the_first_page_is_light(contexts: Callable[..., dict[str, BrowserContext]]) -> None:
    """At most 100 kB, compressed, for someone who has never been here: page, styles, scripts and letters."""
    page = contexts("sv")[pages.NOBODY].new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/", wait_until="networkidle")
    sizes = {}
    for answer in answers:
        body = answer.body()
        kind = answer.headers.get("content-type", "")
        sizes[answer.url] = len(body) if "font" in kind or "image/png" in kind else len(gzip.compress(body))
    assert any("text.woff2" in url or re.search(r"text\.\w+\.woff2", url) for url in sizes), sizes
    assert sum(sizes.values()) <= FIRST_PAGE, sizes


def test_the_letter_is_walked_with_keys_alone(contexts: Callable[..., dict[str, BrowserContext]]) -> None:
    page = contexts("en")["Elin"].new_page()
    page.goto("/conversations")
    page.keyboard.press("?")
    sheet = page.get_by_role("heading", name="Keys")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    # The browser gives the focus back when it has closed.
    expect(sheet).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/conversations/*")
    page.keyboard.press("j")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert first and page.evaluate("document.activeElement.id") == first
    page.keyboard.press("q")
    assert page.evaluate("document.activeElement.classList.contains('d0')")
    page.keyboard.press("r")
    page.wait_for_url("**/answers")
    # In a field they are letters.
    page.get_by_label("Your words").fill("")
    page.keyboard.type("jcq")
    expect(page.get_by_label("Your words")).to_have_value("jcq")


def test_keys_work_at_once_when_the_sheet_has_closed(
    contexts: Callable[..., dict[str, BrowserContext]],
) -> None:
    """The browser leaves the focus in it until it draws the page again, which a slow machine does late."""
    page = contexts("en")["Elin"].new_page()
    page.goto("/conversations")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    j = 'new KeyboardEvent("keydown", { key: "j", bubbles: true })'
    pressed = f"() => document.activeElement.dispatchEvent({j})"
    reached = "document.activeElement.closest('.thoughts > li') !== null"
    page.evaluate(pressed)
    assert not page.evaluate(reached)
    page.evaluate(f"""() => {{ document.getElementById("keys").close(); ({pressed})(); }}""")
    assert page.evaluate(reached)


def test_single_keys_can_be_turned_off(contexts: Callable[..., dict[str, BrowserContext]]) -> None:
    """WCAG 2.1.4: for those who speak to the browser."""
    page = contexts("en")["Elin"].new_page()
    page.goto("/questions")
    page.keyboard.press("?")
    page.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("c")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    assert urlsplit(page.url).path == "/questions"


def test_answered_words_and_their_answers_stand_beside_each_other(
    contexts: Callable[..., dict[str, BrowserContext]],
) -> None:
    """R11: in the margin where there is one, else under their paragraph."""
    for width in (1280, 360):
        found_by = contexts("en", "light", width)
        letter = next(place.address for place in pages.places(found_by) if place.name == "letter")
        page = found_by["Elin"].new_page()
        page.goto(letter)
        words = page.locator(".conversation > .c.d0 mark").first.bounding_box()
        answer = page.locator(".group").first.bounding_box()
        assert words and answer
        if width == 1280:
            assert answer["x"] > words["x"] + words["width"] and abs(answer["y"] - words["y"]) < 40
        else:
            assert answer["y"] > words["y"] and answer["x"] < 60


def test_who_should_read_is_a_sheet_on_a_telephone(
    contexts: Callable[..., dict[str, BrowserContext]],
) -> None:
    page = contexts("en", "light", 360)["Elin"].new_page()
    page.goto("/write")
    row = page.get_by_role("radio", name=re.compile("^All employees"))
    expect(row).to_be_hidden()
    page.get_by_role("button", name="Who should read?").click()
    row.check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Everyone who works here can read this")).to_be_visible()
    expect(page.locator(".send .main")).to_be_in_viewport()


def test_without_network_words_are_kept_and_no_page_of_anyone_is(
    contexts: Callable[..., dict[str, BrowserContext]],
) -> None:
    """Trust L52: only static files and the page that names nobody are kept; signing out empties the rest."""
    context = contexts("en")["Johan"]
    page = context.new_page()
    page.goto("/write")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.goto("/")
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
             (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
    )
    assert "/offline" in kept
    assert [path for path in kept if path != "/offline" and not path.startswith("/static/")] == []
    context.set_offline(True)
    page.goto("/write")
    expect(page.get_by_role("heading", name="There is no network just now")).to_be_visible()
    page.get_by_label("Your words").fill("Skrivet i källaren.")
    expect(page.get_by_text("Kept in this browser.")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_label("Your words")).to_have_value("Skrivet i källaren.")
    expect(page.get_by_text("Saved as draft")).to_be_visible()
    # The last words of a page one leaves go past the worker, and are there on the next.
    page.get_by_label("Your words").fill("Skrivet i källaren, och snabbt.")
    page.goto("/drafts")
    page.goto("/write")
    expect(page.get_by_label("Your words")).to_have_value("Skrivet i källaren, och snabbt.")
    page.goto("/you")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    # What is left is where htmx stands now, which is the front page.
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") in (
        [],
        ["htmx-current-path-for-history"],
    )


def test_the_style_page_is_for_those_who_build_or_look_after(
    demonstration: Demonstration, browser: Browser
) -> None:
    """In the demonstration anyone sees it; that it is hidden elsewhere is tested in tests/web/test_design.py."""
    page = browser.new_page(base_url=demonstration.address)
    answer = page.goto("/design")
    assert answer is not None and answer.status == 200
    page.get_by_label("Mörkt").or_(page.get_by_label("Dark")).check()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.close()
