"""Whether the installation has people yet."""

from communis.people.accounts import Account
from communis.people.models import Person


def anyone_here() -> bool:
    """False on an empty installation: the first steward, or the demonstration, is still to be made."""
    return Person.everything.exists()


def alone(person: Person) -> bool:
    """Whether nobody but this person has come here, or been let in, yet."""
    return not Person.everything.exclude(id=person.id).exists()


def steward_for_commands(email: str = "") -> Person | None:
    """The steward a command acts as: the one with this address, or the first when none is given."""
    stewards = Person.everything.filter(steward=True, closed_at=None).order_by("id")
    if email:
        named = Account.objects.filter(email__iexact=email).values("person_id")
        stewards = stewards.filter(id__in=named)
    return stewards.first()


def stewards_here() -> set[int]:
    """Ids of the stewards who can sign in."""
    stewards = Person.everything.filter(steward=True, closed_at=None)
    return set(stewards.values_list("id", flat=True))
