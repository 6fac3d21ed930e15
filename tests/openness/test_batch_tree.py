"""The tree over a day's commitments: each has a way to the root, and nobody finds one for anything else."""

import secrets
from random import Random

import pytest

from communis.openness.batch_tree import LEAST, LENGTH, root_and_ways, root_of


def commitments(number: int) -> list[bytes]:
    return [secrets.token_bytes(LENGTH) for _ in range(number)]


@pytest.mark.parametrize("number", [1, 2, 3, LEAST - 1, LEAST, LEAST + 1, 40, 300])
def test_each_has_its_way_to_the_root(number: int) -> None:
    kept = commitments(number)
    root, ways = root_and_ways(kept)
    assert ways.keys() == set(kept)
    assert all(root_of(one, way) == root for one, way in ways.items())
    assert len({len(way) for way in ways.values()}) == 1


def test_nothing_else_has_one() -> None:
    kept = commitments(5)
    root, ways = root_and_ways(kept)
    for one, way in ways.items():
        changed = bytes([one[0] ^ 1]) + one[1:]
        assert root_of(changed, way) != root
        assert root_of(one, bytes([way[0] ^ 1]) + way[1:]) != root
        assert root_of(one, way[LENGTH:]) != root and root_of(one, b"") != root
        # A node is not taken for a commitment.
        assert root_of(way[:LENGTH], way[LENGTH:]) != root
    assert all(root_of(other, way) != root for other in commitments(20) for way in ways.values())


def test_the_order_in_which_they_came_changes_nothing() -> None:
    kept = commitments(7)
    root, ways = root_and_ways(kept)
    Random(1).shuffle(kept)
    assert root_and_ways(kept) == (root, ways)


def test_a_batch_of_one_has_a_way_as_long_as_a_batch_of_many() -> None:
    (alone,) = root_and_ways(commitments(1))[1].values()
    assert all(len(way) == len(alone) for way in root_and_ways(commitments(LEAST))[1].values())


def test_a_way_holds_no_commitment() -> None:
    kept = commitments(6)
    ways = root_and_ways(kept)[1].values()
    assert not [one for one in kept for way in ways if one in way]
