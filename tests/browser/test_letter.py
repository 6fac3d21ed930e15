"""The letter, as two persons in two browsers: asked, written, found, answered paragraph by paragraph, corrected."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.clock import Clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]

QUESTION = "Hur blir vi mer nyskapande i vardagen?"
DOUBT = "Jag tänkte först skriva det här öppet, men jag vet inte om det är en bra idé."
IDEA = "Tänk om vi en förmiddag i månaden satt hos någon annan."
LETTER = f"{DOUBT}\n\n{IDEA}"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_letter(people: Cast, as_person: Visit, clock: Clock, scripts: bool) -> None:
    karin, elin = as_person(people.karin, scripts=scripts), as_person(people.elin, scripts=scripts)
    amina = as_person(people.amina, scripts=scripts)
    ask(karin)
    # Found and read by everybody, with what can be influenced.
    elin.goto("/")
    elin.get_by_role("link", name=QUESTION).click()
    expect(elin.get_by_text("The frames for this year are settled.")).to_be_visible()
    expect(elin.locator("aside.question")).to_contain_text("All employees")

    write_letter(elin, scripts)
    clock.news()
    letter = elin.url.split("?")[0].split("#")[0]

    # In the receiver's lists; for anybody else it is an address that never was.
    karin.goto("/for-you")
    expect(karin.get_by_text("Elin Forsgren has written to you").first).to_be_visible()
    karin.goto("/conversations")
    karin.get_by_role("link", name=re.compile("Jag tänkte först")).click()
    expect(karin.locator("aside.question")).to_contain_text("Between you and Elin Forsgren")
    expect(karin.locator("aside.question")).to_contain_text("To one person")
    assert amina.goto(letter).status == 404  # type: ignore[union-attr]
    amina.goto("/")
    expect(amina.get_by_text("Jag tänkte först")).to_have_count(0)

    answer_part(karin, DOUBT, "Det vet man sällan innan. Jag är glad att du skrev.", scripts)
    answer_part(karin, IDEA, "Vem täcker upp för den som går?", scripts)
    clock.news()
    elin.goto("/for-you")
    expect(elin.get_by_text(re.compile("^Karin Sundvall (has )?answered")).first).to_be_visible()
    elin.goto(letter)
    quotes = elin.locator(".c blockquote.about")
    expect(quotes).to_have_text([DOUBT, IDEA])
    expect(elin.locator(".c.d0 mark")).to_have_text([DOUBT, IDEA])

    # Elin answers, has said the opposite of what she meant, and corrects it; Karin had answered the old words.
    elin.locator(".c", has_text="Vem täcker upp").get_by_role("link", name="Answer", exact=True).click()
    say(elin, "Vi behöver inte vikarier.")
    clock.news()
    karin.goto(letter)
    karin.locator(".c", has_text="inte vikarier").get_by_role("link", name="Answer", exact=True).click()
    say(karin, "Säkert?")
    clock.news()
    elin.goto(letter)
    elin.locator(".c", has_text="inte vikarier").get_by_role("link", name="More", exact=True).click()
    elin.get_by_role("link", name="Change or correct").click()
    elin.get_by_label("Your words").fill("Vi behöver vikarier.")
    elin.get_by_role("radio", name=re.compile("^A correction")).check()
    elin.get_by_role("button", name="Change it").click()
    expect(elin.locator(".c", has_text="Vi behöver vikarier.").first).to_contain_text("corrected")
    clock.news()
    karin.goto("/for-you")
    notice = karin.get_by_role("link", name=re.compile("correct")).first
    notice.click()
    expect(karin.locator(".changes del")).to_contain_text("inte")
    expect(karin.get_by_text("Vi behöver vikarier.").first).to_be_visible()
    expect(karin.get_by_text("Vi behöver inte vikarier.").first).to_be_visible()
    karin.goto(letter)
    karin.get_by_role("link", name="corrected, see the change").click()
    expect(karin.locator("del")).to_have_count(1)


def ask(page: Page) -> None:
    page.goto("/write?kind=question")
    page.get_by_label("Your words").fill(QUESTION)
    page.get_by_role("radio", name=re.compile("^Involvement|^Participation")).check()
    page.get_by_label("What can be influenced, and what is settled?").fill(
        "The frames for this year are settled."
    )
    page.get_by_role("radio", name=re.compile("^All employees")).check()
    page.get_by_role("button", name="Show to all employees").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def write_letter(page: Page, scripts: bool) -> None:
    page.goto("/")
    page.get_by_label("Leave a thought").fill(LETTER)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Your words")).to_have_value(LETTER)
    page.get_by_role("radio", name=re.compile("^Direct")).check()
    page.locator("#person_words").fill("karin")
    page.locator("#pick-persons").get_by_role("button", name="Find").click()
    page.get_by_role("checkbox", name="Karin Sundvall").check()
    if not scripts:
        # Without scripts the words follow when the page is asked for again.
        page.locator("#pick-persons").get_by_role("button", name="Find").click()
    expect(page.get_by_text("Only Karin reads this.")).to_be_visible()
    expect(page.get_by_text("Private is not secret.")).to_be_visible()
    page.get_by_role("button", name="Send to Karin").click()
    page.wait_for_url("**/conversations/**")


def answer_part(page: Page, words: str, answer: str, scripts: bool) -> None:
    """With scripts the words are selected in the text; without, the paragraph is chosen on the page of the answer."""
    opening = page.locator(".c.d0")
    if scripts:
        # Three clicks select the paragraph, in browsers also the place where the next one begins.
        opening.locator(".words p", has_text=words).click(click_count=3)
        opening.locator("> .actions").get_by_role("link", name="Answer", exact=True).click()
    else:
        opening.locator("> .actions").get_by_role("link", name="Answer", exact=True).click()
        page.get_by_label("Your words").fill(answer)
        page.get_by_text("Answer only a part of it").click()
        page.get_by_role("button", name=words).click()
        expect(page.get_by_label("Your words")).to_have_value(answer)
    expect(page.get_by_text("You answer these words:")).to_be_visible()
    expect(page.locator("section.answered blockquote")).to_have_text(words)
    say(page, answer)


def say(page: Page, words: str) -> None:
    page.get_by_label("Your words").fill(words)
    page.locator("p.send button.main").click()
    page.wait_for_url("**/conversations/**")
    expect(page.get_by_text(words).first).to_be_visible()
