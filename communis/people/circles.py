"""Circles as their pages show them, and what is changed about them later."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people import rules
from communis.people.models import Circle, Membership, Person
from communis.people.names import names_changed
from communis.people.refusals import PeopleRefused


class Member(NamedTuple):
    """Someone in a circle. ``joined_at`` is a moment."""

    person: Person
    looks_after: bool
    # A steward who let himself in, and sees nothing from before (gate rule 20).
    without_history: bool
    joined_at: int


class Listed(NamedTuple):
    """A circle in a list. ``listed`` is how many the viewer may see in it; None when that is not to be seen."""

    circle: Circle
    mine: bool
    listed: int | None


def circles(viewer: Viewer) -> list[Listed]:
    """Every circle the viewer may see: own ones first, then units, then the others, by name."""
    own = set(
        Membership.visible.to(viewer).filter(person_id=viewer.person_id).values_list("circle_id", flat=True)
    )
    numbers: dict[int, int] = {}
    for circle_id in Membership.visible.to(viewer).values_list("circle_id", flat=True):
        numbers[circle_id] = numbers.get(circle_id, 0) + 1
    found = [
        Listed(circle, circle.id in own, numbers.get(circle.id, 0) if sees_members(circle, viewer) else None)
        for circle in Circle.visible.to(viewer).order_by("name", "id")
    ]
    return sorted(found, key=lambda listed: (not listed.mine, not listed.circle.unit))


def sees_members(circle: Circle, viewer: Viewer) -> bool:
    """Whether the viewer may know who is in it: whoever holds it, and employees where it lists them."""
    if any(holding.principal == circle.principal_id for holding in viewer.holdings):
        return True
    return viewer.in_organisation and circle.sight == Circle.Sight.LISTED


def members(circle: Circle, viewer: Viewer) -> list[Member]:
    """Those in the circle whom the viewer may see, by name. Protected persons are never among them."""
    rows = {row.person_id: row for row in Membership.visible.to(viewer).filter(circle_id=circle.id)}
    seen = Person.visible.to(viewer).filter(id__in=rows).order_by("name", "id")
    return [
        Member(person, row.looks_after, row.without_history, row.joined_at)
        for person in seen
        for row in [rows[person.id]]
    ]


def around(circle: Circle, viewer: Viewer) -> Circle | None:
    """The circle it sits inside, when the viewer may see that one."""
    found: Circle | None = Circle.visible.to(viewer).filter(id=circle.parent_id).first()
    return found


def inside(circle: Circle, viewer: Viewer) -> list[Circle]:
    """The circles that sit in it, as far as the viewer may see them."""
    return list(Circle.visible.to(viewer).filter(parent_id=circle.id).order_by("name", "id"))


def in_care_of(person: Person) -> list[Circle]:
    """The circles into which the person may let others."""
    own = Membership.everything.filter(person=person, left_at=None, looks_after=True).values("circle_id")
    may = Q(id__in=own) | Q(unit=True) if person.steward else Q(id__in=own)
    return list(Circle.everything.filter(may).order_by("name", "id"))


def is_in(person: Person, circle: Circle) -> bool:
    """Whether the person is in the circle itself; being in one inside it does not count."""
    return Membership.everything.filter(person=person, circle=circle, left_at=None).exists()


def alone_in_care(person: Person, circle: Circle) -> bool:
    """Whether nobody would look after it any more when this person leaves."""
    caring = Membership.everything.filter(circle=circle, left_at=None, looks_after=True)
    others = Membership.everything.filter(circle=circle, left_at=None).exclude(person=person)
    return (
        caring.filter(person=person).exists()
        and others.exists()
        and not caring.exclude(person=person).exists()
    )


@transaction.atomic
def change_circle(
    circle: Circle, *, by: Person, name: str, purpose: str, sight: Circle.Sight, authority: str = ""
) -> None:
    """Rename and describe it, or let fewer know of it. More is refused: its members came in under less."""
    if not rules.may_change_circle(by, circle):
        raise PeopleRefused(_("That is for those who look after it. Ask one of them."))
    if not name.strip():
        raise PeopleRefused(_("Write a name for the circle."), "name")
    if sight > Circle.everything.get(id=circle.id).sight:
        raise PeopleRefused(
            _("It can be made known to fewer, not to more. Found a new circle for that."), "sight"
        )
    if not rules.may_be_seen_so(sight, circle.unit):
        raise PeopleRefused(_("A unit cannot be secret. Choose another answer."), "sight")
    Circle.everything.filter(id=circle.id).update(
        name=name.strip(),
        purpose=purpose.strip(),
        sight=sight,
        authority=authority.strip() if circle.unit else "",
    )
    # A circle's name stands in threads too, with words written behind the scenes.
    names_changed()
    record("changed circle", by=by.id, circle=circle.id)


@transaction.atomic
def set_looks_after(person: Person, circle: Circle, looks_after: bool, *, by: Person) -> None:
    """Someone in the circle looks after it from now on, or no longer."""
    if not rules.may_let_in(by, circle):
        raise PeopleRefused(_("That is for those who look after it. Ask one of them."))
    if not looks_after and alone_in_care(person, circle):
        raise PeopleRefused(_("Someone has to look after it. Choose another first."))
    rows = Membership.everything.filter(person=person, circle=circle, left_at=None)
    if rows.exclude(looks_after=looks_after).update(looks_after=looks_after):
        verb = "looks after circle" if looks_after else "stopped looking after circle"
        record(verb, by=by.id, person=person.id, circle=circle.id)
