"""Whoever is not shown who wrote receives no other byte than in a world where it was never shown (gate rule 12)."""

from random import Random

import pytest
from django.db import transaction

from communis.behind_the_scenes import models
from communis.journal.moments import DAY
from communis.journal.reactions import react
from communis.openness.rungs import Rung
from tests.addresses import Known, plain_looks, requests_for
from tests.behind_the_scenes.test_swap import NOON, world
from tests.events import Event, Replay, held_still, secret
from tests.test_noninterference import difference, observe

pytestmark = pytest.mark.django_db

AUTHOR = "p4"
WORD = f"Det var jag {secret('shown')}"
ONE = {"rung": int(Rung.DIRECT), "persons": ("p1",)}
WHERE_IT_STANDS = frozenset({"conversation", "line", "claim"})
CIRCLE = {"rung": int(Rung.CIRCLE), "circles": ("few",)}


def shown(to: dict[str, object] | None) -> list[Event]:
    """Words that five read; their author shows who it was to one, or to a circle of two, or to nobody."""
    done: list[tuple[str, str, str, dict[str, object]]] = [
        ("few", "found", "p2", {"name": "Några"}),
        ("infew", "let_in", "p2", {"person": "p3", "circle": "few"}),
        ("idea", "behind", AUTHOR, {"text": "Elva minuter.", "noon": NOON, "circle": "circle"}),
        ("reply", "contribute", "p1", {"answered": "idea", "text": "Vilka sträckor?"}),
    ]
    if to is not None:
        done.append(("shown", "claim", AUTHOR, {"line": "idea", "word": WORD, **to}))
    return world(*done)


def receives(to: dict[str, object], viewer: str, only: frozenset[str] = frozenset()) -> tuple[str, bool]:
    """What differs for the viewer from a world where it was never shown; and whether the word is received.

    Of every pattern a random few are asked; or plainly all there is of the patterns in ``only``.
    """
    with_it, without = shown(to), shown(None)
    moment = NOON + 2 * DAY
    with transaction.atomic():
        replay = Replay(with_it)
        assert not replay.refused, replay.refused
        with held_still(moment, "worker"):
            react()
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    asked = plain_looks(known, only or WHERE_IT_STANDS)
    asked += [] if only else requests_for(known, Random(f"{viewer} {to}"), 1)
    seen, other = (observe(one, viewer, asked, moment) for one in (with_it, without))
    said = "".join(
        f"{request}:\n{difference(before, after)}"
        for request, before, after in zip(asked, seen.answers, other.answers, strict=True)
        if before != after
    )
    if seen.mails != other.mails:
        said += "another mail"
    return said, any(WORD.encode() in answer.body for answer in seen.answers)


@pytest.mark.parametrize("viewer", ["", "p0", "p2", "p3", "p5"])
def test_shown_to_one_nobody_else_receives_another_byte(viewer: str) -> None:
    assert receives(ONE, viewer) == ("", False)


@pytest.mark.parametrize("viewer", ["", "p0", "p1", "p5"])
def test_shown_to_a_circle_nobody_outside_receives_another_byte(viewer: str) -> None:
    assert receives(CIRCLE, viewer) == ("", False)


@pytest.mark.parametrize(("to", "viewer"), [(ONE, "p1"), (CIRCLE, "p3")])
def test_those_it_is_shown_to_receive_it(to: dict[str, object], viewer: str) -> None:
    assert receives(to, viewer, WHERE_IT_STANDS)[1]


# Mistakes put in on purpose: what is compared here has to find them.


def shown_to_all_who_read(patch: pytest.MonkeyPatch) -> None:
    """The claim's own audience is not asked: whoever sees the words is shown it."""
    patch.setattr(models.VisibleClaims, "seen_by", lambda _self, rows, _viewer: rows.filter(ended_at=None))


@pytest.mark.seeded
def test_a_claim_without_its_audience_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    shown_to_all_who_read(monkeypatch)
    assert receives(ONE, "p3", WHERE_IT_STANDS) != ("", False)
