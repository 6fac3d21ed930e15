"""Mail on its way out, as pointers (trust L16), and what became of mail that came in. No row holds words of a mail."""

from django.db import models

from communis.answers.models import Ask
from communis.conversations.models import Contribution, Line
from communis.journal.moments import now
from communis.looking.guarding import Refers
from communis.people.models import Circle, Person
from communis.widening.models import Widening


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
    # How often it was tried and did not go.
    tries = models.SmallIntegerField(default=0)
    # How often since then it was taken, and nobody said what came of it: whoever took it has died, or is at it now.
    deaths = models.SmallIntegerField(default=0)
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
    """An address a mail can be answered at: it lets one person do one thing, and nobody read (trust 8).

    It is kept as a hash: who has a copy of the database cannot write to it.
    """

    class Does(models.IntegerChoices):
        """What a mail to it does."""

        # Its words are said below the line.
        ANSWERS = 0
        # One of the words in the mail answers for her own words in an opening.
        CONSENTS = 1
        # With the word first, what is below it stands on the line instead.
        CORRECTS = 2
        # With a verdict first, what is below it is the answer to what was asked; else it is said below the line.
        GIVES_VERDICT = 3

    hashed = models.CharField(max_length=64, unique=True)
    person = Refers(Person)
    does = models.SmallIntegerField(choices=Does, default=Does.ANSWERS)
    line = Refers(Line, null=True)
    # What is asked about, and the hash of the page that was shown: a yes is to that one alone (rulings, Mail).
    widening = Refers(Widening, null=True)
    page = models.CharField(max_length=64, blank=True, default="")
    ask = Refers(Ask, null=True)
    # The mail that is answered there.
    outgoing = models.ForeignKey(Outgoing, models.PROTECT, null=True, related_name="+")
    made_at = models.BigIntegerField(default=now)


class OutsideAddress(models.Model):
    """An address of a question that anybody may write to: opened by a steward, who also closes it (R81)."""

    # The address is made of it.
    public_id = models.CharField(max_length=32, unique=True)
    line = Refers(Line)
    opened_by = Refers(Person)
    opened_at = models.BigIntegerField(default=now)
    closed_at = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], name="outside_address_once", condition=models.Q(closed_at=None)
            ),
        ]


class ToldOfOutside(models.Model):
    """Stewards were told that mail from outside waits. It holds no number: that is counted at each look."""

    # The one before, or 0: two workers at once make one.
    after = models.BigIntegerField(unique=True)
    at = models.BigIntegerField()
    # Whether some of it was soon to be deleted.
    soon_gone = models.BooleanField()


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
        # One of the words that a mail offers; the reason says where nothing was done.
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
        MIXED = 13  # it is addressed to several that different people read: which is hers to say (trust L22)
        UNCLEAR = 14  # it names its readers in words, and not so that they can be told
        FROM_OUTSIDE = 16  # somebody outside wrote to the address of a question: stewards look at it (R81)
        FORWARDED = 15  # it passes on a mail of somebody else's, and says nothing of its own (trust L21)
        LOOK_AT = 17  # something in it is to be looked at before all employees or anyone can read it
        PAGE_CHANGED = 20  # a word about a page that reads otherwise by now: nothing was done
        NOT_THE_WORD = 21  # its first line is none of the words that the mail offered: nothing was done
        TOO_LATE = 22  # what the word is about has ended, or cannot be done any more
        NOT_WHOLE = 23  # a verdict without all that it needs: what was written is kept as a draft

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
    # Which opening it was about, or what was asked.
    widening = Refers(Widening, null=True)
    ask = Refers(Ask, null=True)
    # For all employees, by words in it; for those alone who answer the question on the line.
    to_all = models.BooleanField(default=False)
    to_hosts = models.BooleanField(default=False)
    # The address of a question that anybody may write to; and whether it is proved who sent it.
    outside = models.ForeignKey(OutsideAddress, models.PROTECT, null=True, related_name="+")
    proved = models.BooleanField(default=False)
    # Somebody else's mail came along, and is kept for the sender alone (trust L21).
    passed_on = models.BooleanField(default=False)
    contribution = Refers(Contribution, null=True)
    arrived_at = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["digest"], name="arrived_before"),
            models.Index(fields=["mail"], name="arrived_together"),
            models.Index(fields=["outside", "arrived_at"], name="arrived_from_outside"),
            models.Index(fields=["person"], name="arrived_held", condition=models.Q(outcome=2)),
            models.Index(fields=["person"], name="arrived_passed_on", condition=models.Q(passed_on=True)),
        ]


class SaidPiece(models.Model):
    """One more contribution that a mail became than its first: an answer beside other words of what it answers."""

    arrived = models.ForeignKey(Arrived, models.PROTECT, related_name="+")
    # As its sender is told of them; the first is 1, and stands in ``Arrived``.
    number = models.SmallIntegerField()
    line = Refers(Line)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arrived", "number"], name="said_piece_once")]


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


class MailCheck(models.Model):
    """One try of the whole way: a mail to ourselves, and what was found. Nothing in it is about anybody."""

    class State(models.IntegerChoices):
        WAITING = 0
        RUNNING = 1
        FINISHED = 2

    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    asked_at = models.BigIntegerField(default=now)
    # A check whose worker died is made again.
    begun_at = models.BigIntegerField(null=True)
    finished_at = models.BigIntegerField(null=True)
    # Hashes of the keys in the address that the mail goes to, and in the one that it comes back to undelivered.
    key = models.CharField(max_length=64, blank=True)
    returns = models.CharField(max_length=64, blank=True)
    sent_at = models.BigIntegerField(null=True)
    arrived_at = models.BigIntegerField(null=True)
    # How the mail looked when it came (``checks.arriving``), and why it was sent back, like 5.1.1.
    arrival = models.JSONField(default=dict)
    sent_back = models.CharField(max_length=20, blank=True)
    # ``checks.findings.Finding``, each as a list.
    findings = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="mail_check_key"),
            models.Index(fields=["returns"], name="mail_check_returns"),
            models.Index(fields=["asked_at"], name="mail_check_waiting", condition=models.Q(state__lt=2)),
        ]
