"""Similar thoughts among many while others post: ``python -m bench.similar [how many]``. In process, no HTML.

A text is 10 to 40 words of which six tenths say something: made words of four to ten letters, as uneven as words are in
a language (Zipf), four tenths of them of one of 2,000 topics. Asked is with ten of the words of one that the reader may
see, and two of others.
"""

import bisect
import contextlib
import itertools
import json
import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import Iterator

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Max  # noqa: E402

from bench import worlds  # noqa: E402
from bench.rows import Table, settle  # noqa: E402
from communis.conversations.contributing import start  # noqa: E402
from communis.conversations.kinds import Kind  # noqa: E402
from communis.conversations.models import Line, Revision, Share  # noqa: E402
from communis.conversations.openings_to_find import numbers_of_openings, openings_with  # noqa: E402
from communis.looking.viewers import Viewer  # noqa: E402
from communis.openness.choosing import Choice  # noqa: E402
from communis.openness.rungs import Rung  # noqa: E402
from communis.people.holdings import viewer_for  # noqa: E402
from communis.people.models import Person  # noqa: E402
from communis.search.indexing import in_batches, rows_of  # noqa: E402
from communis.search.models import WordPiece  # noqa: E402
from communis.search.similar import similar_to  # noqa: E402

IDEAS, VOCABULARY, TOPICS, WORDS_OF_A_TOPIC = 100_000, 50_000, 2_000, 30
PERSONS, CIRCLES, HEAVY = 1_000, 100, 40
READERS, ASKED_BY_EACH = 20, 10
BETWEEN_POSTS = 0.1
ZIPF = 1.07


class Ideas(worlds.World):
    """A world in which every conversation is one thought, with words as uneven as real ones."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.vocabulary = [self.long_word() for _ in range(VOCABULARY)]
        self.weights = list(itertools.accumulate(1 / (rank + 1) ** ZIPF for rank in range(VOCABULARY)))
        self.topics = [[self.common() for _ in range(WORDS_OF_A_TOPIC)] for _ in range(TOPICS)]

    def long_word(self) -> str:
        pairs = self.chance.randint(2, 5)
        return "".join(
            self.chance.choice(worlds.CONSONANTS) + self.chance.choice(worlds.VOWELS) for _ in range(pairs)
        )

    def common(self) -> str:
        place = bisect.bisect(self.weights, self.chance.random() * self.weights[-1])
        return self.vocabulary[min(place, VOCABULARY - 1)]

    def words(self, many: int = 40) -> str:
        topic = self.chance.choice(self.topics)
        return " ".join(
            self.chance.choice(topic) if self.chance.random() < 0.4 else self.common()
            for _ in range(self.chance.randint(10, many) * 6 // 10)
        )


def main(ideas: int) -> dict[str, object]:
    call_command("migrate", verbosity=0)
    world = Ideas(random.Random(1))
    with transaction.atomic():
        world.people(PERSONS, CIRCLES, HEAVY)
        world.fill(ideas, ideas, words=40)
        world.write()
    before, began = size(), time.perf_counter()
    index()
    found: dict[str, object] = {
        "ideas": ideas,
        "rows": WordPiece.everything.count(),
        "index made": time.perf_counter() - began,
        "index MiB": size() - before,
    }
    made = Share.everything.aggregate(newest=Max("id"))["newest"]
    with others_post():
        for name, persons in (
            ("heavy", range(1, HEAVY + 1)),
            ("ordinary", range(HEAVY + 1, PERSONS + 1)),
        ):
            found[name] = ask(random.Random(2).sample(persons, READERS), world, made)
    return found


def index() -> None:
    """What the worker writes, many rows at once."""
    table = Table(WordPiece, "principal_id", "piece", "opened_at", "share_id")
    with transaction.atomic():
        for numbers in in_batches(sorted(numbers_of_openings())):
            for one in openings_with(numbers):
                for row in rows_of(one):
                    table.add(*row, one.share)
        table.write()
        settle([table])


def size() -> float:
    """MiB of the whole database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return float(cursor.fetchone()[0]) / 2**20
    return sum(file.stat().st_size for file in settings.DATA.rglob("*") if file.is_file()) / 2**20


@contextlib.contextmanager
def others_post() -> Iterator[None]:
    """Others go on posting, to all employees, in a process of their own as another web worker is."""
    connection.close()
    posting = multiprocessing.get_context("fork").Process(target=post_on, daemon=True)
    posting.start()
    try:
        yield
        # Otherwise nobody posted.
        assert posting.is_alive()
    finally:
        posting.kill()
        posting.join()


def post_on() -> None:
    by = Person.everything.get(id=PERSONS)
    while True:
        start(Kind.IDEA, "En helt ny tanke om något annat.", by=by, choice=Choice(Rung.ORGANISATION))
        time.sleep(BETWEEN_POSTS)


def ask(readers: list[int], world: Ideas, made: int) -> dict[str, float]:
    """Milliseconds on the wall and of the processor, and how often the known thought is found.

    Asked for is what stands to the share with the number ``made``: what others post after it is all the same.
    """
    chance = random.Random(3)
    took: list[tuple[float, float]] = []
    among_three = among_ten = 0
    for person in readers:
        viewer = viewer_for(person)
        for line, text in known(viewer, made, chance):
            said = text.split()
            asked = " ".join([*chance.sample(said, min(10, len(said))), world.common(), world.common()])
            began, processor = time.perf_counter(), time.thread_time()
            found = [one.line for one in similar_to(asked, viewer=viewer)]
            took.append(((time.perf_counter() - began) * 1000, (time.thread_time() - processor) * 1000))
            among_three += line in found
            among_ten += line in [one.line for one in similar_to(asked, viewer=viewer, limit=10)]
    wall, processor_time = sorted(one for one, _ in took), sorted(one for _, one in took)
    return {
        "asked": len(took),
        "p50": statistics.median(wall),
        "p95": wall[int(len(wall) * 0.95)],
        "p50 processor": statistics.median(processor_time),
        "p95 processor": processor_time[int(len(took) * 0.95)],
        "known in three": among_three / len(took),
        "known in ten": among_ten / len(took),
    }


def known(viewer: Viewer, made: int, chance: random.Random) -> list[tuple[str, str]]:
    """``(line, text)`` of some of what the viewer may see, old and new alike, to the share with the number ``made``."""
    seen = list(Share.visible.to(viewer).filter(opening=True, id__lte=made).values_list("id", flat=True))
    some = list(Share.everything.filter(id__in=chance.sample(seen, ASKED_BY_EACH)))
    lines = dict(Line.everything.filter(id__in=[one.line_id for one in some]).values_list("id", "public_id"))
    texts = dict(
        Revision.everything.filter(id__in=[one.revision_id for one in some]).values_list("id", "source")
    )
    return [(lines[one.line_id], texts[one.revision_id]) for one in some]


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else IDEAS)))
