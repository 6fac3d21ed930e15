"""Notices that say how many of something wait: what that is, those above know, and are asked at each look.

Where nothing waits any more, such a notice shows nothing.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

from communis.attention.models import Notice
from communis.people.models import Person


class HowMany(NamedTuple):
    """How many wait, and how many of them are soon gone."""

    waits: int = 0
    soon_gone: int = 0


Count = Callable[[Person], HowMany]
_counts: dict[int, Count] = {}


def counted_by(reason: Notice.Reason) -> Callable[[Count], Count]:
    """Decorator: the function says what waits for a person, and nothing to whom it is not for."""

    def register(count: Count) -> Count:
        _counts[reason] = count
        return count

    return register


def newest_counted(reasons: Collection[int], *, by: Person) -> dict[int, HowMany]:
    """``{entry: what waits at this moment}`` of the newest of the person's notices for each of these reasons.

    An earlier one tells nothing, and is not in it.
    """
    found: dict[int, HowMany] = {}
    for reason in _counts.keys() & set(reasons):
        own = Notice.everything.filter(person=by, reason=reason).order_by("-entry")
        for entry in own.values_list("entry", flat=True)[:1]:
            found[entry] = _counts[reason](by)
    return found
