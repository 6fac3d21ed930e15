"""A clock that tests move by hand."""

from collections.abc import Iterator
from contextlib import contextmanager

from communis.journal import moments
from communis.journal.reactions import react


class Clock:
    """Stands at the moment it was made, until it is moved."""

    def __init__(self) -> None:
        self.at = moments.wall_clock()

    def __call__(self) -> int:
        # A microsecond a look: nothing happens at the very same moment.
        self.at += 1
        return self.at

    def minutes(self, minutes: float) -> None:
        self.at += int(minutes * moments.MINUTE)

    def forward(self, time: int) -> None:
        """By so many microseconds."""
        self.at += time

    def news(self) -> None:
        """Let the minute pass, and everybody react."""
        self.minutes(1.1)
        react()


@contextmanager
def moved_by_hand() -> Iterator[Clock]:
    clock = Clock()
    moments.use_clock(clock)
    try:
        yield clock
    finally:
        moments.use_clock(moments.wall_clock)
