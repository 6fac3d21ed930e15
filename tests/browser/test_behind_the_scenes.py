"""Behind the scenes in a browser: written with and without JavaScript, read by receipt, answered, taken back."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import zxingcpp
from django.core.signals import request_started
from PIL import Image
from playwright.sync_api import Page, expect

from communis.behind_the_scenes.keys import Given
from communis.behind_the_scenes.release import release
from communis.conversations.contributing import contribute
from communis.conversations.lines import address_of
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.widening.proposing import propose
from tests.behind_the_scenes.unit import ORIGIN, Unit
from tests.browser.conftest import too_small
from tests.clock import Clock
from tests.languages import in_the_other_language

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]


@pytest.fixture
def unit(transactional_db: None, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Unit:
    monkeypatch.setattr("communis.behind_the_scenes.keys.given", Given())
    unit = Unit(clock)
    unit.morning()
    return unit


@pytest.fixture
def received() -> Iterator[list[dict[str, Any]]]:
    """What the server got, request by request: what a browser says that it sends is not always what leaves it."""
    received: list[dict[str, Any]] = []

    def note(environ: dict[str, Any], **rest: object) -> None:
        received.append(dict(environ))  # a copy: the way without a cookie takes it out

    request_started.connect(note)
    yield received
    request_started.disconnect(note)


def to_the_form(page: Page, unit: Unit) -> None:
    """From the page one writes on to the empty form."""
    page.goto("/write")
    page.get_by_role("link", name="Begin anew there, before you write.").click()
    page.get_by_role("link", name="Hemtjänst Norr").click()
    page.get_by_label("Is someone asked?").select_option(label="Johan Åkerlind")
    page.get_by_role("button", name="I have read this. Write").click()
    # Its scripts are there, too: whoever loses the network before has a page without them.
    page.wait_for_load_state()


@pytest.mark.parametrize("scripts", [True, False])
def test_written_read_answered_and_taken_back(
    unit: Unit, as_person: Visit, received: list[dict[str, Any]], scripts: bool
) -> None:
    author = as_person(unit.members[0], scripts=scripts)
    to_the_form(author, unit)
    author.get_by_label("Your words").fill(ORIGIN)
    author.get_by_role("button", name="Send without a name").click()
    expect(author.get_by_role("heading", name="Kept. Your words appear today at noon.")).to_be_visible()
    code = author.locator(".receipt .code").inner_text()
    picture = Image.open(io.BytesIO(author.locator(".receipt-picture").screenshot()))
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [code]
    [words] = [one for one in received if one["PATH_INFO"] == "/behind-the-scenes/words"]
    assert words["REQUEST_METHOD"] == "POST"
    if scripts:
        # Not even the cookie leaves the browser.
        assert "HTTP_COOKIE" not in words and "HTTP_REFERER" not in words
        assert author.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('behind'))") == []
    else:
        assert "HTTP_COOKIE" in words
    unit.noon()
    release()
    reply = contribute(unit.line(), "Vilka sträckor är värst?", by=unit.manager)
    manager = as_person(unit.manager)
    manager.goto(f"/conversations/{address_of(reply)[0]}")
    expect(manager.get_by_text("One of 8 in Hemtjänst Norr, not Johan Åkerlind.")).to_be_visible()
    # The author comes back, on another machine, signed in nowhere.
    back = as_person(None, scripts=scripts)
    back.goto("/receipt")
    back.get_by_label("The receipt").fill(code.lower().replace("-", " "))
    back.get_by_role("button", name="Open").click()
    expect(back.get_by_text("Vilka sträckor är värst?").first).to_be_visible()
    back.locator("summary", has_text="Answer").last.click()
    back.get_by_label("Your answer").last.fill("Kyrkvägen–Strand.")
    back.get_by_role("button", name="Answer", exact=True).last.click()
    expect(back.get_by_role("status")).to_contain_text("Kept. Your words appear tomorrow at noon.")
    unit.noon()
    release()
    manager.reload()
    expect(manager.get_by_text("Kyrkvägen–Strand.")).to_be_visible()
    back.locator("summary", has_text="Change or take back").first.click()
    back.get_by_role("button", name="Take back now").first.click()
    expect(back.get_by_role("status")).to_contain_text("Taken back.")
    manager.reload()
    expect(manager.get_by_text(ORIGIN)).to_have_count(0)
    back.get_by_label("I am sure").check()
    back.get_by_role("button", name="Burn it").click()
    expect(back.get_by_role("status")).to_contain_text("Burnt.")


def test_a_fault_of_the_network_costs_no_words(unit: Unit, as_person: Visit) -> None:
    author = as_person(unit.members[0])
    to_the_form(author, unit)
    author.get_by_label("Your words").fill(ORIGIN)
    author.context.set_offline(True)
    author.get_by_role("button", name="Send without a name").click()
    expect(author.locator("#not-sent")).to_be_visible()
    made = author.locator("input[name=receipt]").input_value()
    author.context.set_offline(False)
    assert author.get_by_label("Your words").input_value() == ORIGIN
    author.get_by_role("button", name="Send without a name").click()
    # The receipt is the one the browser made the first time.
    expect(author.locator(".receipt .code")).to_have_text(made)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_every_page_on_the_way_is_accessible(
    unit: Unit,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    language: str,
    dark: bool,
) -> None:
    def look(page: Page, name: str) -> None:
        assert page.locator("html").get_attribute("lang") == language
        assert in_the_other_language(page.content(), language) == [], page.url
        accessible(page)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert too_small(page) == [], (name, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
            picture(page, f"behind-{name}-{language}-{'dark' if dark else 'light'}-{width}")

    page = as_person(unit.members[0], language=language, dark=dark)
    page.goto("/write")
    look(page, "write")
    page.goto("/behind-the-scenes")
    look(page, "places")
    page.goto(f"/behind-the-scenes?where={unit.circle.public_id}")
    look(page, "before")
    page.locator("main form button.main").click()
    look(page, "form")
    page.locator("textarea").fill('Fråga inte Johan Åkerlind om det jag sa: "vi hinner inte".')
    page.locator("main form button.main").click()
    expect(page.locator(".receipt, .found")).to_be_visible()
    if page.locator(".found").count():
        look(page, "found")
        page.locator("main form button.main").click()
    expect(page.locator(".receipt")).to_be_visible()
    code = page.locator(".receipt .code").inner_text()
    look(page, "kept")
    page.goto("/receipt")
    look(page, "receipt")
    page.locator("#code").fill("ABC")
    page.locator("main form button.main").click()
    expect(page.locator(".fault#code-fault")).to_be_visible()
    look(page, "receipt-wrong")
    page.locator("#code").fill(code)
    page.locator("main form button.main").click()
    expect(page.locator("#waiting")).to_be_visible()
    look(page, "waits")
    unit.noon()
    release()
    share = contribute(unit.line(), "Vilka sträckor är värst?", by=unit.manager)
    propose(address_of(share)[0], Choice(Rung.ORGANISATION), "Fler borde läsa det.", by=unit.manager)
    page.goto("/receipt")
    page.locator("#code").fill(code)
    page.locator("main form button.main").click()
    expect(page.locator("summary").first).to_be_visible()
    # Who proposes to open it, and the page they would see, with a yes and a no.
    expect(page.locator("blockquote", has_text="Fler borde läsa det.")).to_be_visible()
    for number in range(page.locator("main summary").count()):
        page.locator("main summary").nth(number).click()
    look(page, "opened")
    reader = as_person(unit.members[1], language=language, dark=dark)
    reader.goto(f"/lines/{unit.line()}")
    reader.locator("main .ways a").first.click()
    look(reader, "conversation")
