"""Accounts for those who sign people in: the web, and nobody else."""

from communis.people.accounts import Account
from communis.people.models import Person


def account_of(person: Person) -> Account:
    """The account that signs in as the person."""
    return Account.objects.get(person=person)


def language_of(account: Account) -> str:
    """The language its person reads in."""
    return str(Person.everything.values_list("language", flat=True).get(id=account.person_id))
