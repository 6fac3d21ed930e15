"""What was tried or declined, and what people say has changed since."""

from django.db import models
from django.db.models import Q

from communis.answers.verdicts import ReasonKind
from communis.conversations.lines import live_lines
from communis.conversations.models import Line
from communis.looking.guarding import Refers, Visible
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.models import Circle, Person


def with_its_idea(viewer: Viewer) -> Q:
    """Without an idea behind it, or on a line of that idea that is open to the viewer: never wider than the idea."""
    return Q(line_id=None) | Q(line_id__in=live_lines(viewer))


class VisibleTrials(Visible):
    def seen_by(self, rows: models.QuerySet["Trial"], viewer: Viewer) -> models.QuerySet["Trial"]:
        """By all employees, or by anyone where it was written for anyone; from an idea, only by who reads that."""
        rungs = [Rung.PUBLIC, Rung.ORGANISATION] if viewer.in_organisation else [Rung.PUBLIC]
        return rows.filter(with_its_idea(viewer), rung__in=rungs, taken_back_at=None)


class Trial(models.Model):
    """Something that was tried or declined. Person-free: it names nobody but a guardian to talk to."""

    public_id = models.CharField(max_length=32, unique=True)
    what = models.CharField(max_length=200)
    # Where, in words; and the unit, to browse by. Units are never secret.
    place = models.CharField(max_length=200)
    unit = Refers(Circle, null=True)
    # When, in words ("autumn 2023"), and the year it is found under.
    period = models.CharField(max_length=60, blank=True)
    year = models.SmallIntegerField()
    # It was never tried: the idea was declined.
    declined = models.BooleanField(default=False)
    theme = models.CharField(max_length=60, blank=True)
    premise = models.TextField(blank=True)
    result = models.TextField(blank=True)
    reason = models.TextField()
    reason_kind = models.SmallIntegerField(choices=ReasonKind)
    cost = models.CharField(max_length=200, blank=True)
    would_change = models.TextField()
    review_on = models.DateField(null=True)
    # When somebody was told that the day has come.
    reminded_at = models.BigIntegerField(null=True)
    # To talk to. Shown where the viewer may list the person.
    guardian = Refers(Person, null=True)
    rung = models.SmallIntegerField(choices=[(Rung.ORGANISATION, "organisation"), (Rung.PUBLIC, "public")])
    # The line of the idea it comes from, as who wrote it down read it; None when written by hand.
    line = Refers(Line, null=True)
    # For rights, and never shown.
    written_by = Refers(Person)
    written_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    # Then there are words of others in it, and nobody alone can show it to more people.
    changed_by_others = models.BooleanField(default=False)
    taken_back_at = models.BigIntegerField(null=True)

    visible = VisibleTrials()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        indexes = [
            models.Index(fields=["-year", "-id"], name="trial_by_year", condition=Q(taken_back_at=None)),
            models.Index(
                fields=["review_on"],
                name="trial_due",
                condition=Q(review_on__isnull=False, reminded_at=None, taken_back_at=None),
            ),
        ]


class VisibleChanges(Visible):
    def seen_by(self, rows: models.QuerySet["Change"], viewer: Viewer) -> models.QuerySet["Change"]:
        """By employees who see the trial and could when it was said: it does not go along to more people."""
        if not viewer.in_organisation:
            return rows.none()
        trials = Trial.visible.to(viewer).values("id")
        return rows.filter(with_its_idea(viewer), trial_id__in=trials, taken_back_at=None)


class Change(models.Model):
    """*Something has changed*: what somebody says about a trial since, under the own name."""

    public_id = models.CharField(max_length=32, unique=True)
    trial = Refers(Trial)
    # A copy from the trial, as it was then.
    line = Refers(Line, null=True)
    person = Refers(Person)
    text = models.CharField(max_length=500)
    said_at = models.BigIntegerField()
    taken_back_at = models.BigIntegerField(null=True)

    visible = VisibleChanges()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        indexes = [models.Index(fields=["trial"], name="change_of_trial")]
