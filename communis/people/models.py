"""Persons, circles, memberships and roles. Accounts, which only sign in, are in accounts.py."""

from django.db import models
from django.db.models import Q

from communis.journal.moments import now
from communis.looking.guarding import Refers, Visible
from communis.looking.principals import Principal
from communis.looking.stamps import new_stamp
from communis.looking.viewers import Viewer


class VisiblePersons(Visible):
    def seen_by(self, rows: models.QuerySet["Person"], viewer: Viewer) -> models.QuerySet["Person"]:
        """Employees see employees who can sign in and are not protected (D30), and always themselves."""
        if not viewer.in_organisation:
            return rows.none()
        return rows.filter(Q(protected=False, closed_at=None) | Q(id=viewer.person_id))


class Person(models.Model):
    """Someone who can sign in. The key is never the e-mail address.

    ``name`` is the name the person chose to show. A protected person is in no list, number or suggestion;
    the name still stands under words the person shared.
    """

    principal = models.OneToOneField(Principal, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    protected = models.BooleanField(default=False)
    steward = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="sv")
    # Whether the help with choosing a rung is offered while writing; a setting of one's own.
    adviser = models.BooleanField(default=True)
    # A public id that tells nothing: 128 random bits (trust G8).
    public_id = models.CharField(max_length=32, unique=True)
    closed_at = models.BigIntegerField(null=True)

    visible = VisiblePersons()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"

    def __str__(self) -> str:
        return f"person {self.pk}"


class VisibleCircles(Visible):
    def seen_by(self, rows: models.QuerySet["Circle"], viewer: Viewer) -> models.QuerySet["Circle"]:
        """Members see their circles; employees see also those that are not secret."""
        mine = Q(principal_id__in=[held.principal for held in viewer.narrow_holdings()])
        if viewer.in_organisation:
            return rows.filter(mine | ~Q(sight=Circle.Sight.SECRET))
        return rows.filter(mine)


class Circle(models.Model):
    """A named set of persons; may sit inside another. A unit is a circle that may say its authority (D5)."""

    class Sight(models.IntegerChoices):
        """What those outside may know of it."""

        SECRET = 0  # nothing
        NAMED = 1  # its name
        LISTED = 2  # its name and its members

    principal = models.OneToOneField(Principal, models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=500, blank=True)
    sight = models.SmallIntegerField(choices=Sight, default=Sight.LISTED)
    unit = models.BooleanField(default=False)
    authority = models.CharField(max_length=120, blank=True)
    # Fixed when the circle is founded; it can be turned off, never on (gate rule 20).
    history = models.BooleanField(default=True)
    parent = Refers("self", null=True)
    nested_at = models.BigIntegerField(default=0)
    # Nested by a steward: members of this circle get no history of the outer one (gate rule 20).
    nested_without_history = models.BooleanField(default=False)
    founded_at = models.BigIntegerField(default=now)

    visible = VisibleCircles()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"

    def __str__(self) -> str:
        return f"circle {self.pk}"


class VisibleMemberships(Visible):
    def seen_by(self, rows: models.QuerySet["Membership"], viewer: Viewer) -> models.QuerySet["Membership"]:
        """Who is in a circle: for its members, and for employees where the circle lists them; never the protected."""
        held = Q(principal_id__in=[held.principal for held in viewer.narrow_holdings()])
        if viewer.in_organisation:
            circles = Circle.everything.filter(held | Q(sight=Circle.Sight.LISTED))
        else:
            circles = Circle.everything.filter(held)
        shown = Person.everything.filter(Q(protected=False, closed_at=None) | Q(id=viewer.person_id))
        return rows.filter(left_at=None, circle_id__in=circles.values("id"), person_id__in=shown.values("id"))


class Membership(models.Model):
    """A person in a circle, from a moment until another."""

    person = Refers(Person)
    circle = Refers(Circle)
    # Whoever looks after the circle lets others in and out.
    looks_after = models.BooleanField(default=False)
    # A steward who lets himself in sees nothing from before (gate rule 20).
    without_history = models.BooleanField(default=False)
    joined_at = models.BigIntegerField(default=now)
    left_at = models.BigIntegerField(null=True)

    visible = VisibleMemberships()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "circle"], name="membership_once", condition=Q(left_at=None)
            ),
        ]


class Role(models.Model):
    """A role held from a day until another: what a person can speak as (R32)."""

    person = Refers(Person)
    title = models.CharField(max_length=120)
    held_from = models.BigIntegerField(default=now)
    held_to = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to=None) | Q(held_to__gte=models.F("held_from")),
                name="role_ends_after_start",
            ),
        ]


class Names(models.Model):
    """One row, number 1: a stamp for all names as they are shown. No row: none has changed yet."""

    stamp = models.BigIntegerField(default=new_stamp)


class OutsideName(models.Model):
    """The name of someone outside who wrote what was imported; can be claimed by a person later (R10).

    One person may stand behind several: a blog knows people by more than one name.
    """

    name = models.CharField(max_length=200)
    site = models.URLField(max_length=500, blank=True)
    source = models.CharField(max_length=200)
    claimed_by = Refers(Person, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "name", "site"], name="outside_name_once")]
