"""Step 9 of the letter: whoever wrote behind the scenes steps forward, to one person, with the receipt (story.md)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from communis.behind_the_scenes.keys import Given
from communis.journal.moments import MINUTE
from communis.journal.reactions import react
from communis.openness.receipt_codes import written
from tests.behind_the_scenes.unit import ORIGIN, Unit
from tests.browser.conftest import too_small
from tests.clock import Clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]
WORD = "It was me. I wanted you to know, not everyone."


@pytest.fixture
def unit(transactional_db: None, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Unit:
    monkeypatch.setattr("communis.behind_the_scenes.keys.given", Given())
    unit = Unit(clock)
    unit.morning()
    return unit


@pytest.mark.parametrize(
    ("scripts", "width", "dark"),
    [(True, 1280, False), (False, 360, True), (True, 360, False), (False, 1280, True)],
)
def test_the_author_steps_forward_to_one_person(
    unit: Unit,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    scripts: bool,
    width: int,
    dark: bool,
) -> None:
    author, other = unit.members[2], unit.members[3]
    code = unit.appears(author)
    look = {"scripts": scripts, "width": width, "dark": dark}
    # axe is a script itself: it has no answer on a page without any.
    rules = accessible if scripts else lambda page: None
    name = f"{width}-{'dark' if dark else 'light'}"

    page = as_person(author, **look)
    page.goto("/claims")
    check(page, rules, picture, f"claims-{name}")
    # Misread from the paper, then right.
    field = page.get_by_label("The receipt", exact=True)
    field.fill(written(code)[:-1])
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("You wrote 27")
    expect(field).to_have_value(written(code)[:-1])
    field.fill(written(code).lower().replace("-", " "))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text(ORIGIN)).to_be_visible()
    page.get_by_label("The name", exact=True).fill("Medarbetare")
    page.get_by_label("What do you want to say to it?").fill(WORD)
    page.get_by_role("button", name="Show that I wrote it").click()
    expect(page.get_by_role("alert")).to_contain_text("Several are called that")
    check(page, rules, picture, f"choose-{name}")
    expect(page.get_by_label("What do you want to say to it?")).to_have_value(WORD)
    page.get_by_label("The name", exact=True).fill(unit.manager.name)
    page.get_by_role("button", name="Show that I wrote it").click()
    expect(page.get_by_text("Shown. Those you chose see it")).to_be_visible()
    check(page, rules, picture, f"shown-{name}")

    unit.clock.at += 2 * MINUTE
    react()
    page = as_person(unit.manager, **look)
    page.goto("/for-you")
    page.get_by_role("link", name="Someone shows you that they wrote this behind the scenes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{author.name} has shown who wrote it")
    expect(page.get_by_text("It holds.")).to_be_visible()
    check(page, rules, picture, f"claim-{name}")
    page.get_by_role("link", name=ORIGIN).click()
    page.goto("/")
    page.get_by_role("link", name=ORIGIN).first.click()
    expect(page.locator(".claim")).to_contain_text(f"Written by {author.name}, who has shown it.")
    check(page, rules, picture, f"beside-{name}")

    page = as_person(other, **look)
    page.goto("/")
    page.get_by_role("link", name=ORIGIN).first.click()
    expect(page.get_by_text("Behind the scenes", exact=True).first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(author.name)
    expect(page.locator("body")).not_to_contain_text(WORD)


def check(
    page: Page, accessible: Callable[[Page], None], picture: Callable[[Page, str], None], name: str
) -> None:
    """No rule broken, nothing too small or sticking out; and a picture to look at."""
    accessible(page)
    assert too_small(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    picture(page, name)
