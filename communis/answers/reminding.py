"""Before the promised day, one reminder to whoever promised it (R17). That a day has passed is told to nobody apart."""

import datetime

from django.db import transaction

from communis.answers.models import Ask
from communis.answers.promises import today
from communis.journal.moments import now
from communis.journal.record import record

BEFORE = datetime.timedelta(days=2)


def remind() -> int:
    """Remind of asks whose day is near; returns how many. For the worker, and safe to repeat."""
    near = Ask.everything.filter(
        state=Ask.State.WAITING, promised__lte=today() + BEFORE, reminded_at__isnull=True
    )
    reminded = 0
    for ask in near.order_by("id"):
        with transaction.atomic():
            # Noted with the news of it, so that nobody is told twice.
            fresh = Ask.everything.filter(id=ask.id, reminded_at__isnull=True, state=Ask.State.WAITING)
            if fresh.update(reminded_at=now()):
                record("reminded of ask", by=None, ask=ask.id, line=ask.line_id)
                reminded += 1
    return reminded
