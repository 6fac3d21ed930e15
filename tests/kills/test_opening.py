"""What was being opened when everything stopped is whole: all of a proposal is open, or nothing of it (K1, K15)."""

import pytest

from tests.kills.installation import Installation
from tests.kills.middle import killed_in_the_middle

pytestmark = pytest.mark.kills

LETTERS, SIZE = 40, 6


def test_killed_in_the_middle_each_opening_is_whole_on_one_side(installation: Installation) -> None:
    proposed = installation.ask("propose_all", str(LETTERS), str(SIZE))["proposed"]
    opened = killed_in_the_middle(
        installation, "open_all", done=lambda: whole(installation, proposed), everything=LETTERS
    )
    assert installation.ask("open_all") == {"opened": (LETTERS - opened) * SIZE}
    assert whole(installation, proposed) == LETTERS


def whole(installation: Installation, proposed: list[str]) -> int:
    """How many have opened; each of them all of it, and the others not at all."""
    found = installation.ask("opened", *proposed)
    assert found["integrity"] == "ok" and found["differences"] == []
    for one in found["proposals"].values():
        assert (one["opened"], one["seen"]) == ((SIZE, SIZE) if one["over"] else (0, 0))
    return sum(one["over"] for one in found["proposals"].values())
