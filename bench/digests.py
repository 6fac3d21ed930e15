"""The digests of so many persons: ``python -m bench.digests 10000``; seconds, of the processor too, queries and MiB.

Ten notices a person, about what was said in conversations of twenty contributions; half of it she may certainly read.
The mails are put together and handed to a server that does nothing.
"""

import json
import random
import resource
import sys
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402

from bench import worlds  # noqa: E402
from communis.attention.models import Notice  # noqa: E402
from communis.channels.email.digests import queue_digests  # noqa: E402
from communis.channels.email.models import Outgoing  # noqa: E402
from communis.channels.email.sending import send_due  # noqa: E402
from communis.conversations.models import Share  # noqa: E402
from communis.journal.moments import HOUR, now  # noqa: E402

NOTICES = 10


def main(persons: int) -> dict[str, float]:
    call_command("migrate", verbosity=0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.MAIL_DOMAIN = "svar.avinge.example"
    settings.DIGEST_HOURS = [0]
    world = worlds.World(random.Random(1))
    with transaction.atomic():
        world.people(persons, persons // 20, persons // 50)
        world.fill(persons, persons // 20)
        world.write()
    notices(world, persons)
    before = peak()
    began = time.perf_counter()
    queued = queue_digests()
    queueing = time.perf_counter() - began
    began, processor, sent, cancelled = time.perf_counter(), time.process_time(), 0, 0
    while True:
        some = send_due()
        if not any(some):
            break
        sent, cancelled = sent + some.sent, cancelled + some.cancelled
    sending, processor = time.perf_counter() - began, time.process_time() - processor
    assert sent + cancelled == queued and not Outgoing.objects.filter(state=Outgoing.State.WAITING).exists()
    return {
        "persons": persons,
        "sent": sent,
        "queueing": queueing,
        "sending": sending,
        "processor": processor,
        "processor ms a person": 1000 * processor / queued,
        "queries a person": queries(persons),
        "MiB more": peak() - before,
    }


def notices(world: worlds.World, persons: int) -> None:
    """Of what was said last, about anything: what a person may not see falls out when the digest is put together."""
    shown = list(
        Share.everything.order_by("id").values_list("line_id", "conversation_id", "opened_at", "rung")
    )
    # Half of it wide, so that every digest has lines.
    wide = [one for one in shown if one[3] >= 3]
    at, entry = now() - HOUR, 0
    rows = []
    for person in range(1, persons + 1):
        for number in range(NOTICES):
            line, conversation, opened_at, _rung = world.chance.choice(wide if number % 2 else shown)
            entry += 1
            rows.append(
                Notice(
                    public_id=world.public_id(),
                    person_id=person,
                    reason=Notice.Reason.LISTENING if number else Notice.Reason.ANSWERED,
                    line_id=line,
                    conversation_id=conversation,
                    entry=entry,
                    opened_at=opened_at,
                    made_at=at,
                )
            )
    Notice.everything.bulk_create(rows, batch_size=1000)


def queries(persons: int) -> float:
    """How many queries the digest of one more person costs, in the middle of fifty."""
    some = Outgoing.objects.filter(template="digest").order_by("id").values_list("id", flat=True)[:50]
    Outgoing.objects.filter(id__in=list(some)).update(state=Outgoing.State.WAITING, due_at=0)
    settings.DEBUG = connection.force_debug_cursor = True
    reset_queries()
    done = sum(send_due())
    return len(connection.queries) / done


def peak() -> float:
    """MiB this process has taken at the most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
