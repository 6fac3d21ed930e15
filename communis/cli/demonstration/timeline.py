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
    last_round = 0
    try:
        for number, happening in enumerate(in_order, start=1):
            _stand_at(happening.at)
            if happening.at - last_round >= BETWEEN_ROUNDS:
                _work()
                last_round = happening.at
            happening.act()
            _tell_in_steps(number, in_order, tell)
    finally:
        moments.use_clock(moments.wall_clock)
    _work()


def _stand_at(moment: int) -> None:
    """The clock goes on a millisecond a look, so that no two things happen at the very same moment."""
    looks = iter(range(1_000_000))
    moments.use_clock(lambda: moment + next(looks) * moments.SECOND // 1000)


def _work() -> None:
    for job in JOBS:
        job.run()


def _tell_in_steps(number: int, in_order: Sequence[Happening], tell: Progress) -> None:
    done, before = (100 * count // len(in_order) for count in (number, number - 1))
    if done // TOLD_IN_STEPS_OF > before // TOLD_IN_STEPS_OF:
        tell(done // TOLD_IN_STEPS_OF * TOLD_IN_STEPS_OF)
