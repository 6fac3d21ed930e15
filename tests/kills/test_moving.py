"""A branch that was being moved when everything stopped is whole on one side or on the other (R104)."""

import random
import time

import pytest

from tests.kills.installation import Installation

pytestmark = pytest.mark.kills

BRANCHES, SIZE, KILLS = 40, 6, 8


def test_killed_in_the_middle_a_branch_is_whole_on_one_side(installation: Installation) -> None:
    roots = installation.ask("grow", str(BRANCHES), str(SIZE))["roots"]
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    moved, in_the_middle, longest = 0, 0, 0.2
    for _ in range(KILLS):
        mover = installation.begin("move_all", *roots)
        assert mover.stdout is not None and mover.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0, longest))
        mover.kill()
        mover.communicate()
        before, moved = moved, whole(installation, roots)
        assert before <= moved
        in_the_middle += before < moved < BRANCHES
        # However slow the machine is, some of the kills come while there is something to move.
        longest *= 2 if before == moved else 1
        if moved == BRANCHES:
            break
    # Otherwise the test would show nothing.
    assert in_the_middle
    assert installation.ask("move_all", *roots) == {"moved": BRANCHES - moved}
    assert whole(installation, roots) == BRANCHES


def whole(installation: Installation, roots: list[str]) -> int:
    """How many branches have moved; each of them is whole, where it was or where it went."""
    found = installation.ask("branches", *roots)
    assert found["integrity"] == "ok" and found["differences"] == []
    places = set()
    for branch in found["branches"].values():
        assert branch["size"] == SIZE
        (place,) = branch["stands_in"]
        assert (place != 1) == branch["moved"]
        places |= {place} if branch["moved"] else set()
    moved = [branch for branch in found["branches"].values() if branch["moved"]]
    assert len(places) == len(moved)
    return len(moved)
