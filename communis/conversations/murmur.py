"""The order of the murmur (rulings, Pages).

What nobody has answered first, then what changed since the viewer was here, then the rest; at most one for
each shown byline. This module imports nothing of the product, so that no rank, no office and no popularity
can be known to the order; a test holds it so.
"""

from collections.abc import Iterable
from typing import NamedTuple

MOST = 12


class Candidate(NamedTuple):
    """A thought as the order knows it."""

    # What the caller knows it by.
    key: int
    moment: int
    answered: bool
    changed: bool
    # Equal for equal shown bylines, and otherwise without meaning. None is nobody's: each is its own, so that
    # nothing links two unnamed thoughts.
    byline: str | None


def choose(candidates: Iterable[Candidate], most: int = MOST) -> list[int]:
    """The keys of at most ``most`` candidates, in the order they are shown."""
    chosen: list[int] = []
    bylines: set[str] = set()
    for one in sorted(candidates, key=_place):
        if len(chosen) == most:
            break
        if one.byline is not None:
            if one.byline in bylines:
                continue
            bylines.add(one.byline)
        chosen.append(one.key)
    return chosen


def _place(one: Candidate) -> tuple[int, int]:
    if not one.answered:
        group = 0
    elif one.changed:
        group = 1
    else:
        group = 2
    return (group, -one.moment)
