"""The whole letter with nothing but a keyboard; a thought left from a telephone within the minute (R45)."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from communis.conversations.contributing import contribute
from communis.conversations.lines import address_of
from tests.cast import Cast, letter
from tests.web.forms import seen_by

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]


def test_a_letter_by_keyboard_alone(people: Cast, as_person: Visit) -> None:
    elin, karin = as_person(people.elin), as_person(people.karin)
    elin.goto("/")
    # The first stop of every page leads past the head of it.
    elin.keyboard.press("Tab")
    expect(elin.get_by_role("link", name="Skip to the content")).to_be_focused()
    elin.keyboard.press("Enter")
    reach(elin, elin.get_by_label("Leave a thought"))
    elin.keyboard.type("En tanke.")
    elin.keyboard.press("Enter")
    elin.keyboard.press("Enter")
    elin.keyboard.type("Och en till.")
    reach(elin, elin.get_by_role("button", name="Go on"))
    elin.keyboard.press("Enter")
    elin.wait_for_url("**/write**")
    reach(elin, elin.get_by_role("radio", name=re.compile("^Draft")))
    elin.keyboard.press("ArrowDown")
    expect(elin.get_by_role("radio", name=re.compile("^Direct"))).to_be_checked()
    reach(elin, elin.locator("#person_words"))
    elin.keyboard.type("karin")
    reach(elin, elin.locator("#pick-persons").get_by_role("button", name="Find"))
    elin.keyboard.press("Enter")
    expect(elin.get_by_role("checkbox", name="Karin Sundvall")).to_be_visible()
    reach(elin, elin.get_by_role("checkbox", name="Karin Sundvall"))
    elin.keyboard.press("Space")
    expect(elin.get_by_text("Only Karin reads this.")).to_be_visible()
    reach(elin, elin.get_by_role("button", name="Send to Karin"))
    elin.keyboard.press("Enter")
    elin.wait_for_url("**/conversations/**")

    karin.goto("/")
    reach(karin, karin.get_by_role("link", name="En tanke."))
    karin.keyboard.press("Enter")
    karin.wait_for_url("**/conversations/**")
    karin.keyboard.press("j")
    karin.keyboard.press("r")
    karin.wait_for_url("**/answers")
    expect(karin.get_by_label("Your words")).to_be_focused()
    reach(karin, karin.locator(".parts summary"), "Shift+Tab")
    karin.keyboard.press("Enter")
    reach(karin, karin.get_by_role("button", name="Och en till."))
    karin.keyboard.press("Enter")
    karin.wait_for_url("**/answers?part=1")
    expect(karin.get_by_label("Your words")).to_be_focused()
    karin.keyboard.type("Gärna.")
    reach(karin, karin.locator("p.send button.main"))
    karin.keyboard.press("Enter")
    karin.wait_for_url("**/conversations/**")
    expect(karin.locator("blockquote.about")).to_have_text("Och en till.")

    # Changed one's mind: the words are one's own again, by keyboard too.
    reach(karin, karin.get_by_role("button", name="Undo"))
    karin.keyboard.press("Enter")
    expect(karin.get_by_label("Your words")).to_have_value("Gärna.")
    assert seen_by(people.karin) == ["En tanke.\nOch en till."]


def test_a_correction_by_keyboard_alone(people: Cast, as_person: Visit) -> None:
    line = address_of(letter("Vi är tolv i köket.", people.elin, people.karin))[1]
    answer = address_of(contribute(line, "Tolv är många.", by=people.karin))
    elin, karin = as_person(people.elin), as_person(people.karin)
    elin.goto(f"/conversations/{answer[0]}")
    # To one's own words, to all that can be done with them, and to new words.
    elin.keyboard.press("j")
    expect(elin.locator(".c.d0")).to_be_focused()
    reach(elin, elin.locator(".c.d0").get_by_role("link", name="More"))
    elin.keyboard.press("Enter")
    elin.wait_for_url("**/lines/*")
    reach(elin, elin.get_by_role("link", name="Change or correct"))
    elin.keyboard.press("Enter")
    elin.wait_for_url("**/revisions")
    reach(elin, elin.locator("#text"))
    elin.keyboard.press("Control+A")
    elin.keyboard.type("Vi är två i köket.")
    radios = elin.locator("input[name=way]")
    reach(elin, radios.first)
    elin.keyboard.press("Space")
    expect(radios.first).to_be_checked()
    elin.keyboard.press("ArrowDown")
    expect(elin.locator("input[name=way][value=correction]")).to_be_checked()
    reach(elin, elin.locator("main form button[value=send]"))
    elin.keyboard.press("Enter")
    elin.wait_for_url("**/conversations/**")
    expect(elin.get_by_role("link", name="corrected, see the change")).to_be_visible()

    # Whoever reads finds the mark, and behind it what was changed, without a mouse too.
    karin.goto(f"/conversations/{answer[0]}")
    expect(karin.locator(".c.d0 .words")).to_have_text("Vi är två i köket.")
    reach(karin, karin.get_by_role("link", name="corrected, see the change"))
    karin.keyboard.press("Enter")
    karin.wait_for_url("**/history")
    expect(karin.locator("main del")).to_contain_text("tolv")
    expect(karin.locator("main ins")).to_contain_text("två")


def test_a_question_is_asked_by_keyboard_alone(people: Cast, as_person: Visit) -> None:
    """Step 1 of the story: to all employees, with what can be influenced and who may answer."""
    karin = as_person(people.karin)
    karin.goto("/questions")
    karin.keyboard.press("c")
    karin.wait_for_url("**/write")
    reach(karin, karin.get_by_role("button", name="Ask a question instead"))
    karin.keyboard.press("Enter")
    expect(karin.get_by_role("heading", name="Ask a question")).to_be_visible()
    reach(karin, karin.get_by_label("Your words"))
    karin.keyboard.type("Hur blir vi mer nyskapande?")
    level = karin.get_by_role("radio", name=re.compile("^Consultation"))
    reach(karin, karin.locator("input[name=level]").first)
    karin.keyboard.press("ArrowDown")
    while not level.is_checked():
        karin.keyboard.press("ArrowDown")
    reach(karin, karin.get_by_label("What can be influenced, and what is settled?"))
    karin.keyboard.type("Budgetramen ligger fast.")
    reach(karin, karin.get_by_role("radio", name=re.compile("^Draft")))
    for _row in range(3):
        karin.keyboard.press("ArrowDown")
    expect(karin.get_by_role("radio", name=re.compile("^All employees"))).to_be_checked()
    reach(karin, karin.locator("p.send button.main"))
    karin.keyboard.press("Enter")
    karin.wait_for_url("**/conversations/**")
    assert seen_by(people.amina) == ["Hur blir vi mer nyskapande?"]


def reach(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press the key until the target has the focus, and see that the focus shows and nothing lies over it."""
    for _ in range(60):
        if target.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press(key)
    expect(target).to_be_focused()
    seen = target.evaluate("""(one) => {
        const box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + Math.min(box.width, 40) / 2, box.y + box.height / 2);
        const style = getComputedStyle(one);
        return [style.outlineStyle !== "none" || style.boxShadow !== "none",
                !!top && (one.contains(top) || top.contains(one) || top.closest("label")?.control === one)];
    }""")
    assert seen == [True, True], f"the focus cannot be seen on {target}"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_thought_is_left_within_a_minute_at_360_pixels(
    people: Cast, as_person: Visit, scripts: bool
) -> None:
    """Typed as fast as a thumb does, three letters a second, and a second and a half of thought before each tap."""
    words = "Hjulen på tvättvagnen väcker dem i korridor B. Vi lyfter den förbi dörrarna."
    page = as_person(people.amina, scripts=scripts, width=360)
    page.goto("/")
    taps = 0

    def tap(target: Locator) -> None:
        nonlocal taps
        taps += 1
        target.click()

    began = time.monotonic()
    tap(page.get_by_label("Leave a thought"))
    page.keyboard.type(words)
    tap(page.get_by_role("button", name="Go on"))
    if scripts:
        # The rows are a sheet behind the door beside the button.
        tap(page.get_by_role("button", name="Who should read?"))
    tap(page.get_by_role("radio", name=re.compile("^Circle")))
    page.get_by_label("Which circle").select_option(label="Lindgården, 1 person")
    taps += 2
    if scripts:
        tap(page.get_by_role("button", name="Done"))
    tap(page.locator("p.send button.main"))
    page.wait_for_url("**/conversations/**")
    by_machine = time.monotonic() - began
    assert seen_by(people.amina) == [words]
    needed = by_machine + len(words) / 3 + 1.5 * taps
    print(f"{needed:.1f} s: {by_machine:.1f} s of the machine, {len(words)} letters, {taps} taps")
    assert needed <= 60
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
