"""What was being opened when everything stopped is whole: all of a proposal is open, or nothing of it (K1, K15)."""

import random
import time

import pytest

from tests.kills.installation import Installation

pytestmark = pytest.mark.kills

LETTERS, SIZE, KILLS = 40, 6, 8


def test_killed_in_the_middle_each_opening_is_whole_on_one_side(installation: Installation) -> None:
    proposed = installation.ask("propose_all", str(LETTERS), str(SIZE))["proposed"]
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    opened, in_the_middle, longest = 0, 0, 0.1
    for _ in range(KILLS):
        worker = installation.begin("open_all")
        assert worker.stdout is not None and worker.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0, longest))
        worker.kill()
        worker.communicate()
        before, opened = opened, whole(installation, proposed)
        assert before <= opened
        in_the_middle += before < opened < LETTERS
        # However quick the machine is, some of the kills come while there is something to open.
        longest *= 2 if before == opened else 1
        if opened == LETTERS:
            break
    print(f"{opened} of {LETTERS} had opened when it was killed for the last time")
    # Otherwise the test would show nothing.
    assert in_the_middle
    assert installation.ask("open_all") == {"opened": (LETTERS - opened) * SIZE}
    assert whole(installation, proposed) == LETTERS


def whole(installation: Installation, proposed: list[str]) -> int:
    """How many have opened; each of them all of it, and the others not at all."""
    found = installation.ask("opened", *proposed)
    assert found["integrity"] == "ok" and found["differences"] == []
    for one in found["proposals"].values():
        assert (one["opened"], one["seen"]) == ((SIZE, SIZE) if one["over"] else (0, 0))
    return sum(one["over"] for one in found["proposals"].values())
