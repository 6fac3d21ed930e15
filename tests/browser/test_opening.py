"""The letter goes from private to public and back, as three persons in three browsers (story, steps 1-5).

Step 4 has an ordinary answer here; stepping forward (step 9) is tried where receipts are.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from communis.conversations.lines import address_of
from communis.journal.moments import DAY
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.widening.completing import open_due, remind_and_end
from communis.widening.proposing import propose
from tests.browser.test_letter import DOUBT, IDEA, QUESTION, answer_part, ask, write_letter
from tests.cast import Cast, letter
from tests.clock import Clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOUBT_ANSWER = "Det vet man sällan innan. Jag är glad att du skrev."
IDEA_ANSWER = "Vem täcker upp för den som går?"


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 360)])
def test_the_letter_becomes_open_as_far_as_each_agrees(
    people: Cast,
    as_person: Callable[..., Page],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    clock: Clock,
    scripts: bool,
    width: int,
) -> None:
    karin, elin, amina = (
        as_person(person, scripts=scripts, width=width)
        for person in (people.karin, people.elin, people.amina)
    )

    def looked_at(page: Page, name: str) -> None:
        # The check itself is a script.
        if scripts:
            accessible(page)
            assert page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        picture(page, f"opening-{name}-{width}")

    # 1-4. The question, the letter with the wish for how to be answered, and an answer to each paragraph.
    ask(karin)
    elin.goto("/")
    expect(elin.get_by_role("link", name=QUESTION)).to_be_visible()
    write_letter(elin, scripts)
    letter = elin.url.split("?")[0].split("#")[0]
    clock.news()
    karin.goto("/for-you")
    karin.get_by_role("link", name=re.compile("has written to you")).first.click()
    answer_part(karin, DOUBT, DOUBT_ANSWER, scripts)
    answer_part(karin, IDEA, IDEA_ANSWER, scripts)
    clock.news()

    # 5. Karin proposes to open it. Each author is asked for her own words.
    karin.goto(letter)
    karin.get_by_role("link", name="Propose to open").click()
    karin.get_by_role("radio", name=re.compile("All employees")).check()
    karin.get_by_label("Why should more people read it?").fill("Fler borde tänka vidare på det.")
    looked_at(karin, "proposed")
    karin.get_by_role("button", name="Ask those who wrote").click()
    expect(karin.get_by_text("You choose when everyone has said yes")).to_be_visible()
    expect(karin.get_by_role("button", name=re.compile("^Show to all employees"))).to_have_count(0)
    opening = karin.url
    looked_at(karin, "waits")
    clock.news()
    assert amina.goto(letter).status == 404  # type: ignore[union-attr]
    assert amina.goto(opening).status == 404  # type: ignore[union-attr]

    elin.goto("/for-you")
    elin.get_by_role("link", name=re.compile("open")).first.click()
    expect(elin.get_by_role("heading", level=1)).to_have_text(
        "Karin Sundvall wants to show this to all employees"
    )
    expect(elin.get_by_text("If you do nothing, your words stay here.")).to_be_visible()
    own = elin.locator("fieldset.consent")
    expect(own).to_have_count(1)
    expect(own.get_by_role("radio", name="No, it stays here")).to_be_checked()
    looked_at(elin, "asked")
    # What would be shown, before anything is answered: her text yes, her name no.
    own.get_by_role("radio", name="Yes, but without my name").check()
    elin.get_by_role("button", name="Show the page with my answers").click()
    frame = elin.locator("section.frame")
    expect(frame.locator("article").first).to_contain_text(DOUBT)
    expect(frame.locator("article").first).to_contain_text("Unnamed")
    expect(frame.locator("article").first).not_to_contain_text("Elin")
    expect(frame.get_by_text("Shown if its author says yes")).to_have_count(2)
    button = elin.locator("button[value=answer]")
    expect(button).to_have_text("Answer: one yes" if scripts else "Answer")
    looked_at(elin, "tried")
    button.click()
    expect(elin.get_by_text("You can change your answer until then.")).to_be_visible()
    # Everyone has said yes, so that nobody has to wait until the time is out.
    remind_and_end()
    clock.news()
    karin.goto("/for-you")
    karin.get_by_role("link", name=re.compile("can be opened")).first.click()
    # Below it stands the page that all authors are asked on.
    to_open = karin.locator(".frame", has_text=DOUBT).first
    expect(to_open.locator("article")).to_have_count(3)
    expect(to_open).not_to_contain_text("Elin")
    looked_at(karin, "choice")
    karin.get_by_role("button", name=re.compile("^Show to all employees")).click()
    expect(karin.get_by_text("Until then a yes can be taken back.")).to_be_visible()
    assert amina.goto(letter).status == 404  # type: ignore[union-attr]
    clock.news()
    elin.goto("/for-you")
    elin.get_by_role("link", name=re.compile("will be opened")).first.click()
    same_page(elin, karin)
    looked_at(elin, "opens")
    clock.forward(DAY)
    assert open_due() == 3

    # What stands open is that very page; inside, the letter is as it was.
    amina.goto("/")
    amina.goto(letter)
    expect(amina.locator("article")).to_have_count(3)
    expect(amina.locator("article").first).to_contain_text("Unnamed")
    expect(amina.locator("main")).not_to_contain_text("Elin")
    expect(amina.locator("article", has_text=IDEA_ANSWER)).to_contain_text("Karin Sundvall")
    looked_at(amina, "open")
    karin.goto(letter)
    expect(karin.locator("article").first).to_contain_text("Elin Forsgren")
    ended_again(amina, elin, letter, clock)


def same_page(one: Page, other: Page) -> None:
    """Both look at what opens: the same words, by the same names."""
    shown = [
        page.locator("section.frame", has=page.locator("#opens")).locator("article") for page in (one, other)
    ]
    words = [articles.all_inner_texts() for articles in shown]
    assert words[0] == words[1] and len(words[0]) == 3


def ended_again(amina: Page, elin: Page, letter: str, clock: Clock) -> None:
    """Gone for the others from their next look."""
    elin.goto(letter)
    elin.locator("article").first.locator("> .actions").get_by_role("link", name="More", exact=True).click()
    elin.get_by_role("link", name="Where your words are open").click()
    elin.get_by_role("button", name=re.compile("^End it here")).click()
    expect(elin.get_by_text("What someone has read or copied stays with them.")).to_be_visible()
    clock.news()
    assert amina.goto(letter).status == 404  # type: ignore[union-attr]


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 360)])
def test_a_yes_that_waits_is_pressed_when_it_has_happened(
    people: Cast,
    as_person: Callable[..., Page],
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    clock: Clock,
    scripts: bool,
    width: int,
) -> None:
    idea = letter("Tänk om vi satt hos någon annan.", people.elin, people.karin)
    made = propose(address_of(idea)[0], Choice(Rung.ORGANISATION), "Fler borde läsa.", by=people.karin)
    elin = as_person(people.elin, scripts=scripts, width=width)
    elin.goto(f"/widenings/{made}")
    elin.get_by_label("Yes, but only when this has happened").check()
    elin.get_by_label("What has to happen first").fill("avtalet är påskrivet")
    elin.get_by_role("button", name=re.compile("^Answer")).click()
    expect(elin.get_by_text("You wait for: avtalet är påskrivet")).to_be_visible()
    if scripts:
        accessible(elin)
        assert elin.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    picture(elin, f"opening-waiting-{width}")
    elin.get_by_role("button", name="Now it has happened").click()
    expect(elin.get_by_text("From now on your answer counts as a yes.")).to_be_visible()
    expect(elin.get_by_role("button", name="Now it has happened")).to_have_count(0)
    karin = as_person(people.karin, scripts=scripts, width=width)
    karin.goto(f"/widenings/{made}")
    expect(karin.get_by_role("button", name=re.compile("^Show to all employees"))).to_be_visible()
    expect(karin.get_by_text("påskrivet")).to_have_count(0)
