"""When someone who answers is away, and who answers meanwhile (R72).

A stand-in answers only what both read and what its asker was told of before sending: an ask never widens (rulings.md).
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from communis.answers.mandates import holds_any, mandates_now
from communis.answers.models import Absence, Ask
from communis.answers.promises import today
from communis.conversations.refusals import Refused
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people.models import Person

LONGEST = datetime.timedelta(days=366)


def who_can_stand_in(viewer: Viewer, *, by: Person) -> list[Person]:
    """Those with a mandate of their own, and those who answer along with someone; by name."""
    held = mandates_now(viewer)
    found = {one.person.id: one.person for one in held}
    found |= {host.id: host for one in held for host in one.hosts}
    return sorted((one for one in found.values() if one.id != by.id), key=lambda one: (one.name, one.id))


@transaction.atomic
def say_away(
    first: datetime.date | None,
    last: datetime.date | None,
    stand_in: str,
    viewer: Viewer,
    *,
    by: Person,
) -> None:
    """Be away from one day until another, both among them; in place of what was said before.

    ``stand_in`` is a public id, empty for nobody. Raises Refused.
    """
    if first is None:
        raise Refused(_("Say from which day you are away."), "away_from")
    if last is None or last < max(first, today()):
        raise Refused(_("Say until which day you are away: one that is still to come."), "away_until")
    if last - first > LONGEST:
        raise Refused(_("A year at most. After that someone else should hold the mandate."), "away_until")
    chosen = [one for one in who_can_stand_in(viewer, by=by) if one.public_id == stand_in]
    if stand_in and not chosen:
        raise Refused(_("Choose someone in the list: it takes a mandate to answer."), "stand_in")
    said = {"first": first, "last": last, "stand_in_id": chosen[0].id if chosen else None}
    Absence.objects.update_or_create(person=by, defaults=said)
    record("said away", by=by.id, person=by.id)


@transaction.atomic
def say_back(*, by: Person) -> None:
    """Not be away, or no longer. Whoever stood in does so no more."""
    if Absence.objects.filter(person=by).delete()[0]:
        record("said back", by=by.id, person=by.id)


def absence_of(person: Person) -> Absence | None:
    """What the person has said, for that person alone; None when the days are past."""
    return Absence.objects.filter(person=person, last__gte=today()).first()


def away_now(persons: Iterable[int]) -> dict[int, Absence]:
    """``{person: absence}`` of those away today. The caller shows it to those alone who may list the person."""
    rows = _today().filter(person_id__in=list(persons))
    return {one.person_id: one for one in rows}


def instead(person: Person) -> Q:
    """The asks that the person can answer in place of someone who is away today."""
    if not holds_any(person):
        return Q(pk__in=())
    return Q(stand_in=person, person_id__in=_today().filter(stand_in=person).values("person_id"))


def stands_in(ask: Ask, person: Person) -> bool:
    """Whether the person can answer it in place of who was asked, as its asker was told."""
    return Ask.everything.filter(instead(person), id=ask.id).exists()


def _today() -> QuerySet[Absence]:
    day = today()
    return Absence.objects.filter(first__lte=day, last__gte=day)
