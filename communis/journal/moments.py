"""Time as the product keeps it: whole microseconds since 1970, so that both databases compare alike.

The clock is one function, so that tests can hold it still (trust G16). Beside it there is one that nobody can set, for
what must not happen early when the other is set forward (trust L47).
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def wall_clock() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


def steady_clock() -> int:
    """Microseconds since the machine was started: the same for all its processes, however its time is set."""
    return time.monotonic_ns() // 1000


_clock: Callable[[], int] = wall_clock
_steady: Callable[[], int] = steady_clock


def now() -> int:
    """The moment it is, in microseconds since 1970."""
    return _clock()


def steady() -> int:
    """A reading that only goes on, in microseconds. It compares with readings under the same ``machine`` alone."""
    return _steady()


def machine() -> str:
    """Which start of which machine ``steady`` counts from."""
    return _this_start() if _steady is steady_clock else "a clock moved by hand"


@cache
def _this_start() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        # Readings of two processes are then not compared: what was counted goes on from where it was noted.
        return f"process at {wall_clock()}"


def use_clock(clock: Callable[[], int], steady: Callable[[], int] | None = None) -> None:
    """Replace the clock; tests and the demonstration set it, nothing else does. What moves by hand goes on steadily."""
    global _clock, _steady
    _clock = clock
    _steady = steady or (steady_clock if clock is wall_clock else clock)


def as_datetime(moment: int) -> datetime:
    """The moment as an aware datetime in UTC."""
    return datetime.fromtimestamp(moment / SECOND, UTC)


def from_datetime(when: datetime) -> int:
    """The moment of an aware datetime."""
    return int(when.timestamp() * SECOND)
