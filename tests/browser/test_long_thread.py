"""A conversation of 500 contributions: by keyboard, at 200 % zoom and on a telephone (R101, R105)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from communis.conversations.contributing import contribute
from communis.conversations.following import mark_seen
from communis.conversations.lines import address_of
from communis.conversations.models import Conversation
from communis.journal.moments import now
from tests.cast import Cast, Kind, to_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = 500
NEW = 3


@pytest.fixture
def thread(people: Cast) -> str:
    """Its address. Each answers the one that stands as many before it as its number's last digit says."""
    writers = [people.karin, people.amina, people.johan, people.nadja]
    conversation, line = address_of(to_all(Kind.IDEA, "Ska vi ha en mötesfri dag i veckan?", people.nadja))
    lines = [line]
    for number in range(1, NUMBER):
        if number == NUMBER - NEW:
            seen = Conversation.everything.get(public_id=conversation)
            mark_seen(seen.id, now(), by=people.elin)
        answered = lines[max(0, number - 1 - number % 10)]
        share = contribute(answered, f"Svar {number} om onsdagar.", by=writers[number % 4])
        lines.append(address_of(share)[1])
    return f"/conversations/{conversation}"


def test_five_hundred_contributions(
    people: Cast,
    thread: str,
    as_person: Callable[..., Page],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    page = as_person(people.elin)
    page.goto(thread)
    expect(page.locator(".c")).to_have_count(NUMBER)
    # Next, one by one, to the last; each has the focus and stands below the question, not under it.
    page.evaluate("window.visited = new Set()")
    for _ in range(NUMBER):
        page.keyboard.press("j")
        page.evaluate("window.visited.add(document.activeElement.id)")
    assert page.evaluate("window.visited.size") == NUMBER
    assert where(page) == NUMBER - 1
    in_sight(page)
    page.keyboard.press("k")
    assert where(page) == NUMBER - 2
    # Up, to what it answers and on to the question.
    depths = [depth(page)]
    while depths[-1] > 0:
        page.keyboard.press("u")
        depths.append(depth(page))
    assert depths == sorted(depths, reverse=True) and len(set(depths)) == len(depths) and where(page) == 0
    # From new to new.
    for _ in range(NEW):
        page.keyboard.press("n")
        expect(page.locator(".c:focus .new-word")).to_have_count(1)
    page.keyboard.press("q")
    assert where(page) == 0
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_url("**/answers")
    expect(page.get_by_label("Your words")).to_be_focused()

    for zoom in (2, 4):
        zoomed = as_person(people.elin, zoom=zoom)
        zoomed.goto(thread)
        width = zoomed.evaluate("innerWidth")
        assert (width, zoomed.evaluate("devicePixelRatio")) == (1280 // zoom, zoom)
        assert zoomed.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        narrow = "[...document.querySelectorAll('.c .words')].filter((one) => one.clientWidth < 200).length"
        assert zoomed.evaluate(narrow) == 0, width
        for _ in range(20):
            zoomed.keyboard.press("j")
        in_sight(zoomed)
        picture(zoomed, f"five-hundred-{width}")
    accessible(zoomed)


def where(page: Page) -> int:
    return int(
        page.evaluate("[...document.querySelectorAll('.c')].indexOf(document.activeElement.closest('.c'))")
    )


def depth(page: Page) -> int:
    return int(page.evaluate("Number(/\\bd(\\d)\\b/.exec(document.activeElement.className)[1])"))


def in_sight(page: Page) -> None:
    """The question's head line is there, and the words one is at stand below it."""
    head = page.locator("aside.question").bounding_box()
    here = page.locator(".c:focus .words").bounding_box()
    assert head and here and head["y"] == 0
    assert head["y"] + head["height"] <= here["y"] + 1 < page.viewport_size["height"]  # type: ignore[index]
