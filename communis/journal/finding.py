"""Finding what the journal says of one thing. For checking what is kept elsewhere, never for a page's list."""

from collections.abc import Iterable

from communis.journal.models import Entry


def entry_with(number: int | None, verb: str) -> Entry | None:
    """The entry of this number, if it has this verb."""
    return None if number is None else Entry.objects.filter(id=number, verb=verb).first()


def last_before(entry: int, verb: str) -> int:
    """The number of the last entry with this verb before another entry; 0 when there is none."""
    found = Entry.objects.filter(id__lt=entry, verb=verb).order_by("-id").values_list("id", flat=True).first()
    return found or 0


def stands_between(after: int, before: int, verb: str, **about: int) -> bool:
    """Whether there is an entry with this verb about this between two others. Looks at all that lie between."""
    named = {f"about__{name}": number for name, number in about.items()}
    return Entry.objects.filter(id__gt=after, id__lt=before, verb=verb, **named).exists()


def done_by(person: int, verb: str, among: Iterable[int]) -> bool:
    """Whether one of these entries says that the person did it."""
    return Entry.objects.filter(id__in=list(among), person_id=person, verb=verb).exists()
