"""The form in a real browser: what is said follows what is chosen, and the words outlive what happens to the page."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from playwright.sync_api import Page, expect

from communis.conversations.lines import address_of
from communis.conversations.models import Draft, Share
from tests.cast import Cast, letter
from tests.web.forms import client_of, seen_by
from tests.web.test_sign_in import code_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_letter_is_written_and_undone(people: Cast, as_person: Callable[..., Page], scripts: bool) -> None:
    page = as_person(people.elin, scripts=scripts)
    page.goto("/write")
    page.get_by_label("Your words").fill("Tänk om vi bytte stol.")
    expect(page.locator(".send .main")).to_have_text(re.compile("Keep for later"), use_inner_text=True)
    page.get_by_role("radio", name=re.compile("^Direct")).check()
    expect(page.get_by_text("Only those you choose read this.")).to_be_visible()
    expect(page.get_by_text("Everyone who works here can read this")).to_be_hidden()
    page.locator("#person_words").fill("karin")
    page.locator("#pick-persons").get_by_role("button", name="Find").click()
    page.get_by_role("checkbox", name="Karin Sundvall").check()
    if scripts:
        expect(page.get_by_text("Only Karin reads this.")).to_be_visible()
        page.get_by_role("button", name="Send to Karin").click()
    else:
        page.get_by_role("button", name="Send to those chosen").click()
    expect(page.get_by_text("nobody is told, and you can undo")).to_be_visible()
    assert seen_by(people.karin) == ["Tänk om vi bytte stol."]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Your words")).to_have_value("Tänk om vi bytte stol.")
    assert seen_by(people.karin) == []
    page.get_by_role("button", name="Send to Karin").click()
    page.wait_for_url("**/conversations/**")
    assert seen_by(people.karin) == ["Tänk om vi bytte stol."]


def test_other_readers_than_the_button_named_are_asked_about_without_scripts(
    people: Cast, as_person: Callable[..., Page]
) -> None:
    page = as_person(people.elin, scripts=False)
    page.goto(f"/write?to={people.karin.public_id}")
    page.get_by_label("Your words").fill("Hej")
    page.locator("#person_words").fill("Amina")
    page.locator("#pick-persons").get_by_role("button", name="Find").click()
    page.get_by_role("checkbox", name="Amina Warsame").check()
    page.get_by_role("button", name="Send to Karin").click()
    expect(page.get_by_text("You chose other readers than the button named.")).to_be_visible()
    assert Share.everything.count() == 0
    page.get_by_role("button", name="Send to Amina and Karin").click()
    page.wait_for_url("**/conversations/**")
    assert seen_by(people.amina) == ["Hej"]


def test_words_outlive_a_closed_tab(people: Cast, as_person: Callable[..., Page]) -> None:
    page = as_person(people.elin)
    page.goto("/write")
    page.get_by_label("Your words").fill("Elva ord som ingen annan har läst än, och som jag behåller.")
    expect(page.get_by_text(re.compile(r"Saved as draft \d\d:\d\d\. Only you see it\."))).to_be_visible()
    again = page.context.new_page()
    page.close()
    again.goto("/write")
    expect(again.get_by_label("Your words")).to_have_value(re.compile("^Elva ord"))


def test_words_written_within_the_second_outlive_leaving_the_page(
    people: Cast, as_person: Callable[..., Page]
) -> None:
    page = as_person(people.elin)
    page.goto("/write")
    page.get_by_label("Your words").fill("Snabbt")
    page.goto("/drafts")
    # The last save travels by itself, and may arrive after the next page was asked for.
    for _look in range(20):
        page.goto("/write")
        if page.get_by_label("Your words").input_value():
            break
    expect(page.get_by_label("Your words")).to_have_value("Snabbt")


def test_looking_at_a_form_leaves_no_draft(people: Cast, as_person: Callable[..., Page]) -> None:
    _, line = address_of(letter("Tänk om vi bytte stol.", people.elin, people.karin))
    page = as_person(people.elin)
    for below in ("revisions", "answers?quote=1"):
        page.goto(f"/lines/{line}/{below}")
        expect(page.locator("#text")).to_have_value(re.compile("Tänk om vi bytte stol"))
        page.goto("/drafts")
    page.reload()
    expect(page.get_by_text("Tänk om vi bytte stol")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_words_outlive_an_expired_sign_in(
    people: Cast, as_person: Callable[..., Page], mailoutbox: list[EmailMessage], scripts: bool
) -> None:
    words = "Skrivet medan inloggningen gick ut."
    page = as_person(people.elin, scripts=scripts)
    page.goto(f"/write?to={people.karin.public_id}")
    page.get_by_label("Your words").fill(words)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Send to Karin").click()
    expect(page.get_by_role("heading", name="Your words are here")).to_be_visible()
    assert Share.everything.count() == 0
    link = page.get_by_role("link", name="Sign in and go on")
    if scripts:
        # In this tab, and back to where one was: the words come by themselves. Until the script has run, the
        # link opens beside the page, as without scripts.
        expect(page.get_by_text("Sign in, and your words come back.")).to_be_visible()
        link.click()
        sign_in(page, "elin@avinge.example", mailoutbox)
    else:
        with page.context.expect_page() as beside:
            link.click()
        sign_in(beside.value, "elin@avinge.example", mailoutbox)
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("You have signed in again since you began.")).to_be_visible()
        page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Your words")).to_have_value(words)
    page.get_by_role("button", name="Send to Karin").click()
    page.wait_for_url("**/conversations/**")
    assert seen_by(people.karin) == [words]
    assert Draft.objects.count() == 0


def sign_in(page: Page, address: str, mailed: list[EmailMessage]) -> None:
    """By the code in the mail, as anyone does."""
    page.locator("input[name=email]").fill(address)
    page.locator("main form button.main").click()
    page.wait_for_url("**/sign-in/code**")
    page.locator("input[name=code]").fill(code_in(mailed[-1]))
    page.locator("main form button.main").click()
    page.wait_for_url("**/write**")


def test_a_page_without_network_says_that_it_holds_the_words(
    people: Cast, as_person: Callable[..., Page]
) -> None:
    page = as_person(people.elin)
    page.goto("/write")
    page.context.set_offline(True)
    page.get_by_label("Your words").fill("Utan nät")
    expect(page.get_by_text("We hold on to the text here.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Saved as draft")).to_be_visible()


def test_the_toolbar_and_the_preview_by_keyboard(people: Cast, as_person: Callable[..., Page]) -> None:
    page = as_person(people.elin)
    page.goto("/write")
    page.get_by_label("Your words").fill("ord")
    page.get_by_label("Your words").press("Control+a")
    page.locator("#toolbar summary").press("Enter")
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your words")).to_have_value("**ord**")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.locator("#preview strong")).to_have_text("ord")
    page.get_by_role("button", name="Write a post instead").press("Enter")
    expect(page.get_by_role("heading", name="Write a post")).to_be_visible()
    expect(page.get_by_label("Your words")).to_have_value("**ord**")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_writing_is_accessible(
    people: Cast,
    as_person: Callable[..., Page],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    width: int,
) -> None:
    _, line = address_of(letter("Jag vet inte om det är en bra idé.", people.elin, people.karin))
    page = as_person(people.elin, width=width)
    client_of(people.elin).post("/write", {"text": "En tanke", "do": "keep"})
    places = {
        "write": "/write",
        "letter": f"/write?to={people.karin.public_id}",
        "question": "/write?kind=question",
        "answer": f"/lines/{line}/answers?words=bra+idé",
        "revise": f"/lines/{line}/revisions",
        "history": f"/lines/{line}/history",
        "take-back": f"/lines/{line}/takings-back",
        "drafts": "/drafts",
    }
    for name, place in places.items():
        page.goto(place)
        accessible(page)
        picture(page, f"{name}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    page.goto("/write")
    page.get_by_label("Your words").fill("Till alla.")
    if width == 360:
        page.get_by_role("button", name="Who should read?").click()
        accessible(page)
        picture(page, "who-should-read-360")
    page.get_by_role("radio", name=re.compile("^Open")).check()
    if width == 360:
        page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Open to anyone").click()
    expect(page.get_by_role("heading", name="As anyone will read it")).to_be_visible()
    accessible(page)
    picture(page, f"show-first-{width}")
    page.get_by_role("button", name="Open to anyone").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    accessible(page)
    picture(page, f"sent-{width}")
