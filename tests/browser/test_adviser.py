"""The adviser in a real browser, with and without scripts: asked, answered, and the wish at its receiver's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (True, 360), (False, 360)])
def test_the_way_is_asked_for_and_the_wish_arrives(
    people: Cast,
    as_person: Callable[..., Page],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    scripts: bool,
    width: int,
) -> None:
    page = as_person(people.elin, scripts=scripts, width=width)
    page.goto(f"/write?to={people.karin.public_id}")
    page.get_by_label("Your words").fill("Tänk om vi bytte stol.")
    adviser = page.locator("#adviser")
    expect(adviser.get_by_text("What do you believe Karin thinks of it?")).to_be_hidden()
    adviser.locator("summary").click()
    adviser.get_by_role("radio", name="Quite good").check()
    adviser.get_by_role("checkbox", name="Straight").check()
    adviser.get_by_role("checkbox", name="In writing").check()
    adviser.get_by_role("button", name="What does each way mean?").press("Enter")
    expect(adviser.get_by_role("heading")).to_have_count(4)
    expect(adviser.get_by_text("We would start with Karin. You choose.")).to_be_visible()
    if scripts:
        # The page stayed: nothing typed was sent anywhere else, and the keyboard is where it was.
        expect(adviser.get_by_role("button", name="What does each way mean?")).to_be_focused()
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    else:
        expect(adviser.get_by_role("heading").first).to_be_in_viewport()
    picture(page, f"adviser-{width}-{'scripts' if scripts else 'plain'}")
    expect(page.get_by_label("Your words")).to_have_value("Tänk om vi bytte stol.")
    page.get_by_role("button", name="Send to Karin").click()
    page.wait_for_url("**/conversations/**")
    karin = as_person(people.karin, scripts=scripts, width=width)
    karin.goto(page.url)
    expect(karin.get_by_text("Elin wants the answer straight and in writing.")).to_be_visible()


def test_it_is_closed_for_good_without_scripts(people: Cast, as_person: Callable[..., Page]) -> None:
    page = as_person(people.elin, scripts=False)
    page.goto("/write")
    page.get_by_label("Your words").fill("Tänk om vi bytte stol.")
    page.locator("#adviser summary").click()
    page.get_by_role("button", name="Do not show this again").click()
    expect(page.locator("#adviser")).to_have_count(0)
    expect(page.get_by_label("Your words")).to_have_value("Tänk om vi bytte stol.")
    page.goto("/you")
    page.get_by_role("button", name="Show the adviser").click()
    page.goto("/write")
    expect(page.locator("#adviser")).to_be_visible()
