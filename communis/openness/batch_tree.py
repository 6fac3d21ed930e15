"""One hash for all that is kept of a day's authors, and for each the way up to it: a hash tree (Merkle, 1987).

Who has the commitment and its way works out the root, and learns nothing of the others but hashes. The root stands in
the journal's chain, so that nobody can put another commitment in its place later (trust 7).
"""

import hashlib
from collections.abc import Collection

# What is hashed is preceded by these, so that a leaf is never taken for a node.
LEAF, NODE, EMPTY = b"communis-batch-leaf-v1", b"communis-batch-node-v1", b"communis-batch-empty-v1"
# Filled up to so many at least: a way has the same length in a batch of one as in a batch of all these.
LEAST = 16
LENGTH = 32


def root_and_ways(commitments: Collection[bytes]) -> tuple[bytes, dict[bytes, bytes]]:
    """``(the root, {commitment: its way})``. They are sorted by their hashes, which tell of no other order."""
    leaf_of = {one: _leaf(one) for one in commitments}
    level = _filled(sorted(leaf_of.values()))
    place = {one: level.index(leaf) for one, leaf in leaf_of.items()}
    ways = {one: b"" for one in commitments}
    while len(level) > 1:
        for one, at in place.items():
            ways[one] += level[at ^ 1]
            place[one] = at // 2
        level = [_node(level[at], level[at + 1]) for at in range(0, len(level), 2)]
    return level[0], ways


def root_of(commitment: bytes, way: bytes) -> bytes:
    """The root that a commitment and its way lead to."""
    found = _leaf(commitment)
    for start in range(0, len(way), LENGTH):
        found = _node(found, way[start : start + LENGTH])
    return found


def _filled(leaves: list[bytes]) -> list[bytes]:
    """Filled up to a power of two, with hashes that no commitment has."""
    size = LEAST
    while size < len(leaves):
        size *= 2
    of_all = hashlib.sha256(b"".join(leaves)).digest()
    missing = range(size - len(leaves))
    return sorted([*leaves, *(hashlib.sha256(EMPTY + of_all + one.to_bytes(8)).digest() for one in missing)])


def _leaf(commitment: bytes) -> bytes:
    return hashlib.sha256(LEAF + commitment).digest()


def _node(one: bytes, other: bytes) -> bytes:
    """The two are sorted, so that a way need not say on which side it stands."""
    return hashlib.sha256(NODE + min(one, other) + max(one, other)).digest()
