"""Notices that say how many of something wait: what that is, those above know, and are asked at each look.

Where nothing waits any more, such a notice shows nothing.
"""

from collections.abc import Callable
from typing import NamedTuple

from communis.attention.models import Notice
from communis.people.models import Person


class HowMany(NamedTuple):
    """How many wait, and how many of them are soon gone."""

    waits: int = 0
    soon_gone: int = 0


Count = Callable[[Person], HowMany]
COUNTED = (Notice.Reason.OUTSIDE_WAITS,)
_counts: dict[Notice.Reason, Count] = {}


def counted_by(reason: Notice.Reason) -> Callable[[Count], Count]:
    """Decorator: the function says what waits for a person, and nothing to whom it is not for."""

    def register(count: Count) -> Count:
        _counts[reason] = count
        return count

    return register


def how_many(reason: Notice.Reason, entry: int, *, by: Person) -> HowMany:
    """What waits for the person at this moment, as the newest of such notices tells: an earlier one tells nothing."""
    count = _counts.get(reason)
    own = Notice.everything.filter(person=by, reason=reason)
    if count is None or own.filter(entry__gt=entry).exists():
        return HowMany()
    return count(by)
