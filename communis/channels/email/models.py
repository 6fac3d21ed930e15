"""Mail on its way out: pointers, rendered through the gate for their one recipient when sent (trust L16)."""

from django.db import models

from communis.journal.moments import now
from communis.looking.guarding import Refers
from communis.people.models import Person


class Outgoing(models.Model):
    """One mail to one person. It holds no words; what it says is worked out at sending."""

    class State(models.IntegerChoices):
        WAITING = 0
        SENT = 1
        CANCELLED = 2  # the person may no longer see what it was about, or has no address
        GIVEN_UP = 3

    person = Refers(Person)
    template = models.CharField(max_length=60)
    about = models.JSONField(default=dict)
    entry = models.BigIntegerField()
    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    due_at = models.BigIntegerField(default=now)
    message_id = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "entry", "template"], name="outgoing_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="outgoing_waiting", condition=models.Q(state=0)),
        ]
