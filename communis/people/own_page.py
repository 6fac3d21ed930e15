"""What a person puts on their own page."""

from django.db import transaction
from django.utils.translation import gettext as _

from communis.journal.record import record
from communis.people.models import Person
from communis.people.names import names_changed
from communis.people.refusals import PeopleRefused


@transaction.atomic
def describe_oneself(name: str, about: str, *, by: Person) -> None:
    """The name others see, from the next look on, under what was written before too; and some words."""
    if not name.strip():
        raise PeopleRefused(_("Write the name others are to see."), "name")
    Person.everything.filter(id=by.id).update(name=name.strip(), about=about.strip())
    names_changed()
    record("changed own page", by=by.id)


def choose_language(language: str, *, by: Person) -> None:
    """The language of pages and mails to this person. A setting, so nothing is journalled."""
    Person.everything.filter(id=by.id).update(language=language)


def choose_adviser(offered: bool, *, by: Person) -> None:
    """Whether the person is offered the adviser. A setting, so nothing is journalled."""
    Person.everything.filter(id=by.id).update(adviser=offered)
    by.adviser = offered
