"""Whom an ask and its answer concern: persons as plain ids, for telling and never for showing."""

from communis.answers.absences import stands_in
from communis.answers.models import Ask, CoHost
from communis.people.naming import person_with


def receivers_of(ask: int) -> set[int]:
    """Who is to answer, who answers along within the mandate, and who stands in today."""
    found = Ask.everything.filter(id=ask).first()
    if found is None:
        return set()
    along = CoHost.objects.filter(mandate_id=found.mandate_id).values_list("person_id", flat=True)
    instead = {found.stand_in_id} if found.stand_in_id and _stands_in(found) else set()
    return {found.person_id, *along, *instead}


def _stands_in(ask: Ask) -> bool:
    return stands_in(ask, person_with(ask.stand_in_id or 0))


def asker_of(ask: int) -> set[int]:
    """Who asked."""
    return set(Ask.everything.filter(id=ask).values_list("asker_id", flat=True))


def line_of(ask: int) -> int:
    """The number of the line it was asked on."""
    return Ask.everything.values_list("line_id", flat=True).get(id=ask)


def still_waits(ask: int) -> bool:
    """Whether it is neither answered nor taken back."""
    return Ask.everything.filter(id=ask, state=Ask.State.WAITING).exists()
