"""What waits to be shown, the keys that are spent, and among how many an author is."""

from django.db import models

from communis.conversations.kinds import Kind
from communis.conversations.models import Line
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.looking.guarding import Refers, RefersOne, Visible
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience
from communis.openness.bylines import Unseen
from communis.openness.open_to import open_to
from communis.openness.receipts import Receipt
from communis.openness.rungs import Rung
from communis.people.models import Person


def random_number() -> int:
    """62 random bits for a row's own number, so that the order of rows says nothing of when they came.

    From the source of public ids, so that worlds can be compared; ordered by it, a batch is shuffled.
    """
    return (int(public_id(), 16) >> 66) + 1


class Waiting(models.Model):
    """What was written behind the scenes and appears with the day's batch: no author, no time, no session.

    Sealed until then: nobody but the release and who holds the receipt comes at it.
    """

    class What(models.IntegerChoices):
        POST = 0
        # An answer, in a conversation the receipt has words in.
        ANSWER = 1
        EDIT = 2
        TAKEN_BACK = 3
        # A proposal to open was answered. Of these two, done already, only the journal has to learn.
        CONSENTED = 4

    id = models.BigAutoField(primary_key=True, default=random_number)
    what = models.SmallIntegerField(choices=What, default=What.POST)
    receipt_hash = models.BinaryField(max_length=32)
    # Days since the year 1, where the organisation is.
    day = models.IntegerField()
    # What is answered or changed; None for words that begin a conversation.
    line = Refers(Line, null=True)
    audience = models.ForeignKey(Audience, models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.SmallIntegerField(choices=Kind, default=Kind.COMMENT)
    text = models.TextField(blank=True)
    opens_to = models.SmallIntegerField(default=0)
    # The one asked, who is not among those it can have been.
    asked = Refers(Person, null=True)
    # How many it can have been when it was written.
    crowd = models.IntegerField(default=0)
    # With the receipt, whoever wrote it can show so later; without, it tells nothing (openness/commitments.py).
    commitment = models.BinaryField(max_length=32, default=b"")

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        indexes = [models.Index(fields=["receipt_hash"], name="waiting_by_receipt")]


class Spent(models.Model):
    """The hash of a posting key that was used, so that one key gives one contribution. Forgotten after some days."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    token_hash = models.BinaryField(max_length=32, unique=True)
    day = models.IntegerField()


class Crowd(models.Model):
    """Among how many the author of a line is, as it was when the line was opened; seen with the line's share."""

    line = RefersOne(Line)
    number = models.IntegerField()
    besides = Refers(Person, null=True)


class VisibleClaims(Visible):
    def seen_by(self, rows: models.QuerySet["Claim"], viewer: Viewer) -> models.QuerySet["Claim"]:
        """Live ones that the viewer is shown. It says nothing without the words, which the viewer has to see too."""
        return rows.filter(open_to(viewer), ended_at=None)


class Claim(models.Model):
    """Somebody has shown, to this audience and nobody else, that they wrote what stands under the receipt (R10)."""

    public_id = models.CharField(max_length=32, unique=True)
    receipt = Refers(Receipt)
    person = Refers(Person, db_index=False)
    # Opens the receipt's commitment, so that whoever is shown the claim can try it.
    nonce = models.BinaryField(max_length=32)
    word = models.CharField(max_length=500, blank=True)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_index=False)
    # A copy, kept by the action, as in a share.
    rung = models.SmallIntegerField(choices=Rung)
    opened_at = models.BigIntegerField(default=now)
    ended_at = models.BigIntegerField(null=True)

    visible = VisibleClaims()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "audience"],
                name="claim_once_an_audience",
                condition=models.Q(ended_at=None),
            ),
        ]
        indexes = [models.Index(fields=["person"], name="claim_own")]
