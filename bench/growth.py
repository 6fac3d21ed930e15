"""The front page's list in one world: ``python -m bench.growth small|big``. SQL and rows in process, no HTML."""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench import worlds  # noqa: E402
from communis.conversations.listing import conversations  # noqa: E402
from communis.conversations.reconciling import differences  # noqa: E402
from communis.looking.viewers import PUBLIC_VIEWER, Viewer  # noqa: E402
from communis.people.holdings import viewer_for  # noqa: E402

ROUNDS = 5


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def look(viewer: Callable[[], Viewer]) -> None:
    assert len(conversations(viewer())) == 30


def main(world: str) -> dict[str, object]:
    call_command("migrate", verbosity=0)
    made = timed({"small": worlds.small, "big": worlds.big}[world])
    chance = random.Random(2)
    heavy = chance.sample(range(1, worlds.HEAVY + 1), 30)
    ordinary = chance.sample(range(worlds.HEAVY + 1, worlds.PERSONS + 1), 30)
    readers: dict[str, list[Callable[[], Viewer]]] = {
        "heavy": [lambda person=person: viewer_for(person) for person in heavy],
        "ordinary": [lambda person=person: viewer_for(person) for person in ordinary],
        "public": [lambda: PUBLIC_VIEWER] * 30,
    }
    took: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, viewers in readers.items():
            took[name] += [timed(lambda viewer=viewer: look(viewer)) for viewer in viewers]
    found: list[object] = []
    reconciling = timed(lambda: found.extend(differences()))
    assert found == [], found
    return {
        "made": made / 1000,
        "reconciled": reconciling / 1000,
        "p50": {name: statistics.median(times) for name, times in took.items()},
        "p95": {name: sorted(times)[int(len(times) * 0.95)] for name, times in took.items()},
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
