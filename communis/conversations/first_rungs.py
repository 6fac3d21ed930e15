"""Where people here begin: this organisation's own figures, for everyone alike (R40).

They are made of what hardly anyone may see, so they are kept too coarse to point at anybody. A person counts once
a rung, whoever writes a lot; fewer than five are not told; the rest is rounded down to fives; and only whole days
count that ended at least a day ago, so that no figure moves when a letter is sent.
"""

from communis.journal.counting import persons_who
from communis.journal.moments import DAY, now
from communis.openness.rungs import Rung

LEAST = 5
STEP = 5


def first_rungs() -> dict[Rung, int]:
    """``{rung: at least so many persons have begun a conversation there}``; a rung with too few is not in it."""
    until = now() // DAY * DAY - DAY
    counted = persons_who("started", "rung", before=until, unless="undone")
    enough = {rung: counted.get(str(int(rung)), 0) for rung in Rung}
    return {rung: number // STEP * STEP for rung, number in enough.items() if number >= LEAST}
