"""How much mail waits, as far as all stewards may know: in steps of five, so that no number tells of one mail.

What waits may belong to words that a steward does not read (trust S1, S7). That many wait tells that something is
wrong.
"""

from typing import NamedTuple

from django.db.models import Count, Q

from communis.channels.email.models import Arrived, Outgoing
from communis.conversations.refusals import NotThere
from communis.journal.moments import MINUTE, now
from communis.people.models import Person

STEP = 5
# What is due leaves within seconds.
_LATE = 15 * MINUTE


class Waiting(NamedTuple):
    """At least so many; 0 is fewer than five. ``held``: why, and at least how many."""

    to_go_out: int
    held: list[tuple[Arrived.Reason, int]]


def waiting_mail(*, by: Person) -> Waiting:
    """Raises NotThere for who is no steward."""
    if not by.steward:
        raise NotThere
    late = Q(tries__gt=0) | Q(deaths__gt=0) | Q(due_at__lt=now() - _LATE)
    going = Outgoing.objects.filter(late, state=Outgoing.State.WAITING).count()
    # What came from outside is looked at on a page of its own.
    waits = Arrived.objects.filter(outcome=Arrived.Outcome.HELD).exclude(outside__isnull=False, person=None)
    held = waits.values_list("reason").annotate(Count("id"))
    steps = [(Arrived.Reason(reason), in_steps(count)) for reason, count in held.order_by("reason")]
    return Waiting(in_steps(going), [(reason, count) for reason, count in steps if count])


def in_steps(count: int) -> int:
    return count // STEP * STEP
