"""Who may do what with persons and circles. Pure functions; actions and templates ask the same."""

from communis.people.models import Circle, Membership, Person


def may_found_circle(person: Person) -> bool:
    """Anyone who can sign in may start a circle, with nobody's approval (R35)."""
    return person.closed_at is None


def may_found_unit(person: Person) -> bool:
    """Units mirror the organisation: a steward sets them up."""
    return person.steward


def may_be_seen_so(sight: Circle.Sight, unit: bool) -> bool:
    """A unit is never secret: those who are to let people in have to find it."""
    return not (unit and sight == Circle.Sight.SECRET)


def looks_after(person: Person, circle: Circle) -> bool:
    """Whether the person looks after the circle: lets others in and out."""
    own = Membership.everything.filter(person=person, circle=circle, left_at=None, looks_after=True)
    return own.exists()


def may_let_in(person: Person, circle: Circle) -> bool:
    """Those who look after it; for a unit also the steward."""
    return looks_after(person, circle) or (person.steward and circle.unit)


def may_change_circle(person: Person, circle: Circle) -> bool:
    """Rename, narrow its sight, turn its history off, nest it."""
    return may_let_in(person, circle)


def may_invite(person: Person) -> bool:
    """A steward invites people to the installation."""
    return person.steward


def may_close(person: Person) -> bool:
    """A steward closes and opens sign-ins."""
    return person.steward


def may_protect(person: Person) -> bool:
    """A steward says whose identity is protected, when told by the person."""
    return person.steward
