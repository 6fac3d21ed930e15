"""Whoever said it under a pseudonym or unnamed: nobody else's pages and mails tell who it was.

The same is done in two worlds, in one by one person and in the other by another; all that others receive is equal.
"""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from django.db import transaction

from communis.journal.moments import MINUTE
from communis.journal.reactions import react
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from tests.addresses import Known, plain_looks, requests_for
from tests.events import START, Event, Replay, held_still, secret
from tests.test_noninterference import difference, observe

pytestmark = [pytest.mark.django_db, pytest.mark.compared]

UNNAMED, PSEUDONYM = int(Byline.Kind.UNNAMED), int(Byline.Kind.PSEUDONYM)
ALL, PUBLIC = int(Rung.ORGANISATION), int(Rung.PUBLIC)


def world(*done: tuple[str, str, str, dict[str, object]]) -> list[Event]:
    """Six who work here, p4 and p5 alike but for their names; all but the steward in one circle."""
    events: list[tuple[str, str, str, dict[str, object]]] = [
        ("p0", "welcome", "", {"name": "Steward", "steward": True}),
        *(
            (f"p{one}", "welcome", "p0", {"name": f"Person {secret('name', str(one))}"})
            for one in range(1, 6)
        ),
        ("circle", "found", "p1", {"name": "Krets"}),
        *((f"in{one}", "let_in", "p1", {"person": f"p{one}", "circle": "circle"}) for one in range(2, 6)),
        *done,
    ]
    return [
        Event(key, START + number * MINUTE, verb, by, about)
        for number, (key, verb, by, about) in enumerate(events)
    ]


def answers(author: str) -> list[Event]:
    """In the conversation of another: two answers of one author, one of them corrected, signed and moved."""
    return world(
        ("idea", "start", "p1", {"text": "Byt stol.", "rung": ALL}),
        ("one", "contribute", author, {"answered": "idea", "text": "Hellre byta hus.", "hidden": PSEUDONYM}),
        ("two", "contribute", "p2", {"answered": "one", "text": "Vilket hus?"}),
        ("three", "contribute", author, {"answered": "two", "text": "Det gula.", "hidden": PSEUDONYM}),
        ("corrected", "revise", author, {"line": "one", "text": "Hellre byta rum.", "correction": True}),
        ("sign", "sign", "p3", {"line": "three", "sign": 1}),
        ("wish", "wish", "p2", {"line": "three"}),
        ("other", "contribute", author, {"answered": "idea", "text": "Jag vågar inte.", "hidden": UNNAMED}),
        (
            "narrow",
            "contribute",
            "p2",
            {"answered": "other", "text": "Jo.", "rung": 2, "circles": ["circle"]},
        ),
        ("moved", "move", author, {"line": "one", "text": "Om hus."}),
        ("gone", "take_back", author, {"line": "three"}),
    )


def opener(author: str) -> list[Event]:
    """One's own conversation: what others say more simply is adopted, a branch is moved, it is opened to anyone."""
    return world(
        ("idea", "start", author, {"text": "Byt stol.", "rung": ALL, "hidden": UNNAMED, "wishes": [1]}),
        ("plain", "contribute", "p2", {"answered": "idea", "text": "Byt.", "plain": True}),
        ("adopted", "adopt", author, {"line": "plain"}),
        ("two", "contribute", "p3", {"answered": "idea", "text": "Om bussen."}),
        ("moved", "move", author, {"line": "two", "text": "Bussen."}),
        ("wider", "widen", author, {"line": "idea", "rung": PUBLIC}),
        (
            "fragment",
            "start",
            author,
            {"text": "Filt.", "rung": 2, "circles": ["circle"], "hidden": PSEUDONYM},
        ),
        ("asked", "propose", "p1", {"line": "fragment", "rung": ALL}),
    )


def credited(author: str) -> list[Event]:
    """One is mentioned with and without a name, at words with and without it; others thank, and flag a guess."""
    return world(
        ("idea", "start", "p1", {"text": "Byt stol.", "rung": PUBLIC}),
        ("named", "contribute", "p4", {"answered": "idea", "text": "Hellre hus."}),
        ("by name", "credit", "p4", {"line": "named", "form": int(Byline.Kind.NAMED)}),
        ("shy", "contribute", author, {"answered": "idea", "text": "Jag vågar inte.", "hidden": UNNAMED}),
        ("mentioned", "credit", author, {"line": "shy", "form": UNNAMED}),
        ("thanks", "thank", "p2", {"line": "shy", "text": "Tack."}),
        ("guess", "contribute", "p3", {"answered": "shy", "text": "Jag vet vem."}),
        ("flag", "flag", "p2", {"line": "guess"}),
    )


@pytest.mark.parametrize("viewer", ["", "p0", "p1", "p2", "p3"])
@pytest.mark.parametrize("done", [answers, opener, credited])
def test_nobody_else_is_told_who_it_was(done: Callable[[str], list[Event]], viewer: str) -> None:
    events, instead = done("p4"), done("p5")
    with transaction.atomic():
        replay = Replay(events)
        assert not replay.refused
        with held_still(events[-1].at + 2 * MINUTE, "worker"):
            react()
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    asked = [
        *plain_looks(known, ("conversation",)),
        *requests_for(known, Random(f"{viewer} {done.__name__}"), 1),
    ]
    moment = events[-1].at + 2 * MINUTE
    seen, other = (observe(one, viewer, asked, moment) for one in (events, instead))
    for request, before, after in zip(asked, seen.answers, other.answers, strict=True):
        assert before == after, (
            f"{viewer or 'signed out'} learns from {request}:\n{difference(before, after)}"
        )
    assert seen.mails == other.mails
    if viewer or done is not answers:
        assert any(answer.status == 200 and b"Byt" in answer.body for answer in seen.answers)


@pytest.mark.seeded
def test_a_name_that_is_shown_is_found_by_this(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: with the authors' names in the thread it does."""
    named: Sequence[list[Event]] = [
        [
            event._replace(about={**event.about, "hidden": None}) if "hidden" in event.about else event
            for event in answers(author)
        ]
        for author in ("p4", "p5")
    ]
    with transaction.atomic():
        replay = Replay(named[0])
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    asked = [one for one in requests_for(known, Random(1), 3) if one.pattern == "conversation"]
    moment = named[0][-1].at + 2 * MINUTE
    seen, other = (observe(one, "p2", asked, moment) for one in named)
    assert seen.answers != other.answers
