"""Time as the product keeps it: whole microseconds since 1970, so that both databases compare alike.

The clock is one function, so that tests can hold it still (trust G16).
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def wall_clock() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


_clock: Callable[[], int] = wall_clock


def now() -> int:
    """The moment it is, in microseconds since 1970."""
    return _clock()


def use_clock(clock: Callable[[], int]) -> None:
    """Replace the clock; tests and the demonstration set it, nothing else does."""
    global _clock
    _clock = clock


def as_datetime(moment: int) -> datetime:
    """The moment as an aware datetime in UTC."""
    return datetime.fromtimestamp(moment / SECOND, UTC)


def from_datetime(when: datetime) -> int:
    """The moment of an aware datetime."""
    return int(when.timestamp() * SECOND)
