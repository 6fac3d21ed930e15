"""What the check finds is looked at and masked in the browser, where one writes and where one is asked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from communis.conversations.contributing import contribute
from communis.conversations.lines import address_of
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people import actions
from communis.widening.proposing import propose
from tests.cast import Cast, letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WAYS = [(True, 1280, "en", False), (False, 360, "sv", False), (True, 360, "sv", True)]
WORDS = {
    "en": ("Open to anyone", "Write “[personal number]” instead", "Write “a colleague” instead"),
    "sv": ("Gör öppet för alla", "Skriv ”[personnummer]” i stället", "Skriv ”en kollega” i stället"),
}


@pytest.mark.parametrize(("scripts", "width", "language", "dark"), WAYS)
def test_found_masked_and_sent(
    people: Cast,
    as_person: Callable[..., Page],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    scripts: bool,
    width: int,
    language: str,
    dark: bool,
) -> None:
    elin = as_person(people.elin, scripts=scripts, width=width, language=language, dark=dark)
    opens, number, name = WORDS[language]

    def looked_at(what: str) -> None:
        # The check itself is a script.
        if scripts:
            accessible(elin)
            assert elin.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        picture(elin, f"found-{what}-{width}{'-dark' if dark else ''}")

    def send_to(rung: str) -> None:
        # On a telephone with scripts the choice is a sheet behind a sign beside the button.
        sheet = elin.locator("#who").is_visible()
        if sheet:
            elin.locator("#who").click()
        elin.locator(f'input[name="audience"][value="{rung}"]').check()
        if sheet:
            elin.locator("#who-done").click()
        elin.locator('button.main[name="do"]').click()

    # All employees: shown once, then it goes.
    elin.goto("/write")
    elin.locator("#text").fill("Fråga Amina Warsame, 19961020-2385.")
    send_to("organisation")
    expect(elin.locator("section.found q")).to_have_text(["Amina Warsame", "19961020-2385"])
    looked_at("write")
    # Anyone: the number stops it until it is masked.
    send_to("public")
    expect(elin.locator("section.found q")).to_have_count(2)
    expect(elin.get_by_role("button", name=opens)).to_have_count(0)
    looked_at("stopped")
    elin.get_by_role("button", name=number).click()
    expect(elin.get_by_role("button", name=opens)).to_be_visible()
    elin.get_by_role("button", name=name).click()
    expect(elin.locator("article.preview q, article.preview")).not_to_contain_text("Amina")
    looked_at("first")
    elin.get_by_role("button", name=opens).click()
    expect(elin.locator("article .words").first).not_to_contain_text("Amina")
    # Asked about an opening: the masked words stand in the frame at once.
    said = letter("Tänk om.", people.elin, people.karin)
    contribute(address_of(said)[1], "Fråga Amina Warsame, 19961020-2385.", by=people.elin)
    made = propose(address_of(said)[0], Choice(Rung.PUBLIC), "Fler borde läsa.", by=people.karin)
    elin.goto(f"/widenings/{made}")
    looked_at("asked")
    elin.get_by_role("button", name=name).click()
    expect(elin.locator(".found q")).to_have_text(["19961020-2385"])
    expect(elin.locator(".frame article").nth(1)).not_to_contain_text("Amina")
    looked_at("asked-masked")
    # Own words changed where all read them.
    elin.goto(f"/lines/{address_of(said)[1]}/revisions")
    looked_at("revised")


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 360)])
def test_another_authority_is_said_when_its_circle_is_chosen(
    people: Cast,
    as_person: Callable[..., Page],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    scripts: bool,
    width: int,
) -> None:
    """With scripts the line follows the choice; without, the form comes back once with it, as with every sentence."""
    home = actions.found_circle("Hemtjänst", by=people.leyla, unit=True, authority="Åvinge kommun")
    actions.let_in(people.elin, home, by=people.leyla)
    company = actions.found_circle("Bostäder", by=people.leyla, unit=True, authority="Åvinge Bostäder AB")
    elin = as_person(people.elin, scripts=scripts, width=width)
    elin.goto(f"/write?circle={home.public_id}")
    line = elin.locator("#border-circle")
    expect(line).to_be_empty()
    elin.get_by_label("Which circle").select_option(value=company.public_id)
    if not scripts:
        elin.locator("#text").fill("Hej.")
        elin.locator('button.main[name="do"]').click()
    expect(line).to_contain_text("belong to another authority or company.")
    if scripts:
        accessible(elin)
    picture(elin, f"border-{width}")
    if scripts:
        elin.get_by_label("Which circle").select_option(value=home.public_id)
        expect(line).to_be_empty()
    else:
        elin.locator('button.main[name="do"]').click()
        elin.wait_for_url("**/conversations/**")
