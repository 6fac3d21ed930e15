"""Who may answer for what, what is asked of them, and what they answered."""

from django.db import models
from django.db.models import F, Q

from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations.lines import live_lines, own_lines
from communis.conversations.models import Contribution, Line
from communis.journal.moments import now
from communis.looking.guarding import Refers, RefersOne, Visible
from communis.looking.viewers import Viewer
from communis.people.models import Circle, Person, Role


class VisibleMandates(Visible):
    def seen_by(self, rows: models.QuerySet["Mandate"], viewer: Viewer) -> models.QuerySet["Mandate"]:
        """Who may decide what is open to all employees, where they may list the person."""
        if not viewer.in_organisation:
            return rows.none()
        return rows.filter(person_id__in=Person.visible.to(viewer).values("id"))


class Mandate(models.Model):
    """What a person may answer for, and on whose behalf, from a day until another (R54, D42)."""

    public_id = models.CharField(max_length=32, unique=True)
    person = Refers(Person)
    subject = models.CharField(max_length=200)
    # A unit, which says its authority; None is the whole organisation. Units are never secret.
    unit = Refers(Circle, null=True)
    held_from = models.BigIntegerField(default=now)
    held_to = models.BigIntegerField(null=True)

    visible = VisibleMandates()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to=None) | Q(held_to__gte=F("held_from")), name="mandate_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="mandate_of")]


class CoHost(models.Model):
    """Someone who answers within another's mandate: *us* and not one alone (R56)."""

    mandate = Refers(Mandate)
    person = Refers(Person)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandate", "person"], name="cohost_once")]


class Promise(models.Model):
    """Within how many days a person answers. Seen before one asks; how many wait is seen by nobody (R73)."""

    person = RefersOne(Person)
    days = models.SmallIntegerField()
    # Closed to new ones until a day, with a word why (R72).
    closed_until = models.DateField(null=True)
    closed_because = models.CharField(max_length=200, blank=True)


class Absence(models.Model):
    """When a person is away, and who answers meanwhile what both of them read (R72)."""

    person = RefersOne(Person)
    stand_in = Refers(Person, null=True)
    # The days away, both among them.
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="absence_ends_after_start"),
        ]


class VisibleAsks(Visible):
    def seen_by(self, rows: models.QuerySet["Ask"], viewer: Viewer) -> models.QuerySet["Ask"]:
        """Seen with the words it is about, on the line it was asked on: it never widens (rulings.md)."""
        return rows.filter(line_id__in=live_lines(viewer))


class Ask(models.Model):
    """A request for an answer to someone who holds the mandate, with a promised day."""

    class State(models.IntegerChoices):
        WAITING = 0
        # The receiver needs to know more: it is the author's turn.
        AUTHORS_TURN = 1
        ANSWERED = 2
        TAKEN_BACK = 3

    public_id = models.CharField(max_length=32, unique=True)
    line = Refers(Line)
    # Who is to answer now; handing over changes it, and the trail keeps who was before.
    person = Refers(Person)
    mandate = Refers(Mandate)
    # Who asked, for telling and never for showing: the words may stand without a name.
    asker = Refers(Person)
    # Who answers while that person is away: as the asker was told before sending, and nobody else.
    stand_in = Refers(Person, null=True)
    because = models.CharField(max_length=200, blank=True)
    asked_at = models.BigIntegerField()
    promised = models.DateField()
    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    # The receiver has a conflict of interest: hands over, and does not answer (D43).
    conflict = models.BooleanField(default=False)
    reminded_at = models.BigIntegerField(null=True)

    visible = VisibleAsks()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(fields=["line", "person"], name="ask_once", condition=Q(state__lt=2)),
        ]
        indexes = [
            models.Index(fields=["person", "promised"], name="ask_queue", condition=Q(state__lt=2)),
            models.Index(fields=["line"], name="ask_on_line"),
        ]


class Step(models.Model):
    """What became of an ask on the way: handed over, or promised for another day. The trail is shown (R17)."""

    class Kind(models.IntegerChoices):
        HANDED_OVER = 1
        NEW_DAY = 2
        CONFLICT = 3

    ask = Refers(Ask)
    kind = models.SmallIntegerField(choices=Kind)
    # Who did it, and for a hand-over who has it afterwards.
    person = Refers(Person)
    to = Refers(Person, null=True)
    promised = models.DateField(null=True)
    because = models.CharField(max_length=200, blank=True)
    at = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["ask"], name="step_of_ask")]


class VisibleAnswers(Visible):
    def seen_by(self, rows: models.QuerySet["Answer"], viewer: Viewer) -> models.QuerySet["Answer"]:
        """By who gave it and who wrote what is answered; others see the contribution it becomes."""
        if viewer.person_id is None:
            return rows.none()
        own = Ask.everything.filter(line_id__in=own_lines(viewer.person_id))
        return rows.filter(Q(person_id=viewer.person_id) | Q(ask_id__in=own.values("id")))


