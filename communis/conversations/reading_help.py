"""Whether a person is told how hard the own words are to read. For oneself alone, and not journalled (R103)."""

from communis.conversations.models import ReadingHelp
from communis.people.models import Person


def want_reading_help(wanted: bool, *, by: Person) -> None:
    """Turn it on, or off for good."""
    ReadingHelp.objects.update_or_create(person=by, defaults={"wanted": wanted})


def wants_reading_help(*, by: Person) -> bool:
    """Whether the person wants it; yes until said otherwise."""
    return not ReadingHelp.objects.filter(person=by, wanted=False).exists()
