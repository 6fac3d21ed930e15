"""SWAP-1: whether one or another wrote behind the scenes, nobody receives another byte, and no row is another.

The same is done in two worlds, in one by p4 and in the other by p5. All that anyone receives is equal, p4's and p5's
own pages too: whoever has written is told, counts and may do like all others. And so is every row of every table.
"""

from collections.abc import Callable, Collection
from random import Random

import pytest
from django.apps import apps
from django.db import transaction

from communis.behind_the_scenes import keys, release
from communis.behind_the_scenes.days import noon_of
from communis.conversations.models import Contribution
from communis.conversations.revising import own_contributions
from communis.journal.moments import DAY, MINUTE
from communis.journal.reactions import react
from communis.journal.record import record
from communis.openness.bylines import authorship_of
from communis.openness.rungs import Rung
from communis.people.models import Person
from tests.addresses import Asked, Known, requests_for
from tests.events import START, Event, Replay, held_still, secret
from tests.test_noninterference import difference, number_anew, observe, without_roots

pytestmark = pytest.mark.django_db

ALL = int(Rung.ORGANISATION)
NOON = noon_of(START // DAY + 719_163)


def world(*done: tuple[str, str, str, dict[str, object]]) -> list[Event]:
    """Six who work here; all but the steward in one circle, which p1 looks after."""
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


def an_opening(author: str) -> list[Event]:
    """A conversation begun behind the scenes, answered, gone on with, corrected; and one taken back."""
    return world(
        ("idea", "behind", author, {"text": "Elva minuter.", "noon": NOON, "circle": "circle"}),
        ("reply", "contribute", "p1", {"answered": "idea", "text": "Vilka sträckor?"}),
        ("sign", "sign", "p2", {"line": "idea", "sign": 2}),
        ("wish", "wish", "p3", {"line": "idea"}),
        ("again", "by_receipt", author, {"noon": NOON + DAY, "line": "idea", "answers": "reply"}),
        ("other", "by_receipt", author, {"noon": NOON + DAY, "line": "idea", "rewords": "Tolv minuter."}),
        ("gone", "behind", author, {"text": "Glöm det.", "noon": NOON, "circle": "circle"}),
        ("end", "by_receipt", author, {"noon": NOON + DAY, "line": "gone", "ends": True}),
    )


def an_answer(author: str) -> list[Event]:
    """Among the answers of others: those who wrote it and those who did not have said, read and drafted the same."""
    return world(
        ("question", "start", "p1", {"text": "Hur?", "rung": ALL}),
        *((f"said{one}", "contribute", f"p{one}", {"answered": "question", "text": "Så."}) for one in (4, 5)),
        *((f"draft{one}", "begin", f"p{one}", {"text": "Kanske.", "answered": "question"}) for one in (4, 5)),
        *((f"seen{one}", "look", f"p{one}", {"line": "question"}) for one in (4, 5)),
        *((f"heard{one}", "follow", f"p{one}", {"line": "question", "way": 1}) for one in (4, 5)),
        ("answer", "behind", author, {"text": "Elva minuter.", "noon": NOON, "answered": "question"}),
        ("below", "contribute", "p4", {"answered": "answer", "text": "Ja."}),
        ("asked", "propose", "p1", {"line": "question", "rung": int(Rung.PUBLIC)}),
    )


WORLDS = [an_opening, an_answer]


def rows(events: list[Event]) -> dict[str, list[tuple[object, ...]]]:
    """Everything the database holds after them, but salts, stamps and what hangs on those, which are drawn anew."""
    with transaction.atomic():
        number_anew()
        replay = Replay(events)
        assert not replay.refused, replay.refused
        with held_still(NOON + 2 * DAY, "worker"):
            react()
        found: dict[str, list[tuple[object, ...]]] = {}
        for model in apps.get_models():
            names = [
                field.attname
                for field in model._meta.concrete_fields
                if field.attname not in ("salt", "commitment", "way", "stamp", "password")
            ]
            table = getattr(model, "everything", None) or model._base_manager
            found[model.__name__] = [
                tuple(without_roots(repr(one)) for one in row)
                for row in table.order_by("pk").values_list(*names)
            ]
        transaction.set_rollback(True)
    return found


def no_row_is_another(done: Callable[[str], list[Event]]) -> None:
    one, other = rows(done("p4")), rows(done("p5"))
    assert {table: (one[table], other[table]) for table in one if one[table] != other[table]} == {}
    assert one["Receipt"] and one["Contribution"]


def nobody_receives_another_byte(
    done: Callable[[str], list[Event]], viewer: str, most: int | None = 1, only: str = ""
) -> None:
    """``most`` of each pattern at random, and every conversation; or ``only`` those."""
    events, instead = done("p4"), done("p5")
    moment = NOON + 2 * DAY
    with transaction.atomic():
        replay = Replay(events)
        assert not replay.refused, replay.refused
        with held_still(moment, "worker"):
            react()
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    asked = [
        Asked("GET", f"/conversations/{one}", (), (), "conversation") for one in known.ids["conversation"]
    ]
    asked += [] if only else requests_for(known, Random(viewer), most)
    seen, other = (observe(one, viewer, asked, moment) for one in (events, instead))
    for request, before, after in zip(asked, seen.answers, other.answers, strict=True):
        assert before == after, f"{viewer or 'nobody'} learns from {request}:\n{difference(before, after)}"
    assert seen.mails == other.mails and seen.journal == other.journal
    if viewer in ("p1", "p2", "p4", "p5"):
        assert any(answer.status == 200 and b" minuter." in answer.body for answer in seen.answers)


@pytest.mark.parametrize("done", WORLDS)
def test_no_row_of_any_table_is_another(done: Callable[[str], list[Event]]) -> None:
    no_row_is_another(done)


@pytest.mark.parametrize("viewer", ["", "p0", "p1", "p2", "p4", "p5"])
@pytest.mark.parametrize("done", WORLDS)
def test_nobody_receives_another_byte(done: Callable[[str], list[Event]], viewer: str) -> None:
    nobody_receives_another_byte(done, viewer)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(80))