class Answer(models.Model):
    """A verdict and its reason. What its author reads and what all read is of one verdict: there is only one (R20)."""

    public_id = models.CharField(max_length=32, unique=True)
    ask = Refers(Ask)
    person = Refers(Person)
    role = models.ForeignKey(Role, models.PROTECT, null=True, related_name="+")
    verdict = models.SmallIntegerField(choices=Verdict)
    reason_kind = models.SmallIntegerField(choices=ReasonKind, null=True)
    # The day it is taken up again: of *not now*.
    again = models.DateField(null=True)
    # Markdown, as the author of the idea reads it, and as everybody else who reads the idea does.
    for_author = models.TextField()
    for_all = models.TextField()
    given_at = models.BigIntegerField()
    # Until then only its author reads it. None once it has been opened, or nothing is left to open it to.
    opens_at = models.BigIntegerField(null=True)
    # How much of the heads-up is left in microseconds, when that was counted, and from which start of which machine:
    # the clock alone would open it early when it is set forward (see heads_up.py).
    heads_up_left = models.BigIntegerField(default=0)
    counted_at = models.BigIntegerField(default=0)
    counted_by = models.CharField(max_length=40, blank=True)
    # On which its giver read the words: there it opens also when he or she can look no longer.
    line = Refers(Line, null=True)
    # What was said then: it is seen by whoever sees a share of it.
    contribution = RefersOne(Contribution, null=True)
    supersedes = RefersOne("self", null=True)

    visible = VisibleAnswers()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.NO) | Q(reason_kind__isnull=False), name="no_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.NOT_NOW) | Q(again__isnull=False), name="not_now_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["ask"], name="answer_to_ask"),
            models.Index(fields=["opens_at"], name="answer_due", condition=Q(opens_at__isnull=False)),
        ]


class VisibleRests(Visible):
    def seen_by(self, rows: models.QuerySet["Rest"], viewer: Viewer) -> models.QuerySet["Rest"]:
        """By whoever sees the words on the line."""
        return rows.filter(line_id__in=live_lines(viewer))


class Rest(models.Model):
    """Whoever wrote the words on the line lets them rest. It has no date and stops nothing (R85)."""

    line = RefersOne(Line)

    visible = VisibleRests()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


class VisibleHelpers(Visible):
    def seen_by(self, rows: models.QuerySet["Helper"], viewer: Viewer) -> models.QuerySet["Helper"]:
        """By who sees the words on the line, in the organisation: never on a page for everybody (R60)."""
        return rows.filter(line_id__in=live_lines(viewer)) if viewer.in_organisation else rows.none()


class Helper(models.Model):
    """*I want to help*: a person who takes part in carrying out the idea on the line. Named, never counted (R60)."""

    line = Refers(Line)
    person = Refers(Person)
    since = models.BigIntegerField(default=now)

    visible = VisibleHelpers()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [models.UniqueConstraint(fields=["line", "person"], name="helper_once")]


class AnswerToReason(models.Model):
    """What the author of an idea answered to the reason of an answer: once an answer, so that it does not go on."""

    answer = RefersOne(Answer)
    # It is seen by whoever sees a share of it, as other contributions are.
    contribution = RefersOne(Contribution)
    # When whoever gave the answer said that it stands: told to the author and to nobody else.
    kept_at = models.BigIntegerField(null=True)


class ClarityTap(models.Model):
    """Whoever wrote what is answered finds the answer clear, and fair, or not. Shown to nobody else (R23)."""

    answer = RefersOne(Answer)
    clear = models.BooleanField(null=True)
    fair = models.BooleanField(null=True)


class ClarityFound(models.Model):
    """What most find of all answers of the last year, worked out once a day; None where nothing is said."""

    clear = models.BooleanField(null=True)
    fair = models.BooleanField(null=True)
    counted_on = models.DateField(unique=True)


class VisibleReports(Visible):
    def seen_by(self, rows: models.QuerySet["CutDown"], viewer: Viewer) -> models.QuerySet["CutDown"]:
        """By who made it and the one who receives it."""
        if viewer.person_id is None:
            return rows.none()
        return rows.filter(Q(reporter_id=viewer.person_id) | Q(receiver_id=viewer.person_id))


class CutDown(models.Model):
    """An author was cut down, and lets one person read the words of it: a copy, with her own words (R24)."""

    public_id = models.CharField(max_length=32, unique=True)
    reporter = Refers(Person)
    receiver = Refers(Person)
    # On which the reporter read what cut her down.
    line = Refers(Line)
    # As the reporter read them then: safe HTML.
    own_words = models.TextField()
    words = models.TextField()
    # The name they stood under.
    said_by = models.CharField(max_length=200)
    # What the reporter says to it.
    word = models.CharField(max_length=500, blank=True)
    made_at = models.BigIntegerField()
    # From then on nobody is shown the words.
    handled_at = models.BigIntegerField(null=True)

    visible = VisibleReports()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [models.UniqueConstraint(fields=["reporter", "line"], name="cut_down_once")]
        indexes = [models.Index(fields=["receiver"], name="cut_down_received")]
