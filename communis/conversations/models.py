"""Conversations, what was said in them, and what of it is seen."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from communis.conversations.kinds import Kind, Level, Sign, Wish
from communis.journal.moments import now
from communis.looking.guarding import Refers, RefersOne, Visible
from communis.looking.principals import Principal
from communis.looking.stamps import new_stamp
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience
from communis.openness.bylines import Authorship, Byline, Unseen
from communis.openness.open_to import open_to
from communis.openness.receipts import Receipt
from communis.people.models import Person, Role


class VisibleConversations(Visible):
    def seen_by(
        self, rows: models.QuerySet["Conversation"], viewer: Viewer
    ) -> models.QuerySet["Conversation"]:
        """A conversation is seen by whoever sees any share in it (gate rule 8)."""
        live = Share.everything.filter(open_to(viewer), conversation_id=OuterRef("id"), ended_at=None)
        return rows.filter(Exists(live))


class Conversation(models.Model):
    """A place around one opening contribution. It has no text, title, count or date of its own (gate rule 16)."""

    public_id = models.CharField(max_length=32, unique=True)

    visible = VisibleConversations()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


class Contribution(models.Model):
    """Anything anyone said, in revisions. Nothing outside this package reads it; pages read shares."""

    conversation = Refers(Conversation)
    parent = Refers("self", null=True)
    kind = models.SmallIntegerField(choices=Kind)
    authorship = RefersOne(Authorship, null=True)
    # Behind the scenes: a receipt instead of an author. One may have answered under the same receipt again.
    receipt = Refers(Receipt, null=True)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


class Revision(models.Model):
    """The text of a contribution at one time: as it was written, and as safe HTML made from it."""

    contribution = Refers(Contribution)
    source = models.TextField()
    html = models.TextField()
    # Imported text arrives as HTML; everything written here is Markdown.
    markdown = models.BooleanField(default=True)
    correction = models.BooleanField(default=False)
    written_at = models.BigIntegerField()

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


class Line(models.Model):
    """A share's address, which outlives edits: marks, anchors, notices and links refer to it (gate rule 10)."""

    public_id = models.CharField(max_length=32, unique=True)
    contribution = Refers(Contribution)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


class VisibleShares(Visible):
    def seen_by(self, rows: models.QuerySet["Share"], viewer: Viewer) -> models.QuerySet["Share"]:
        """The gate: live, open to the viewer, and of each contribution only the narrowest such share.

        ``NOT EXISTS`` a narrower one, never a window: a later filter would show what was folded (gate rule 2).
        Of two on one rung the line opened first is shown, also after an edit has given it a new share.
        """
        live = rows.filter(ended_at=None)
        narrower: models.QuerySet[Share] = (
            models.QuerySet(self.model, using=self._db)
            .filter(open_to(viewer), ended_at=None, contribution_id=OuterRef("contribution_id"))
            .filter(Q(rung__lt=OuterRef("rung")) | Q(rung=OuterRef("rung"), line_id__lt=OuterRef("line_id")))
        )
        return live.filter(open_to(viewer)).filter(Q(alone=True) | ~Exists(narrower))


class Share(models.Model):
    """One revision of one contribution, made visible to one audience under one byline: all that anything reads.

    ``conversation``, ``rung``, ``opening`` and ``alone`` are copies, kept by the actions.
    """

    line = Refers(Line)
    contribution = Refers(Contribution)
    conversation = Refers(Conversation)
    revision = Refers(Revision)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="+", db_index=False)
    rung = models.SmallIntegerField()
    byline = Refers(Byline)
    opening = models.BooleanField(default=False)
    # The only live share of its contribution: the fold need not look.
    alone = models.BooleanField(default=True)
    # When the line's audience was opened. An edit keeps it, so that an edit shows nothing to later joiners.
    opened_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)

    visible = VisibleShares()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["line"], name="line_has_one_live_share", condition=Q(ended_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "opened_at"], name="share_page", condition=Q(ended_at=None)),
            models.Index(
                fields=["contribution", "rung", "id"], name="share_fold", condition=Q(ended_at=None)
            ),
            models.Index(
                fields=["conversation"], name="share_opening", condition=Q(ended_at=None, opening=True)
            ),
        ]


class QuestionTerms(models.Model):
    """What a question says of itself: how much can be influenced, and until when it is open (R6, D47)."""

    revision = RefersOne(Revision)
    level = models.SmallIntegerField(choices=Level)
    scope = models.CharField(max_length=500)
    answer_by = models.DateField(null=True)


class Host(models.Model):
    """A person who looks after a question and may answer it; seen with the question's share."""

    line = Refers(Line)
    person = Refers(Person)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "person"], name="host_once")]


class AnswerWish(models.Model):
    """How the author wants to be answered: chosen with this message, seen by whoever sees its line (R26)."""

    line = Refers(Line)
    wish = models.SmallIntegerField(choices=Wish)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "wish"], name="answer_wish_once")]


