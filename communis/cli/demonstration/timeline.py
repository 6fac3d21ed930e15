"""What happens in Åvinge, each thing at its own moment and all in the order in which it happened."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from communis.cli.work import JOBS
from communis.journal import moments

# How often the worker comes by. In a running installation it never rests; here nobody waits for it.
BETWEEN_ROUNDS = 3 * moments.HOUR
TOLD_IN_STEPS_OF = 10

Progress = Callable[[int], None]


class Happening(NamedTuple):
    """Something that someone does, at a moment in microseconds since 1970."""

    at: int
    act: Callable[[], object]


def play(happenings: Iterable[Happening], tell: Progress) -> None:
    """Let everything happen, the earliest first, and the worker do what follows. ``tell`` hears how many per cent.

    The product's clock stands at each moment meanwhile, so that history, journal and notices have the right times.
    """
    in_order = sorted(happenings, key=lambda happening: happening.at)
    clock = _Clock()
    last_round = 0
    moments.use_clock(clock)
    try:
        for number, happening in enumerate(in_order, start=1):
            clock.stand_at(happening.at)
            if happening.at - last_round >= BETWEEN_ROUNDS:
                _work()
                last_round = happening.at
            happening.act()
            _tell_in_steps(number, in_order, tell)
    finally:
        moments.use_clock(moments.wall_clock)
    _work()


class _Clock:
    """Goes on a millisecond a look, and never back: no two things happen at the very same moment."""

    def __init__(self) -> None:
        self.at = 0

    def __call__(self) -> int:
        self.at += moments.SECOND // 1000
        return self.at

    def stand_at(self, moment: int) -> None:
        self.at = max(self.at, moment)


def _work() -> None:
    for job in JOBS:
        job.run()


def _tell_in_steps(number: int, in_order: Sequence[Happening], tell: Progress) -> None:
    done, before = (100 * count // len(in_order) for count in (number, number - 1))
    if done // TOLD_IN_STEPS_OF > before // TOLD_IN_STEPS_OF:
        tell(done // TOLD_IN_STEPS_OF * TOLD_IN_STEPS_OF)
