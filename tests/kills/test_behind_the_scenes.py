"""A batch that is cut short goes on where it was: each word stands once or waits, and none is lost (K1, K15)."""

import os
import random
import time

import pytest

from tests.kills.installation import Installation

pytestmark = [
    pytest.mark.kills,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="off on PostgreSQL unless it is turned on"),
]

WAITING, KILLS = 60, 8


def test_killed_in_the_middle_of_a_batch_each_word_stands_once_or_waits(installation: Installation) -> None:
    receipts = installation.ask("wait_behind", str(WAITING))["receipts"]
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    stands, in_the_middle, longest = 0, 0, 0.1
    for _ in range(KILLS):
        worker = installation.begin("release_all")
        assert worker.stdout is not None and worker.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0, longest))
        worker.kill()
        worker.communicate()
        before, stands = stands, standing(installation, receipts)
        assert before <= stands
        in_the_middle += before < stands < WAITING
        longest *= 2 if before == stands else 1
        if stands == WAITING:
            break
    # Otherwise the test would show nothing.
    assert in_the_middle
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
