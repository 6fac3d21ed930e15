"""Tells stewards that mail from outside waits, and when some of it is soon deleted: once a day, and how many."""

from django.db import transaction

from communis.attention.counted import HowMany, counted_by
from communis.attention.models import Notice
from communis.attention.telling import note
from communis.channels.email.models import Arrived, ToldOfOutside
from communis.channels.email.outside.limits import DAYS_KEPT
from communis.journal.moments import DAY, now
from communis.journal.record import record
from communis.people.models import Person
from communis.people.people_here import stewards_here

DAYS_BEFORE = 3


@transaction.atomic
def tell_of_outside() -> bool:
    """Tell them, unless they were told in the last day; whether it was done. For the worker, and safe to repeat.

    That some of it is soon deleted is told at once, where they were not told so the last time.
    """
    found = _waits()
    if not found.waits:
        return False
    last = ToldOfOutside.objects.order_by("id").last()
    news = last is None or (found.soon_gone > 0 and not last.soon_gone)
    if last is not None and not news and last.at > now() - DAY:
        return False
    told = {"at": now(), "soon_gone": found.soon_gone > 0}
    _row, is_new = ToldOfOutside.objects.get_or_create(after=last.id if last else 0, defaults=told)
    if is_new:
        entry = record("told stewards of mail from outside", by=None)
        for person in sorted(stewards_here()):
            note(entry, person, "mail from outside", reason=Notice.Reason.OUTSIDE_WAITS)
    return is_new


@counted_by(Notice.Reason.OUTSIDE_WAITS)
def waits_for(person: Person) -> HowMany:
    """Nothing waits for who is no steward."""
    return _waits() if person.steward else HowMany()


def _waits() -> HowMany:
    held = Arrived.objects.filter(outside__isnull=False, person=None, outcome=Arrived.Outcome.HELD)
    old = held.filter(arrived_at__lt=now() - (DAYS_KEPT - DAYS_BEFORE) * DAY)
    return HowMany(held.count(), old.count())
