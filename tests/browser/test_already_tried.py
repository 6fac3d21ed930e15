"""A no that is not forgotten, as three persons: asked, answered first in private, kept in Already tried, and woken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from communis.answers.answering import open_answers
from communis.journal.moments import HOUR
from tests.answers.town import Answering
from tests.cast import Cast
from tests.clock import Clock

from .test_letter import QUESTION, ask, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]

SAMPLE = Path(__file__).parents[2] / "docs" / "already-tried.csv"
IDEA = "Vi kunde ha en cykelpool vid stadshuset."
CHANGED = "Nu finns det lås utan nyckel."
TOLD = "Something has changed about what was tried"


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_question_to_something_has_changed(
    answering: Answering, clock: Clock, as_person: Visit, scripts: bool
) -> None:
    people = answering.people
    karin, elin, amina = (
        as_person(one, scripts=scripts) for one in (people.karin, people.elin, people.amina)
    )
    ask(karin)
    clock.news()
    idea = answer_the_question(elin)
    refuse(karin)
    # Only the one who asked reads it, and others know of nothing.
    elin.goto(idea)
    expect(elin.locator(".answer").first).to_contain_text("Nej, inte i år.")
    amina.goto(idea)
    expect(amina.get_by_text("Answer promised by")).to_be_visible()
    expect(amina.get_by_text("Pengarna är slut.")).to_have_count(0)
    clock.forward(25 * HOUR)
    assert open_answers() == 1
    clock.news()
    amina.reload()
    expect(amina.get_by_text("Budgeten är lagd.")).to_be_visible()
    expect(amina.get_by_text("Pengarna är slut.")).to_have_count(0)

    keep(karin, idea)
    # It is found by its words a minute later, when it cannot be undone any more.
    clock.news()
    find_and_wake(amina, scripts)
    clock.news()
    # The one to talk to and whoever had the idea are told, each once.
    for page in (karin, elin):
        page.goto("/for-you")
        expect(page.get_by_role("link", name=TOLD)).to_have_count(1)
    elin.get_by_role("link", name=TOLD).click()
    expect(elin.get_by_text(CHANGED)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_is_looked_at_and_brought_in(
    people: Cast,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    tmp_path: Path,
    scripts: bool,
) -> None:
    leyla = as_person(people.leyla, scripts=scripts)
    leyla.goto("/already-tried/import")
    rows = SAMPLE.read_text(encoding="utf-8") + "Utan år;Parken;;;x;;;;;Fel.;;Lås.;;;\n"
    (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
    leyla.locator("input[type=file]").set_input_files(tmp_path / "list.csv")
    leyla.locator("main form button").click()
    expect(leyla.get_by_text("Write the year")).to_be_visible()
    if scripts:
        accessible(leyla)
        picture(leyla, "import-tried-looked-at")
    leyla.get_by_role("button", name="for all employees").click()
    expect(leyla.get_by_text("Write the year")).to_be_visible()
    leyla.goto("/already-tried")
    expect(leyla.get_by_role("link", name="Gemensam cykelpool")).to_be_visible()


def answer_the_question(elin: Page) -> str:
    """With an idea, about which she asks Karin; returns its address."""
    elin.goto("/")
    elin.get_by_role("link", name=QUESTION).first.click()
    elin.get_by_role("link", name="Answer", exact=True).first.click()
    say(elin, IDEA)
    elin.locator(".c", has_text=IDEA).last.get_by_role("link", name="More", exact=True).click()
    idea = elin.url
    elin.get_by_role("link", name="Ask for an answer").click()
    elin.get_by_role("radio", name="Karin Sundvall").check()
    elin.get_by_role("button", name="Ask for an answer").click()
    elin.goto(idea)
    expect(elin.get_by_text("Answer promised by")).to_be_visible()
    return idea


def refuse(karin: Page) -> None:
    karin.goto("/to-answer")
    karin.get_by_role("link", name=IDEA).click()
    karin.get_by_role("radio", name="No, because").check()
    karin.get_by_label("The answer, in one or two sentences").fill("Nej, inte i år.")
    karin.get_by_label("The reason", exact=True).fill("Pengarna är slut.")
    karin.get_by_label("Kind of reason").select_option(label="money")
    karin.locator("summary", has_text="More to say").click()
    karin.get_by_label("Other words for everybody else: the answer").fill("Nej, det blir inte av i år.")
    karin.get_by_label("Other words for everybody else: the reason").fill("Budgeten är lagd.")
    karin.get_by_role("button", name="Give the answer").click()
    expect(karin.get_by_text("Nothing waits. Take a walk down the corridor.")).to_be_visible()


def keep(karin: Page, idea: str) -> None:
    """From the answer to the register; a form that lacks something keeps what was typed."""
    karin.goto(idea)
    karin.get_by_role("link", name="To Already tried").click()
    expect(karin.get_by_label("What was it?")).to_have_value(IDEA)
    karin.get_by_label("Where?").fill("Stadshuset")
    karin.get_by_label("What would have to change?").fill("")
    karin.get_by_role("button", name="Put it in Already tried").click()
    expect(karin.get_by_role("alert")).to_be_visible()
    expect(karin.get_by_label("Where?")).to_have_value("Stadshuset")
    karin.get_by_label("What would have to change?").fill("Lås utan nyckel.")
    karin.get_by_label("Talk to").select_option(label="Me")
    karin.get_by_role("button", name="Put it in Already tried").click()
    expect(karin.get_by_role("heading", name=IDEA)).to_be_visible()


def find_and_wake(amina: Page, scripts: bool) -> None:
    """Who writes the same thought meets it; and says what is no longer so."""
    amina.goto("/write")
    amina.get_by_label("Your words").fill("Kan vi inte ha en cykelpool vid stadshuset?")
    if not scripts:
        amina.get_by_role("button", name="Show similar").click()
    amina.get_by_role("link", name=IDEA).last.click()
    if "/already-tried/" not in amina.url:
        amina.goto("/already-tried")
        amina.get_by_role("link", name=IDEA).click()
    expect(amina.get_by_text("Lås utan nyckel.")).to_be_visible()
    amina.get_by_label("What has changed?").fill(CHANGED)
    amina.get_by_role("button", name="Say that it has changed").click()
    expect(amina.get_by_text(CHANGED)).to_be_visible()
