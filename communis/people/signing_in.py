"""Accounts for those who sign people in: the web, and nobody else."""

from django.contrib.auth.backends import ModelBackend
from django.db import connection

from communis.people.accounts import Account
from communis.people.models import Person


class Backend(ModelBackend):
    """Reads an account together with its person, in one statement: this is done on every signed-in request."""

    def get_user(self, user_id: int) -> Account | None:
        """The account, with its person on it; None when sign-in with it is closed."""
        with connection.cursor() as cursor:
            cursor.execute(_SQL, [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        account = Account.from_db(connection.alias, _ACCOUNT, row[: len(_ACCOUNT)])
        account.signed_in = Person.from_db(connection.alias, _PERSON, row[len(_ACCOUNT) :])
        return account if self.user_can_authenticate(account) else None


_ACCOUNT = [field.attname for field in Account._meta.concrete_fields]
_PERSON = [field.attname for field in Person._meta.concrete_fields]
_COLUMNS = [f"account.{name}" for name in _ACCOUNT] + [f"person.{name}" for name in _PERSON]
_SQL = (
    f"SELECT {', '.join(_COLUMNS)} FROM communis_account account"  # noqa: S608  names of columns
    " JOIN communis_person person ON person.id = account.person_id WHERE account.id = %s"
)


def account_of(person: Person) -> Account:
    """The account that signs in as the person."""
    return Account.objects.get(person=person)


def language_of(account: Account) -> str:
    """The language its person reads in."""
    return str(Person.everything.values_list("language", flat=True).get(id=account.person_id))
