"""A branch that was being moved when everything stopped is whole on one side or on the other (R104)."""

import pytest

from tests.kills.installation import Installation
from tests.kills.middle import killed_in_the_middle

pytestmark = pytest.mark.kills

BRANCHES, SIZE = 40, 6


def test_killed_in_the_middle_a_branch_is_whole_on_one_side(installation: Installation) -> None:
    roots = installation.ask("grow", str(BRANCHES), str(SIZE))["roots"]
    moved = killed_in_the_middle(
        installation,
        "move_all",
        *roots,
        done=lambda: whole(installation, roots),
        everything=BRANCHES,
        least=4,
    )
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
