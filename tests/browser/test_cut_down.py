"""*I was cut down*, in a browser: one presses, one person reads, and handles it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from communis.answers.answering import Given, Wording, give_answer
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations.lines import address_of
from communis.people.addresses import mail_address
from tests.answers.town import Answering
from tests.clock import Clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]


@pytest.mark.parametrize("scripts", [True, False])
def test_reported_read_by_one_and_handled(
    answering: Answering,
    clock: Clock,
    settings: Any,
    as_person: Visit,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    scripts: bool,
) -> None:
    people = answering.people
    settings.RECEIVES_REPORTS = [mail_address(people.johan.id) or ""]
    share, asked = answering.letter()
    no = Given(
        Verdict.NO, Wording("Nej, det var dumt tänkt.", "Det begriper vem som helst."), ReasonKind.OTHER
    )
    give_answer(asked, no, by=people.karin)
    clock.news()
    elin, johan = as_person(people.elin, scripts=scripts, width=360), as_person(people.johan, scripts=scripts)
    elin.goto(f"/conversations/{address_of(share)[0]}")
    elin.locator("#straight-answer .by a[href^='/lines/']").click()
    elin.locator("summary", has_text="Were you cut down?").click()
    elin.get_by_role("link", name="I was cut down").click()
    expect(elin.get_by_text("Johan Åkerlind reads it, and nobody else")).to_be_visible()
    if scripts:
        accessible(elin)
        picture(elin, "report")
    elin.get_by_label("A word about it").fill("Jag vågar inte mer.")
    elin.get_by_role("button", name="Let Johan Åkerlind read it").click()
    expect(elin.get_by_text("You have reported it to Johan Åkerlind")).to_be_visible()
    clock.news()
    johan.goto("/for-you")
    johan.locator("a[href^='/reports']").click()
    expect(johan.get_by_text("Jag vågar inte mer.")).to_be_visible()
    expect(johan.get_by_text("det var dumt tänkt")).to_be_visible()
    if scripts:
        accessible(johan)
        picture(johan, "reports")
    johan.get_by_role("button", name="handled").click()
    expect(johan.get_by_text("Jag vågar inte mer.")).to_have_count(0)
