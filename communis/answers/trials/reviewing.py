"""When the day to look again has come, one reminder to whom one talks to about it."""

from django.db import transaction

from communis.answers.promises import today
from communis.answers.trials.models import Trial
from communis.journal.moments import now
from communis.journal.record import record


def remind_of_reviews() -> int:
    """Tell of the trials whose day has come; returns how many. For the worker, and safe to repeat."""
    due = Trial.everything.filter(review_on__lte=today(), reminded_at=None, taken_back_at=None)
    reminded = 0
    for number in due.order_by("id").values_list("id", flat=True):
        with transaction.atomic():
            # Noted with the news of it, so that nobody is told twice.
            if Trial.everything.filter(id=number, reminded_at=None).update(reminded_at=now()):
                record("review is due", by=None, trial=number)
                reminded += 1
    return reminded
