"""A batch that is cut short goes on where it was: each word stands once or waits, and none is lost (K1, K15)."""

import os

import pytest

from tests.kills.installation import Installation
from tests.kills.middle import killed_in_the_middle

pytestmark = [
    pytest.mark.kills,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="off on PostgreSQL unless it is turned on"),
]

WAITING = 60


def test_killed_in_the_middle_of_a_batch_each_word_stands_once_or_waits(installation: Installation) -> None:
    receipts = installation.ask("wait_behind", str(WAITING))["receipts"]
    stands = killed_in_the_middle(
        installation, "release_all", done=lambda: standing(installation, receipts), everything=WAITING
    )
    assert installation.ask("release_all") == {"appeared": WAITING - stands}
    assert standing(installation, receipts) == WAITING


def standing(installation: Installation, receipts: list[str]) -> int:
    """How many stand; each of the others waits."""
    found = installation.ask("appeared", *receipts)
    assert found["integrity"] == "ok" and found["differences"] == []
    assert all(pair in ([1, 0], [0, 1]) for pair in found["found"].values())
    stands = sum(pair[0] for pair in found["found"].values())
    assert found["entries"] == stands
    return stands
