"""Notices: something happened that this person should know, with a reason why."""

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from communis.conversations.models import Conversation, Line
from communis.looking.guarding import Refers, RefersOne, Visible
from communis.looking.viewers import Viewer
from communis.people.models import Person


class VisibleNotices(Visible):
    def seen_by(self, rows: models.QuerySet["Notice"], viewer: Viewer) -> models.QuerySet["Notice"]:
        """One's own. What a notice is about is fetched through the gate at each look (trust G6, L15)."""
        return rows.none() if viewer.person_id is None else rows.filter(person_id=viewer.person_id)


class Notice(models.Model):
    """A pointer and a reason, never words: title and text are drawn from what the person may see now."""

    class Reason(models.IntegerChoices):
        LETTER = 1, _("written to you")
        ANSWERED = 2, _("answers you")
        CORRECTED = 3, _("corrects what you answered")
        QUESTION = 4, _("a question to everyone")
        LISTENING = 5, _("in a conversation you listen to")
        HOSTING = 6, _("answers a question you host")
        WELCOME = 7, _("a circle you were let into")
        SIMPLER = 8, _("two people want it said more simply")
        ADOPTED = 9, _("your simpler words stand as the headline")
        MOVED = 10, _("a branch you wrote in has its own conversation")
        THANKED = 11, _("thanks you")
        OUTING = 12, _("words that may tell who wrote without a name")
        NAME_CLAIM_WAITS = 13, _("someone says that they wrote what came in")
        NAME_CLAIM_ANSWERED = 14, _("a steward has answered whether you wrote it")
        NAME_CLAIM_OFFERED = 15, _("you are asked whether you wrote it")
        SHOWN = 16, _("someone shows you that they wrote something behind the scenes")
        OUTSIDE_WAITS = 17, _("mail from outside waits for a steward")
        ASKED = 20, _("you are asked about an opening")
        ASKED_AGAIN = 21, _("you are still asked about an opening")
        WILL_OPEN = 22, _("what you said yes to will be opened")
        CAN_OPEN = 23, _("what you proposed can be opened")
        LESSON = 24, _("you are asked about a lesson for all")
        TO_ANSWER = 30, _("you are asked for an answer")
        ANSWER_DUE = 31, _("you have promised an answer soon")
        ANSWER_GIVEN = 32, _("there is an answer to what you asked")
        NEW_DAY = 33, _("another day is promised")
        HANDED_OVER = 34, _("what you asked was handed over")
        OWN_OUTCOME = 35, _("what came of your idea")
        OUTCOME = 36, _("what came of something you took part in")
        HELP = 37, _("someone wants to help with it")
        REPORTED = 38, _("someone was cut down, and lets you read it")
        REPORT_HANDLED = 39, _("what you reported is handled")
        ANSWER_KEPT = 40, _("your answer to the reason was read")
        CHANGED = 41, _("something has changed about what was tried")
        REVIEW_DUE = 42, _("time to look again at what was tried")
        GUARDIAN = 43, _("people may talk to you about what was tried")
        HIDDEN = 44, _("your words were hidden, with a reason")
        SHOWN_AGAIN = 45, _("your hidden words are shown again")

    public_id = models.CharField(max_length=32)
    person = Refers(Person)
    reason = models.SmallIntegerField(choices=Reason)
    line = Refers(Line, null=True)
    conversation = Refers(Conversation, null=True)
    entry = models.BigIntegerField()
    # A copy of the moment of what it is about: whoever has looked at the conversation since, has read it.
    opened_at = models.BigIntegerField(default=0)
    # When it happened.
    made_at = models.BigIntegerField()
    read_at = models.BigIntegerField(null=True)

    visible = VisibleNotices()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["person", "entry"], name="notice_once"),
            models.UniqueConstraint(fields=["person", "public_id"], name="notice_address_once"),
        ]
        indexes = [models.Index(fields=["person", "-made_at"], name="notice_own")]


def address_of_notice(person_id: int, about: str, at: int) -> str:
    """A notice's public id: follows from what its person may see, so that it tells of nothing else.

    ``about`` is the public id of a line or a circle, ``at`` the moment it happened. A number, or one more
    from a common source, would tell how much happens elsewhere.
    """
    said = f"{person_id}:{about}:{at}"
    return salted_hmac("communis.notice", said, algorithm="sha256").hexdigest()[:32]


class MailChoice(models.Model):
    """What a person wants by mail. Without a row: what the fields begin with."""

    # In a day; the rest waits for the digest (rulings, Mail).
    MOST_AT_ONCE = 50
    MOST_DIGESTS = 3

    person = RefersOne(Person)
    wanted = models.BooleanField(default=True)
    # Whether a mail holds the words it tells of.
    words = models.BooleanField(default=True)
    # Whether a mail says that one's own mail is said, and who reads it.
    receipts = models.BooleanField(default=True)
    at_once = models.SmallIntegerField(default=10)
    # How many a day.
    digests = models.SmallIntegerField(default=1)
    # The number of the last notice that a digest was made of.
    gathered_until = models.BigIntegerField(default=0)
    # No mail goes out since then: what was sent came back.
    paused_at = models.BigIntegerField(null=True)
    # What came back before that counts no more.
    resumed_at = models.BigIntegerField(default=0)
