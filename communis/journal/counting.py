"""How many persons did a thing: numbers only, for figures that are guarded by whoever shows them."""

from django.db.models import Count
from django.db.models.fields.json import KT

from communis.journal.models import Entry


def persons_who(verb: str, word: str, *, before: int, unless: str) -> dict[str, int]:
    """``{value of the word: how many persons}`` for what was done under this verb before the moment.

    ``word`` and ``line`` are ids in what an entry is about; a line that an entry of the verb ``unless`` is about
    too does not count. A person counts once a value. Nobody known to have acted counts for nobody.
    """
    undone = Entry.objects.filter(verb=unless).values_list("about__line", flat=True)
    done = Entry.objects.filter(verb=verb, at__lt=before, person_id__isnull=False)
    counted = (
        done.exclude(about__line__in=list(undone))
        .annotate(value=KT(f"about__{word}"))
        .values("value")
        .annotate(persons=Count("person_id", distinct=True))
    )
    return {
        str(value): number for value, number in counted.values_list("value", "persons") if value is not None
    }
