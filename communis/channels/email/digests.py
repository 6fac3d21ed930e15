"""Digests: at set hours, a pointer to a mail for each person who has something new to read; see sending.py."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from communis.attention.gathering import ToGather, are_gathered, to_gather
from communis.channels.email.mail_ids import message_id
from communis.channels.email.models import DigestRound, Outgoing
from communis.channels.email.templates import DIGEST
from communis.journal.moments import DAY, as_datetime, from_datetime, now

# What nobody has read for so long is on the page, and in no mail.
_OLDEST = 30 * DAY
# Persons in one transaction: whoever writes meanwhile waits for no more than these.
_BATCH = 200


def queue_digests() -> int:
    """Queue what is due, once each time; returns for how many persons. For the worker, and safe to repeat."""
    return sum(_queue(which, _latest(hour)) for which, hour in enumerate(settings.DIGEST_HOURS))


def _queue(which: int, at: int) -> int:
    """The digest number ``which`` of a day, due at a moment."""
    if DigestRound.objects.filter(at=at).exists():
        return 0
    # Those of a round that was killed on its way are not queued again.
    begun = set(Outgoing.objects.filter(template=DIGEST, entry=at).values_list("person_id", flat=True))
    some = [one for one in to_gather(which, at - _OLDEST) if one.person not in begun]
    for first in range(0, len(some), _BATCH):
        _queue_some(some[first : first + _BATCH], at)
    # Last: a round that is killed goes on the next time.
    DigestRound.objects.get_or_create(at=at)
    return len(some)


@transaction.atomic
def _queue_some(some: list[ToGather], at: int) -> None:
    pointers = [
        Outgoing(
            person_id=one.person,
            entry=at,
            template=DIGEST,
            about={"after": one.after, "until": one.until},
            message_id=message_id(one.person, str(at), DIGEST),
        )
        for one in some
    ]
    Outgoing.objects.bulk_create(pointers, ignore_conflicts=True)
    are_gathered(some)


def _latest(hour: int) -> int:
    """The last moment at which it was this hour, in the organisation's own time."""
    here = timezone.localtime(as_datetime(now()))
    at = datetime(here.year, here.month, here.day, hour, tzinfo=here.tzinfo)
    if at > here:
        before = here.date() - timedelta(days=1)
        at = datetime(before.year, before.month, before.day, hour, tzinfo=here.tzinfo)
    return from_datetime(at)
