"""Which plain mails a person wants."""

from communis.attention.models import PlainMail
from communis.people.models import Person


def want_letters(wanted: bool, *, by: Person) -> None:
    """Whether a plain mail tells of each direct letter."""
    PlainMail.objects.update_or_create(person=by, defaults={"letters": wanted})


def wants_letters(person_id: int) -> bool:
    """Whether the person wants a plain mail for each direct letter; yes until said otherwise."""
    return not PlainMail.objects.filter(person_id=person_id, letters=False).exists()
