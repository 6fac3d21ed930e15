"""Something that takes a while, killed at any moment and begun again: what the tests of it have in common."""

import random
import time
from collections.abc import Callable

from tests.kills.installation import Installation

# So many kills, and on a slow machine more of them, until enough have come in the middle.
KILLS, MOST = 8, 24


def killed_in_the_middle(
    installation: Installation, *words: str, done: Callable[[], int], everything: int, least: int = 1
) -> int:
    """How much of it is done when it has been killed for the last time.

    ``words`` are what ``tests.kills.inside`` is asked to do; it says *begun* when it is about to. ``done`` looks at
    what is there, also that nothing of it is half done, and says how much is done of ``everything``. ``least`` is how
    many of the kills have to come after something more was done and while something is left.
    """
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    now_done, in_the_middle, longest = 0, 0, 0.1
    for number in range(1, MOST + 1):
        process = installation.begin(*words)
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0, longest))
        process.kill()
        process.communicate()
        before, now_done = now_done, done()
        assert before <= now_done
        in_the_middle += before < now_done < everything
        # However slow the machine is, some of the kills come while something is done and something is left.
        longest *= 2 if before == now_done else 1
        if now_done == everything or (number >= KILLS and in_the_middle >= least):
            break
    print(f"{now_done} of {everything} were done when it was killed for the last time")
    # Otherwise the test would show nothing.
    assert in_the_middle >= least
    return now_done
