"""A widening: a proposal to show what was said to more people; and what each author answers to it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from communis.conversations.models import Conversation, Line
from communis.looking.guarding import Refers, Visible
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience
from communis.openness.receipts import Receipt
from communis.people.models import Person


class VisibleWidenings(Visible):
    def seen_by(self, rows: models.QuerySet["Widening"], viewer: Viewer) -> models.QuerySet["Widening"]:
        """By who proposed it and by those asked, also after they left the conversation. Nobody else."""
        if viewer.person_id is None:
            return rows.none()
        asked = Consent.everything.filter(widening_id=OuterRef("id"), person_id=viewer.person_id)
        return rows.filter(Q(person_id=viewer.person_id) | Exists(asked))


class Widening(models.Model):
    """A proposal, from when it was made until something is opened or nothing is."""

    class State(models.IntegerChoices):
        ASKING = 0
        # Chosen by who proposed it; opens when the time to take a yes back is out.
        CHOSEN = 1
        OPENED = 2
        # Nothing is opened: it was let be, or its time ran out.
        LEFT = 3

    public_id = models.CharField(max_length=32, unique=True)
    conversation = Refers(Conversation)
    person = Refers(Person)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    state = models.SmallIntegerField(choices=State, default=State.ASKING)
    proposed_at = models.BigIntegerField()
    answer_by = models.BigIntegerField()
    reminded_at = models.BigIntegerField(null=True)
    # When who proposed it was told that it can be chosen.
    ready_at = models.BigIntegerField(null=True)
    opens_at = models.BigIntegerField(null=True)

    visible = VisibleWidenings()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        indexes = [
            models.Index(fields=["state", "opens_at"], name="widening_due"),
            models.Index(fields=["person", "-proposed_at"], name="widening_own"),
        ]


class VisibleConsents(Visible):
    def seen_by(self, rows: models.QuerySet["Consent"], viewer: Viewer) -> models.QuerySet["Consent"]:
        """One's own. How others have answered is told to nobody."""
        return rows.none() if viewer.person_id is None else rows.filter(person_id=viewer.person_id)


class Consent(models.Model):
    """What an author answers for one of her contributions. No answer looks like a no (rulings, Opening)."""

    class Way(models.IntegerChoices):
        NONE = 0
        YES = 1
        OTHER_WORDS = 2
        WITHOUT_NAME = 3
        LATER = 4
        NO = 5
        # A yes that waits until its author says that something has happened.
        AFTER = 6

    widening = Refers(Widening)
    line = Refers(Line)
    # Whose words they are: a person's, or those of who holds a receipt.
    person = Refers(Person, null=True)
    receipt = Refers(Receipt, null=True)
    way = models.SmallIntegerField(choices=Way, default=Way.NONE)
    # Other words, as Markdown.
    text = models.TextField(blank=True)
    # Not opened before this moment.
    not_before = models.BigIntegerField(null=True)
    # What has to happen first, in its author's own words, which nobody else is shown; and when she said it has.
    waits_for = models.CharField(max_length=140, blank=True, default="")
    happened_at = models.BigIntegerField(null=True)
    # What the answer holds for: a yes to one thing never opens another (see binding).
    digest = models.BinaryField(max_length=32, null=True)
    answered_at = models.BigIntegerField(null=True)
    opened = Refers(Line, null=True)

    visible = VisibleConsents()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["widening", "line"], name="consent_once"),
            models.CheckConstraint(
                name="consent_of_one_author",
                condition=Q(person__isnull=False, receipt=None) | Q(person=None, receipt__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["person"], name="consent_own")]

    @property
    def waits(self) -> bool:
        """Whether its author has still to say that what it waits for has happened. Until then it is as no answer."""
        return self.way == self.Way.AFTER and self.happened_at is None


class VisibleLessons(Visible):
    def seen_by(self, rows: models.QuerySet["Lesson"], viewer: Viewer) -> models.QuerySet["Lesson"]:
        """By who wrote it and by the one who is asked. Nobody else."""
        if viewer.person_id is None:
            return rows.none()
        return rows.filter(Q(person_id=viewer.person_id) | Q(asked_id=viewer.person_id))


class Lesson(models.Model):
    """Words that are to be told to more people after a private answer, when the one who was answered agrees (R25)."""

    class State(models.IntegerChoices):
        ASKING = 0
        # Agreed to; opens when the time to take that back is out.
        AGREED = 1
        OPENED = 2
        LEFT = 3

    public_id = models.CharField(max_length=32, unique=True)
    # The answer it is drawn from.
    line = Refers(Line)
    person = Refers(Person)
    asked = Refers(Person)
    text = models.TextField()
    rung = models.SmallIntegerField()
    state = models.SmallIntegerField(choices=State, default=State.ASKING)
    proposed_at = models.BigIntegerField()
    answer_by = models.BigIntegerField()
    opens_at = models.BigIntegerField(null=True)
    opened = Refers(Line, null=True)

    visible = VisibleLessons()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        indexes = [
            models.Index(fields=["state", "opens_at"], name="lesson_due"),
            models.Index(fields=["person"], name="lesson_own"),
            models.Index(fields=["asked"], name="lesson_asked"),
        ]