class Anchor(models.Model):
    """The words of a contribution that another contribution is about.

    Made on a revision of the target; ``Place`` says where the words are in each later revision. Whether the
    words are shown is decided by which revision the viewer may see, never by this row (gate rule 14).
    """

    contribution = Refers(Contribution)
    target = Refers(Contribution)
    # A quote repeats the words in the reply's own text; an anchored reply stands beside them.
    quote = models.BooleanField(default=False)


class Place(models.Model):
    """Where an anchor's words are in one revision: character offsets in its visible text; null when gone."""

    anchor = models.ForeignKey(Anchor, models.CASCADE, related_name="+")
    revision = Refers(Revision)
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["anchor", "revision"], name="place_once")]


class Draft(models.Model):
    """What someone has begun to write. A table of its own: never a contribution, never journalled (gate rule 19)."""

    public_id = models.CharField(max_length=32, unique=True)
    person = Refers(Person)
    # Where it was begun: "new", or "reply:" and a line's address. Kept drafts have an empty place.
    place = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    choices = models.JSONField(default=dict)
    saved_at = models.BigIntegerField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="draft_a_place", condition=~Q(place="")),
        ]


class Activity(models.Model):
    """The latest live share of a conversation towards one principal: what makes the front page flat.

    Never a count. Every holder of the principal may see all that the row is made of (gate, section 2).
    """

    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    conversation = Refers(Conversation)
    last_at = models.BigIntegerField()
    # Drawn anew whenever a share that names the principal opens or ends here (see sight.py).
    stamp = models.BigIntegerField(default=new_stamp)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [models.UniqueConstraint(fields=["conversation", "principal"], name="activity_once")]
        indexes = [models.Index(fields=["principal", "-last_at", "conversation"], name="activity_top")]


class Mark(models.Model):
    """How far a person has seen a conversation. For that person alone; no one else can read it."""

    person = Refers(Person)
    conversation = Refers(Conversation)
    seen_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "conversation"], name="mark_once")]


class Following(models.Model):
    """How a person follows a conversation: listening without speaking, or keeping it silent (R79)."""

    class Way(models.IntegerChoices):
        LISTENING = 1
        SILENT = 2
        MAILED = 3  # listening, and each contribution comes as a mail at once

    LISTENING = (Way.LISTENING, Way.MAILED)

    person = Refers(Person)
    conversation = Refers(Conversation)
    way = models.SmallIntegerField(choices=Way)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "conversation"], name="following_once")]


class Reaction(models.Model):
    """A sign that a person gave the words on a line; seen with the line's share, never counted (gate rule 5)."""

    line = Refers(Line)
    person = Refers(Person)
    sign = models.SmallIntegerField(choices=Sign)
    given_at = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "person"], name="reaction_one_each")]


class SimplerWish(models.Model):
    """Somebody wants the words on a line said more simply. Who, is kept as a hash that counts each person once."""

    line = Refers(Line)
    wisher = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "wisher"], name="simpler_wish_once")]


class Adoption(models.Model):
    """A plain restatement stands as the headline, for whoever sees it and what it restates (R102)."""

    line = RefersOne(Line)
    adopted_at = models.BigIntegerField()


class Moved(models.Model):
    """A branch became its own conversation: its root, and the summary in its old place (gate rule 15)."""

    root = RefersOne(Contribution)
    summary = RefersOne(Contribution)


class Credit(models.Model):
    """An author's wish to stand among those who took part, for whoever sees this line (R29, R34)."""

    line = RefersOne(Line)
    person = Refers(Person)
    # Named, in a role, or unnamed: *an employee*.
    form = models.SmallIntegerField(choices=Byline.Kind)
    role = models.ForeignKey(Role, models.PROTECT, null=True, related_name="+")

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


class Thanks(models.Model):
    """A private thank you for the words on a line: read by who gave it and by who wrote them (R59)."""

    line = Refers(Line)
    giver = Refers(Person)
    text = models.CharField(max_length=500)
    given_at = models.BigIntegerField()

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


class OutingFlag(models.Model):
    """Somebody finds that the words on a line tell who a hidden author is. Who, is kept as a hash."""

    line = Refers(Line)
    flagger = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "flagger"], name="outing_flag_once")]


class Pseudonym(models.Model):
    """The one pseudonym a person has in a conversation. Nobody else learns which it is (gate rule 28)."""

    person = Refers(Person)
    conversation = Refers(Conversation)
    byline = Refers(Byline)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["person", "conversation"], name="pseudonym_one_each"),
        ]


class ReadingHelp(models.Model):
    """Whether a person is told how hard the own words are to read, while writing. Without a row: yes (R103)."""

    person = RefersOne(Person)
    wanted = models.BooleanField(default=True)


class File(models.Model):
    """A picture or file of one revision, served below a line's address and nowhere else (gate rule 18)."""

    revision = Refers(Revision)
    number = models.SmallIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    alternative = models.CharField(max_length=500, blank=True)
    creator = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    # Its sender says that it is only decoration: it needs no description.
    decoration = models.BooleanField(default=False)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    # Names of random letters below the data folder; nothing of the person or the file is in them (L35).
    stored_as = models.CharField(max_length=64)
    small_stored_as = models.CharField(max_length=64, blank=True)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [models.UniqueConstraint(fields=["revision", "number"], name="file_number_once")]
