"""What stewards look up and set about persons. They see no more words than anyone else."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from communis.journal.record import record
from communis.people import rules
from communis.people.accounts import Account
from communis.people.models import Circle, Membership, Person, Role
from communis.people.names import names_changed
from communis.people.refusals import PeopleRefused


class Looked(NamedTuple):
    """A person as a steward sees them: with the address, also when closed or protected."""

    person: Person
    email: str
    roles: list[Role]
    # Units the person is in, and units the person can be let into: stewards look after those.
    units: list[Circle]
    other_units: list[Circle]


def looked_up(public_id: str, *, by: Person) -> Looked | None:
    """The person with this id, for a steward; None when there is none, and for anybody else."""
    person = Person.everything.filter(public_id=public_id).first() if by.steward else None
    if person is None:
        return None
    email = Account.objects.values_list("email", flat=True).get(person=person)
    held = Role.objects.filter(person=person, held_to=None).order_by("id")
    inside = Membership.everything.filter(person=person, left_at=None).values("circle_id")
    units = Circle.everything.filter(unit=True).order_by("name", "id")
    return Looked(
        person, email, list(held), list(units.filter(id__in=inside)), list(units.exclude(id__in=inside))
    )


def with_address(email: str, *, by: Person) -> Person | None:
    """The person who signs in with exactly this address: the way to someone who is in no list."""
    if not by.steward:
        return None
    address = email.replace("\x00", "").strip().lower()
    found = Account.objects.filter(email=address).values("person_id")
    return Person.everything.filter(id__in=found).first()


def closed_persons(*, by: Person) -> list[Person]:
    """Whose sign-in is closed, the protected apart."""
    if not rules.may_close(by):
        return []
    return list(Person.everything.exclude(closed_at=None).filter(protected=False).order_by("name", "id"))


@transaction.atomic
def set_protected(person: Person, protected: bool, *, by: Person) -> None:
    """From the next request on the person is in no list, number or suggestion; or is again (D30)."""
    if not rules.may_protect(by):
        raise PeopleRefused(_("A steward sets that. Ask yours."))
    if Person.everything.filter(id=person.id).exclude(protected=protected).update(protected=protected):
        names_changed()
        record("protected" if protected else "ended protection", by=by.id, person=person.id)


def role_of(person: Person, number: str) -> Role | None:
    """The role with this number that the person holds now."""
    if not number.isdigit():
        return None
    return Role.objects.filter(person=person, id=int(number), held_to=None).first()
