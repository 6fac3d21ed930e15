"""Imports: what was asked for, how far it has come, and which things are already here."""

from django.db import models

from communis.conversations.models import Contribution, Draft, Line
from communis.journal.moments import now
from communis.looking.guarding import Refers
from communis.people.models import OutsideName, Person


class Import(models.Model):
    """An import a steward started from the page or the command, and its report."""

    class State(models.IntegerChoices):
        WAITING = 0
        RUNNING = 1
        FINISHED = 2
        REFUSED = 3

    public_id = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=64)
    by = Refers(Person)
    dry_run = models.BooleanField(default=False)
    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    progress = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    started_at = models.BigIntegerField(default=now)
    # Renewed while it runs; an import whose worker died is taken up again from where it was.
    alive_at = models.BigIntegerField(null=True)


class Imported(models.Model):
    """A thing of a source that is already here, so that a second run adds nothing (K8)."""

    source = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=300)
    contribution = Refers(Contribution, null=True)
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="imported_once")]


class Held(models.Model):
    """A comment that waits for a steward: unapproved in its source, or below something that is no longer public."""

    public_id = models.CharField(max_length=32, unique=True)
    imported = models.OneToOneField(Imported, models.PROTECT, related_name="+")
    by = Refers(Person)
    below = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    site = models.URLField(max_length=500, blank=True)
    source = models.TextField()
    html = models.TextField()
    said_at = models.BigIntegerField()


class NameClaim(models.Model):
    """A person says of an outside name that it was theirs, and a steward agrees; or the steward says so first.

    Only the two see it until it stands. What is seen then is the person's name beside the outside one.
    """

    class State(models.IntegerChoices):
        WAITING = 0  # for a steward
        OFFERED = 1  # by a steward; waits for the person
        STANDS = 2
        DECLINED = 3  # by a steward, with a reason
        ENDED = 4  # taken back by the person, or ended by a steward

    public_id = models.CharField(max_length=32, unique=True)
    outside_name = models.ForeignKey(OutsideName, models.PROTECT, related_name="+")
    person = Refers(Person)
    # Where the person said so: the one thing the steward is shown, never a list of what someone wrote (R33, R52).
    line = Refers(Line)
    # How it can be known, for the steward.
    word = models.CharField(max_length=500, blank=True)
    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    said_at = models.BigIntegerField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outside_name", "person"], name="name_claim_once", condition=models.Q(state__lte=2)
            ),
            models.UniqueConstraint(
                fields=["outside_name"], name="name_claim_stands_once", condition=models.Q(state=2)
            ),
        ]
        indexes = [models.Index(fields=["state"], name="name_claim_state")]
