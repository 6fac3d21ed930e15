"""Answers in a browser: asked, answered in private first, read by all; and forty answered with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from communis.answers.answering import open_answers
from communis.answers.models import Answer
from communis.answers.verdicts import Verdict
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.journal.moments import HOUR
from tests.answers.town import Answering
from tests.cast import letter, to_all
from tests.clock import Clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]


@pytest.mark.parametrize("scripts", [True, False])
def test_asked_answered_in_private_and_read_by_all(
    answering: Answering, clock: Clock, as_person: Visit, scripts: bool
) -> None:
    people = answering.people
    conversation, line = address_of(to_all(Kind.IDEA, "Tänk om vi bytte stol.", people.elin))
    elin, karin, amina = (
        as_person(one, scripts=scripts) for one in (people.elin, people.karin, people.amina)
    )
    elin.goto(f"/lines/{line}")
    elin.get_by_role("link", name="Ask for an answer").click()
    elin.get_by_role("radio", name="Karin Sundvall").check()
    elin.get_by_role("button", name="Ask for an answer").click()
    expect(elin.get_by_text("Answer promised by")).to_be_visible()
    karin.goto("/")
    karin.get_by_role("link", name="One waits for your answer.").click()
    karin.get_by_role("link", name="Tänk om vi bytte stol.").click()
    # A no without a reason is refused, and nothing that was typed is lost.
    karin.get_by_role("radio", name="No, because").check()
    karin.get_by_label("The answer, in one or two sentences").fill("Nej, inte i år.")
    karin.get_by_role("button", name="Give the answer").click()
    expect(karin.get_by_role("alert")).to_contain_text("A no needs its reason.")
    expect(karin.get_by_label("The answer, in one or two sentences")).to_have_value("Nej, inte i år.")
    karin.get_by_label("The reason", exact=True).fill("Pengarna är slut.")
    karin.get_by_label("Kind of reason").select_option(label="money")
    karin.locator("summary", has_text="More to say").click()
    karin.get_by_label("Other words for everybody else: the answer").fill("Nej, det blir inte av i år.")
    karin.get_by_label("Other words for everybody else: the reason").fill("Budgeten är lagd.")
    karin.get_by_role("button", name="Give the answer").click()
    expect(karin.get_by_text("Nothing waits. Take a walk down the corridor.")).to_be_visible()
    elin.goto(f"/conversations/{conversation}")
    expect(elin.locator("#straight-answer")).to_contain_text("Pengarna är slut.")
    expect(elin.get_by_text("Only you read this yet.")).to_be_visible()
    amina.goto(f"/conversations/{conversation}")
    expect(amina.get_by_text("Answer promised by")).to_be_visible()
    expect(amina.locator("#straight-answer")).to_have_count(0)
    clock.forward(25 * HOUR)
    assert open_answers() == 1
    for page in (amina, elin):
        page.goto(f"/conversations/{conversation}")
        answer = page.locator("#straight-answer")
        expect(answer).to_contain_text("No, because")
        expect(answer).to_contain_text("Budgeten är lagd.")
        expect(answer).not_to_contain_text("Pengarna är slut.")
    karin.goto(f"/conversations/{conversation}")
    karin.get_by_role("link", name="I have changed my mind").click()
    karin.get_by_role("radio", name="Yes", exact=False).first.check()
    karin.get_by_label("The answer, in one or two sentences").fill("Ja, vi gör det.")
    karin.get_by_role("button", name="Give the answer").click()
    clock.forward(25 * HOUR)
    open_answers()
    amina.reload()
    expect(amina.locator("#straight-answer > .verdict")).to_have_text("Yes Answered")
    amina.locator("summary", has_text="Earlier answer").click()
    expect(amina.get_by_text("Budgeten är lagd.")).to_be_visible()


def test_begun_underlined_and_gone_on_with(answering: Answering, as_person: Visit) -> None:
    """Words that blur are underlined on the very words; what was begun is there on coming back."""
    _share, ask = answering.letter()
    karin = as_person(answering.people.karin)
    karin.goto(f"/asks/{ask}")
    words = karin.get_by_label("The answer, in one or two sentences")
    words.fill("Vi tittar på det framöver.")
    underlined = karin.locator(".underlined:has(#words) u")
    expect(underlined).to_have_text("tittar på det framöver")
    # The same words, as wide and as far in as those one reads.
    lines = karin.locator(".underlined:has(#words) > .lines")
    assert words.bounding_box() == lines.bounding_box()
    names = "['font', 'lineHeight', 'paddingLeft', 'borderLeftWidth']"
    set_in = f"one => {names}.map((name) => getComputedStyle(one)[name])"
    assert words.evaluate(set_in) == lines.evaluate(set_in)
    words.press_sequentially(" Kanske.")
    expect(underlined.first).to_have_text("tittar på det framöver")
    words.fill("Nej, inte i år.")
    expect(underlined).to_have_count(0)
    expect(karin.locator("#draft-status")).to_contain_text("Saved as draft")
    karin.goto("/to-answer")
    expect(karin.get_by_text("Answer begun")).to_be_visible()
    karin.locator(".queue a").click()
    expect(words).to_have_value("Nej, inte i år.")


def test_forty_are_answered_with_the_keyboard_alone(answering: Answering, as_person: Visit) -> None:
    people = answering.people
    for number in range(40):
        answering.ask(letter(f"Tanke nummer {number}.", people.elin, people.karin), people.elin)
    karin = as_person(people.karin)
    karin.set_viewport_size({"width": 360, "height": 740})
    karin.goto("/to-answer")
    rows = karin.locator(".queue > li")
    assert rows.count() == 40
    heights = rows.evaluate_all("all => all.slice(0, 5).map((one) => one.getBoundingClientRect().height)")
    assert sum(heights) <= 740, "five rows fit on a telephone's screen"
    for number in range(40):
        karin.keyboard.press("j")
        karin.keyboard.press("e")
        karin.wait_for_url("**/asks/**")
        # The first verdict is reached; the arrows choose among the six.
        expect(karin.get_by_role("radio").first).to_be_focused()
        karin.keyboard.press("Space")
        if number % 2:
            karin.keyboard.press("ArrowDown")
        karin.keyboard.press("Tab")
        karin.keyboard.type("Ja, det gör vi.")
        karin.keyboard.press("Control+Enter")
        karin.wait_for_url("**/to-answer")
    expect(karin.get_by_text("Nothing waits. Take a walk down the corridor.")).to_be_visible()
    given = list(Answer.everything.values_list("verdict", flat=True))
    assert sorted(given) == [Verdict.YES] * 20 + [Verdict.YES_IF] * 20
