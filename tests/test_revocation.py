"""REVOKE-1 and CACHE-1: what ends, ends with the next request, and nothing signed in is stored on the way."""

from collections.abc import Sequence
from random import Random

import pytest
from django.db import transaction
from django.test import Client

from communis.journal.moments import MINUTE
from communis.people.accounts import Account
from tests.addresses import Answer, Asked, Known, ask, paths, patterns, requests_for
from tests.events import Event, Replay
from tests.small_world import small_world
from tests.test_noninterference import difference, number_anew
from tests.worlds import canaries

pytestmark = [pytest.mark.django_db, pytest.mark.compared]

# Someone who is let into ``garden`` and says nothing there.
READER = "p7"
LET_IN = Event(
    "late-in", small_world()[-1].at + MINUTE, "let_in", "p1", {"person": READER, "circle": "garden"}
)
SAID = Event("said", LET_IN.at + MINUTE, "contribute", "p1", {"answered": "after", "text": "Nu är du med."})
OPEN = Event("open", LET_IN.at + MINUTE, "start", "p1", {"text": "Till alla anställda.", "rung": 3})
MOMENT = SAID.at + MINUTE


def looked_at(*events: Event) -> list[Asked]:
    """Every page that shows what was said, at every address of a world that has these events too."""
    names = {"front", "murmur", "conversation", "conversation-new", "line", "line-history", "file", "circle"}
    names |= {"circles", "conversations", "questions", "for-you", "people"}
    with transaction.atomic():
        replay = Replay([*small_world(), *events])
        assert not replay.refused
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    return [
        Asked("GET", path, (), (), name)
        for route, name in patterns()
        if name in names
        for path in paths(route, known)
    ]


def received(
    asked: Sequence[Asked],
    events: Sequence[Event] = (),
    then: Sequence[Event] = (),
    viewer: str = READER,
) -> list[Answer]:
    """The answers to one session; with ``then``, those after it, asked a second time."""
    with transaction.atomic():
        number_anew()
        replay = Replay([*small_world(), *events])
        client = Client()
        if viewer:
            client.force_login(Account.objects.get(person_id=replay.persons[viewer]))
        answers = [ask(client, one, MOMENT, number) for number, one in enumerate(asked)]
        if then:
            replay.play(then)
            answers = [ask(client, one, MOMENT, number) for number, one in enumerate(asked)]
        assert not replay.refused
        transaction.set_rollback(True)
    return answers


def same(asked: Sequence[Asked], one: Sequence[Answer], other: Sequence[Answer]) -> None:
    for request, mine, others in zip(asked, one, other, strict=True):
        assert mine == others, f"{request}:\n{difference(mine, others)}"


def leaving_is_as_never_having_been_in() -> None:
    asked = looked_at(LET_IN, SAID)
    leaves = Event("leaves", MOMENT, "leave", READER, {"person": READER, "circle": "garden"})
    while_in = received(asked, [LET_IN, SAID])
    never = received(asked, [SAID])
    assert while_in != never
    same(asked, received(asked, [LET_IN, SAID], then=[leaves]), never)


def test_leaving_is_as_never_having_been_in() -> None:
    leaving_is_as_never_having_been_in()


def test_taken_back_is_as_never_said() -> None:
    asked = looked_at(OPEN)
    regret = Event("regret-2", MOMENT, "take_back", "p1", {"line": "open"})
    never = received(asked)
    assert received(asked, [OPEN]) != never
    same(asked, received(asked, [OPEN], then=[regret]), never)


def test_a_closed_sign_in_is_as_signed_out() -> None:
    asked = looked_at()
    close = Event("closes", MOMENT, "close", "p0", {"person": READER})
    signed_out = [(answer.status, answer.body) for answer in received(asked, [close], viewer="")]
    assert [(answer.status, answer.body) for answer in received(asked)] != signed_out
    closed = received(asked, then=[close])
    assert [(answer.status, answer.body) for answer in closed] == signed_out


@pytest.mark.parametrize("viewer", ["p0", "p2"])
def test_nothing_signed_in_is_stored(viewer: str) -> None:
    """CACHE-1: every address, found or missing, refused or sent on."""
    with transaction.atomic():
        replay = Replay(small_world())
        known = Known.of(replay, replay.accepted)
        client = Client(raise_request_exception=False)
        asked = requests_for(known, Random(viewer), 3)
        for number, one in enumerate(asked):
            # Signed in anew: some of the requests sign out.
            client.force_login(Account.objects.get(person_id=replay.persons[viewer]))
            answer = dict(ask(client, one, MOMENT, number).headers)
            assert "no-store" in answer.get("Cache-Control", ""), one
            assert "Last-Modified" not in answer, one
        transaction.set_rollback(True)


def test_the_small_world_has_secrets_for_everybody() -> None:
    """Else the tests that use it would find nothing to find."""
    for viewer in ("", "p0", "p1", "p2", "p3", "p5"):
        assert len(canaries(small_world(), viewer)) >= 2, viewer