@pytest.mark.parametrize("viewer", ["", "p0", "p1", "p2", "p4", "p5"])
@pytest.mark.parametrize("done", WORLDS)
def test_nobody_receives_another_byte_of_all_there_is(
    done: Callable[[str], list[Event]], viewer: str, seed: int
) -> None:
    nobody_receives_another_byte(done, viewer, most=25)


@pytest.mark.parametrize("viewer", ["", "p0", "p6"])
def test_who_does_not_read_there_learns_nothing_at_all(viewer: str) -> None:
    """Non-interference: with what was written behind the scenes in a circle, and without it (trust 6)."""
    beside = [
        ("p6", "welcome", "p0", {"name": f"Person {secret('name', '6')}"}),
        ("all", "start", "p1", {"text": "Till alla.", "rung": ALL}),
    ]
    full = world(*beside, *((e.key, e.verb, e.by, dict(e.about)) for e in an_opening("p4")[len(world()) :]))
    about_it = ("behind", "by_receipt", "sign", "wish")
    pruned = [event for event in full if event.verb not in about_it and event.key != "reply"]
    moment = NOON + 2 * DAY
    with transaction.atomic():
        replay = Replay(full)
        assert not replay.refused, replay.refused
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    asked = [
        Asked("GET", f"/conversations/{one}", (), (), "conversation") for one in known.ids["conversation"]
    ]
    asked += requests_for(known, Random(viewer), 1)
    seen, other = (observe(events, viewer, asked, moment) for events in (full, pruned))
    for request, before, after in zip(asked, seen.answers, other.answers, strict=True):
        assert before == after, f"{viewer or 'nobody'} learns from {request}:\n{difference(before, after)}"
    assert seen.mails == other.mails


# Mistakes put in on purpose: what is compared here has to find them.


def author_stored(patch: pytest.MonkeyPatch) -> None:
    """The key carries who asked, and the release makes an authorship of it."""
    real_key, real_say = keys.key_for, release.say
    last: list[Person] = []

    def key_for(place, *, by):  # type: ignore[no-untyped-def]
        last[:] = [by]
        return real_key(place, by=by)

    def say(*arguments, **named):  # type: ignore[no-untyped-def]
        share = real_say(*arguments, **named)
        contribution = Contribution.everything.filter(id=share.contribution_id)
        contribution.update(authorship=authorship_of(last[0]))
        return share

    patch.setattr("tests.events.key_for", key_for)
    patch.setattr(release, "say", say)


def key_journalled(patch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a key stands in the journal."""
    real = keys.key_for

    def key_for(place, *, by):  # type: ignore[no-untyped-def]
        record("asked for a key", by=by.id)
        return real(place, by=by)

    patch.setattr("tests.events.key_for", key_for)


@pytest.mark.seeded
@pytest.mark.parametrize("mistake", [author_stored, key_journalled])
def test_a_row_that_leads_to_the_author_is_found(
    mistake: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mistake(monkeypatch)
    with pytest.raises(AssertionError):
        no_row_is_another(an_opening)


@pytest.mark.seeded
def test_a_page_that_leaves_out_its_author_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Self-exclusion: what one has written behind the scenes does not count as new to oneself."""
    real_key, real_own = keys.key_for, own_contributions
    wrote: set[int] = set()

    def key_for(place, *, by):  # type: ignore[no-untyped-def]
        wrote.clear()
        wrote.add(by.id)
        return real_key(place, by=by)

    def own(contributions: Collection[int], *, by: Person) -> set[int]:
        if by.id in wrote:
            return set(contributions)
        return real_own(contributions, by=by)

    monkeypatch.setattr("tests.events.key_for", key_for)
    monkeypatch.setattr("communis.web.views.conversation.own_contributions", own)
    with pytest.raises(AssertionError):
        nobody_receives_another_byte(an_answer, "p4", only="conversation")


def test_without_a_mistake_nothing_is_found() -> None:
    nobody_receives_another_byte(an_answer, "p4", only="conversation")
