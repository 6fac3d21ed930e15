"""Mail on its way out, as pointers (trust L16), and what became of mail that came in. No row holds words of a mail."""

from django.db import models

from communis.conversations.models import Contribution, Line
from communis.journal.moments import now
from communis.looking.guarding import Refers
from communis.people.models import Circle, Person


class Outgoing(models.Model):
    """One mail to one person. It holds no words; what it says is worked out at sending."""

    class State(models.IntegerChoices):
        WAITING = 0
        SENT = 1
        CANCELLED = 2  # the person may no longer see what it was about, or has no address
        GIVEN_UP = 3
        # The person had as many mails in a day as wanted; the digest tells it.
        LEFT_TO_DIGEST = 4

    person = Refers(Person)
    template = models.CharField(max_length=60)
    # The line whose words the mail tells, if it tells any.
    line = Refers(Line, null=True)
    about = models.JSONField(default=dict)
    entry = models.BigIntegerField()
    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    due_at = models.BigIntegerField(default=now)
    message_id = models.CharField(max_length=120)
    sent_at = models.BigIntegerField(null=True)
    # Hashes of the keys in the mail: to the address it comes back to, and to the page that stops all mail.
    returns = models.CharField(max_length=64, blank=True)
    stops = models.CharField(max_length=64, blank=True)
    # When it came back for good.
    returned_at = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "entry", "template"], name="outgoing_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="outgoing_waiting", condition=models.Q(state=0)),
            models.Index(fields=["person", "sent_at"], name="outgoing_sent"),
            models.Index(fields=["returns"], name="outgoing_returns"),
            models.Index(fields=["stops"], name="outgoing_stops"),
        ]


class DigestRound(models.Model):
    """The digests that were due at a moment have been queued."""

    at = models.BigIntegerField(unique=True)


class ReplyAddress(models.Model):
    """An address a mail can be answered at: it lets one person write on one line, and nobody read (trust 8).

    It is kept as a hash: who has a copy of the database cannot write to it.
    """

    hashed = models.CharField(max_length=64, unique=True)
    person = Refers(Person)
    line = Refers(Line)
    # The mail that is answered there.
    outgoing = models.ForeignKey(Outgoing, models.PROTECT, null=True, related_name="+")
    made_at = models.BigIntegerField(default=now)


class Arrived(models.Model):
    """What became of one mail to one recipient; its words stay in the spool, for its sender alone (trust L23)."""

    class Outcome(models.IntegerChoices):
        PUBLISHED = 1
        # Waits for its sender to say that it is hers.
        HELD = 2
        # No person wrote it: an automatic reply, a bounce, a list.
        IGNORED = 3
        # The same mail came before.
        DUPLICATE = 4
        # Its sender did not want it after all.
        THROWN_AWAY = 5
        # One of the words that a mail offers: the conversation is kept silent, or told of again tomorrow.
        OFFERED_WORD = 6

    class Reason(models.IntegerChoices):
        NONE = 0
        NOT_PROVED = 1  # nothing vouches for the address it says to come from
        ANOTHER_SENDER = 2  # another address than the person's
        NOBODY_WE_KNOW = 3
        UNREADABLE = 4
        NO_WORDS = 5
        REFUSED = 6  # it could not be said there, or is not there any more
        AUTOMATIC = 7
        FILE_REFUSED = 8  # a file in it cannot come along
        WIDER = 9  # it is for more than the readers of a letter, and waits for a yes (rulings, Mail)
        MORE_THAN_A_WORD = 10  # an offered word stands first, and more below it
        MANY = 12  # so many of hers were said within the hour that a program may have written them
        RETURNED = 11  # a mail of ours that came back: nothing of it is kept (trust L24)
        MIXED = 20  # it is addressed to several that different people read: which is hers to say (trust L22)
        UNCLEAR = 21  # it names its readers in words, and not so that they can be told
        FORWARDED = 22  # it passes on a mail of somebody else's, and says nothing of its own (trust L21)

    public_id = models.CharField(max_length=32, unique=True)
    # The name of its file in the spool.
    file = models.CharField(max_length=60, unique=True)
    # The same for the same mail to the same recipient, whichever way it came.
    digest = models.CharField(max_length=64)
    # The same for the same mail to all its recipients.
    mail = models.CharField(max_length=64, default="")
    outcome = models.SmallIntegerField(choices=Outcome)
    reason = models.SmallIntegerField(choices=Reason, default=Reason.NONE)
    # Whose it is to look at: the person of the reply address, or who has the address it was proved to come from.
    person = Refers(Person, null=True)
    # Where it was to be said: on a line, in a letter to someone, or in a circle.
    line = Refers(Line, null=True)
    receiver = Refers(Person, null=True)
    circle = Refers(Circle, null=True)
    # For all employees, by words in it; for those alone who answer the question on the line.
    to_all = models.BooleanField(default=False)
    to_hosts = models.BooleanField(default=False)
    # Somebody else's mail came along, and is kept for the sender alone (trust L21).
    passed_on = models.BooleanField(default=False)
    contribution = Refers(Contribution, null=True)
    arrived_at = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["digest"], name="arrived_before"),
            models.Index(fields=["mail"], name="arrived_together"),
            models.Index(fields=["person"], name="arrived_held", condition=models.Q(outcome=2)),
            models.Index(fields=["person"], name="arrived_passed_on", condition=models.Q(passed_on=True)),
        ]


class Passing(models.Model):
    """That whoever wrote what a mail passed on was asked if its readers may read it. The words lie in the spool."""

    public_id = models.CharField(max_length=32, unique=True)
    arrived = models.OneToOneField(Arrived, models.PROTECT, related_name="+")
    # None where nobody here has the address that the mail names.
    author = Refers(Person, null=True)
    asked_at = models.BigIntegerField()
    answered_at = models.BigIntegerField(null=True)
    # What a yes became.
    contribution = Refers(Contribution, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["author"], name="passing_asked", condition=models.Q(answered_at=None)),
        ]
