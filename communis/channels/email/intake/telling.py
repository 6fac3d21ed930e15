"""Whose a held mail is gets one mail about it, at the address she signs in with, never at the one it came from."""

from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.queueing import queue
from communis.channels.email.templates import HELD
from communis.journal.moments import DAY, now

# What waits though it is proved to be hers.
CERTAINLY_HERS = frozenset(
    {
        Arrived.Reason.WIDER,
        Arrived.Reason.MORE_THAN_A_WORD,
        Arrived.Reason.NOT_THE_WORD,
        Arrived.Reason.NOT_WHOLE,
        Arrived.Reason.TOO_LATE,
        Arrived.Reason.MIXED,
        Arrived.Reason.UNCLEAR,
        Arrived.Reason.FILE_REFUSED,
        Arrived.Reason.FORWARDED,
        Arrived.Reason.LOOK_AT,
    }
)


def tell_of_held(arrived: Arrived) -> None:
    """Once for each, and at most one a day to a person: more would let anyone fill her inbox (RFC 3834)."""
    if arrived.person_id is None:
        return
    told = Outgoing.objects.filter(person_id=arrived.person_id, template=HELD, due_at__gt=now() - DAY)
    # What is proved to be from her she is told of each time, and once of one that came to several addresses.
    if arrived.outcome == Arrived.Outcome.HELD and arrived.reason not in CERTAINLY_HERS:
        if told.exclude(entry=arrived.id).exists():
            return
    elif arrived.reason == Arrived.Reason.MIXED:
        together = Arrived.objects.filter(mail=arrived.mail, person_id=arrived.person_id)
        if told.filter(entry__in=together.exclude(id=arrived.id).values("id")).exists():
            return
    queue(HELD, arrived.person_id, arrived.id, arrived.public_id, about={"arrived": arrived.public_id})
