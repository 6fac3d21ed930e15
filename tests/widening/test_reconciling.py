"""``communis reconcile`` finds what was opened otherwise than it was agreed to, and nothing where all is well."""

from collections.abc import Callable

import pytest

from communis.conversations.models import Line, Share
from communis.journal.moments import DAY
from communis.openness.bylines import byline_with
from communis.widening.completing import choose_to_open, open_due
from communis.widening.models import Consent, Widening
from communis.widening.reconciling import differences
from tests.cast import Cast
from tests.clock import Clock
from tests.widening.test_widening import Letter, say

Way = Consent.Way


@pytest.fixture
def opened(people: Cast, clock: Clock) -> Letter:
    """Elin's idea is open without her name and Karin's answer to it with hers; the rest stayed."""
    told = Letter(people)
    widening = told.propose()
    say(widening, people.elin, s0=Way.WITHOUT_NAME, s1=Way.NO)
    clock.forward(14 * DAY)
    choose_to_open(widening.public_id, by=people.karin)
    clock.forward(DAY)
    assert open_due() == 2
    return told


def of_those_opened(way: int) -> Consent:
    return Consent.everything.exclude(opened=None).get(way=way)


def a_name_comes_back() -> None:
    named = Share.everything.filter(line_id=of_those_opened(Way.WITHOUT_NAME).line_id).get()
    assert byline_with(named.byline_id).person_id is not None
    opened = Share.everything.filter(line_id=of_those_opened(Way.WITHOUT_NAME).opened_id)
    opened.update(byline_id=named.byline_id)


def other_readers() -> None:
    narrow = Share.everything.filter(line_id=of_those_opened(Way.YES).line_id).get()
    Share.everything.filter(line_id=of_those_opened(Way.YES).opened_id).update(audience_id=narrow.audience_id)


def another_contribution() -> None:
    Consent.everything.filter(id=of_those_opened(Way.YES).id).update(
        opened=of_those_opened(Way.WITHOUT_NAME).line_id
    )


def a_no_is_opened() -> None:
    Consent.everything.filter(way=Way.NO).update(opened=Line.everything.order_by("-id").first())


DAMAGES: dict[str, Callable[[], object]] = {
    "something opened whose author has not said yes": a_no_is_opened,
    "something opened from a proposal that nobody has chosen": lambda: Widening.everything.update(
        state=Widening.State.ASKING
    ),
    "something opened that its author has not said the time has come for": lambda: Consent.everything.filter(
        id=of_those_opened(Way.YES).id
    ).update(way=Way.AFTER, waits_for="att det sker"),
    "yes that waits for nothing, or something waited for with another answer": lambda: (
        Consent.everything.filter(way=Way.NO).update(waits_for="att det sker")
    ),
    "opened line of another contribution than was asked about": another_contribution,
    "opened line with other readers than were proposed": other_readers,
    "name shown on a line that was opened without it": a_name_comes_back,
    "answer without its time, or a yes to nothing": lambda: Consent.everything.update(answered_at=None),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_damage_is_found(opened: Letter, what: str) -> None:
    assert differences() == []
    DAMAGES[what]()
    assert what in [difference.what for difference in differences()]
