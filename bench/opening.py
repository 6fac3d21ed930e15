"""Opening a conversation of 500 contributions by 50 authors: ``python -m bench.opening``; milliseconds and queries.

In process, with the whole page and no network, in seconds of the processor, which other work on the machine touches
least. The page an author is asked on and the page of the conversation, drawn anew and kept, are looked at in turns.
"""

import json
import random
import statistics
import time
from collections.abc import Callable

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.prepare import client_of  # noqa: E402
from bench.worlds import World  # noqa: E402
from communis.conversations import activity  # noqa: E402
from communis.conversations.models import Conversation  # noqa: E402
from communis.conversations.reading import shares_of  # noqa: E402
from communis.conversations.reconciling import differences  # noqa: E402
from communis.looking.viewers import PUBLIC_VIEWER  # noqa: E402
from communis.openness.choosing import Choice  # noqa: E402
from communis.openness.rungs import Rung  # noqa: E402
from communis.people.models import Person  # noqa: E402
from communis.widening import reconciling as openings  # noqa: E402
from communis.widening.answering import Answered, answer  # noqa: E402
from communis.widening.completing import choose_to_open, open_due  # noqa: E402
from communis.widening.future import asked_of  # noqa: E402
from communis.widening.models import Consent, Widening  # noqa: E402
from communis.widening.proposing import propose  # noqa: E402

CONTRIBUTIONS, AUTHORS, ROUNDS = 500, 50, 40
PROPOSER, ASKED = 1, 2


def main() -> dict[str, dict[str, float]]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    address = conversation()
    proposer = Person.everything.get(id=PROPOSER)
    found: dict[str, dict[str, float]] = {}
    made = ""

    def ask() -> None:
        nonlocal made
        made = propose(address, Choice(Rung.PUBLIC), "Fler borde läsa.", by=proposer)

    found["proposing"] = once(ask)
    widening = Widening.everything.get(public_id=made)
    found |= pages(address, f"/widenings/{made}", client_of(ASKED))
    found["one author's answers"] = answers(widening)
    Widening.everything.filter(id=widening.id).update(answer_by=0)
    found["page to choose"] = middle(lambda: look(client_of(PROPOSER), f"/widenings/{made}"))
    found["choosing"] = once(lambda: choose_to_open(made, by=proposer))
    Widening.everything.filter(id=widening.id).update(opens_at=0)
    found["opening all of it"] = once(open_due)
    number = Conversation.everything.get(public_id=address).id
    assert len(shares_of(number, PUBLIC_VIEWER)) == CONTRIBUTIONS
    assert [*differences(), *openings.differences()] == []
    return found


def conversation() -> str:
    """All by as many, each as often, to all employees; its public id."""
    world = World(random.Random(1))
    with transaction.atomic():
        world.people(persons=500, circles=100, heavy=20)
        address = world.begin()
        everyone = (Rung.ORGANISATION, world.audience(Rung.ORGANISATION))
        said: list[int] = []
        for turn in range(CONTRIBUTIONS):
            parent = world.chance.choice(said) if said else None
            said.append(world.say(parent, 1 + turn % AUTHORS, [everyone]))
        world.write()
    return address


def pages(address: str, opening: str, client: Client) -> dict[str, dict[str, float]]:
    """The page of the conversation and that of the opening, in turns; each of them has every contribution."""
    number = Conversation.everything.get(public_id=address).id
    took: dict[str, list[tuple[float, int]]] = {"page, kept": [], "page, drawn anew": [], "page asked on": []}
    for _ in range(ROUNDS):
        activity.rebuild_all(number)
        took["page, drawn anew"].append(timed(lambda: look(client, f"/conversations/{address}")))
        took["page, kept"].append(timed(lambda: look(client, f"/conversations/{address}")))
        took["page asked on"].append(timed(lambda: look(client, opening)))
    return {name: figures(times) for name, times in took.items()}


def look(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200 and page.content.count(b'<article class="c ') >= CONTRIBUTIONS, path


def answers(widening: Widening) -> dict[str, float]:
    """Everyone says yes to all her own; the middle of them, each in a transaction of its own."""
    times = []
    for person in Person.everything.filter(
        id__in=Consent.everything.filter(widening_id=widening.id).values("person_id")
    ).exclude(id=PROPOSER):
        own = [Answered(one.consent.line_id, Consent.Way.YES) for one in asked_of(widening, person)]
        times.append(timed(lambda own=own, person=person: answer(widening.public_id, own, by=person)))
    assert len(times) == AUTHORS - 1
    return figures(times)


def middle(act: Callable[[], object]) -> dict[str, float]:
    return figures([timed(act) for _ in range(ROUNDS)])


def once(act: Callable[[], object]) -> dict[str, float]:
    return figures([timed(act)])


def figures(times: list[tuple[float, int]]) -> dict[str, float]:
    took = [milliseconds for milliseconds, _ in times]
    return {
        "ms": statistics.median(took),
        "least": min(took),
        "queries": statistics.median(queries for _, queries in times),
    }


def timed(act: Callable[[], object]) -> tuple[float, int]:
    """``(milliseconds, queries)``; the queries are counted in the same go, which costs little beside them."""
    with CaptureQueriesContext(connection) as queries:
        began = time.process_time()
        act()
        took = (time.process_time() - began) * 1000
    return took, len(queries)


if __name__ == "__main__":
    settings.DEBUG = False
    print(json.dumps(main()))
