"""Where mail to a person goes."""

from collections.abc import Sequence

from communis.people.accounts import Account
from communis.people.models import Person


def mail_address(person_id: int) -> str | None:
    """The address the person signs in with; None when sign-in is closed. Never shown or logged."""
    here = Person.everything.filter(id=person_id, closed_at=None).values("id")
    account = Account.objects.filter(person_id__in=here, is_active=True).order_by("id")
    return account.values_list("email", flat=True).first()


def persons_at(addresses: Sequence[str]) -> list[Person]:
    """Who signs in with these addresses, in the same order; those whose sign-in is closed are left out."""
    found: list[Person] = []
    for address in addresses:
        accounts = Account.objects.filter(email=address.lower(), is_active=True).values("person_id")
        found += Person.everything.filter(id__in=accounts, closed_at=None)
    return found
