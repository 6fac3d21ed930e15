"""Mandates: what a person may answer for, and on whose behalf (R54, D42)."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from communis.answers import rules
from communis.answers.models import CoHost, Mandate
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people.models import Circle, Person

LONGEST = 200


class Held(NamedTuple):
    """A mandate as it is shown: who holds it, for what, for which unit, and who answers along."""

    mandate: Mandate
    person: Person
    unit: Circle | None
    hosts: list[Person]


@transaction.atomic
def give_mandate(
    person: Person, subject: str, *, by: Person, unit: Circle | None = None, hosts: Collection[Person] = ()
) -> Mandate:
    """Write down what a person may answer for. Raises Refused for anyone but a steward, or without a subject."""
    if not rules.may_hold_mandates(by):
        raise Refused(_("A steward writes down mandates."))
    subject = " ".join(subject.split())
    if not subject or len(subject) > LONGEST:
        raise Refused(_("Say in at most 200 characters what the mandate is about."), "subject")
    if unit is not None and not unit.unit:
        raise Refused(_("Choose a unit, or the whole organisation."), "unit")
    mandate = Mandate.everything.create(public_id=public_id(), person=person, subject=subject, unit=unit)
    others = sorted({host.id for host in hosts} - {person.id})
    CoHost.objects.bulk_create(CoHost(mandate=mandate, person_id=host) for host in others)
    record("gave mandate", by=by.id, mandate=mandate.id, person=person.id)
    return mandate


@transaction.atomic
def end_mandate(mandate: str, *, by: Person) -> None:
    """It holds no longer; what was answered within it stands. Raises NotThere; Refused for all but stewards."""
    if not rules.may_hold_mandates(by):
        raise Refused(_("A steward writes down mandates."))
    found = Mandate.everything.select_for_update().filter(public_id=mandate).first()
    if found is None:
        raise NotThere
    if rules.is_held(found, now()):
        Mandate.everything.filter(id=found.id).update(held_to=now())
        record("ended mandate", by=by.id, mandate=found.id, person=found.person_id)


def mandates_now(viewer: Viewer, persons: Iterable[int] | None = None) -> list[Held]:
    """The mandates held now that the viewer may see, by subject; of these persons, or of all."""
    rows = Mandate.visible.to(viewer).filter(Q(held_to=None) | Q(held_to__gt=now()), held_from__lte=now())
    if persons is not None:
        rows = rows.filter(person_id__in=list(persons))
    return _shown(list(rows.order_by("subject", "id")), viewer)


def holds_any(person: Person) -> bool:
    """Whether the person may answer for anything now, alone or along with another."""
    held = Mandate.everything.filter(Q(held_to=None) | Q(held_to__gt=now()), held_from__lte=now())
    along = CoHost.objects.filter(person=person).values("mandate_id")
    return held.filter(Q(person=person) | Q(id__in=along)).exists()


def _shown(mandates: list[Mandate], viewer: Viewer) -> list[Held]:
    hosting: dict[int, list[int]] = {}
    for row in CoHost.objects.filter(mandate_id__in=[one.id for one in mandates]).order_by("id"):
        hosting.setdefault(row.mandate_id, []).append(row.person_id)
    wanted = {one.person_id for one in mandates} | {host for hosts in hosting.values() for host in hosts}
    persons = {one.id: one for one in Person.visible.to(viewer).filter(id__in=wanted)}
    units = {
        one.id: one for one in Circle.visible.to(viewer).filter(id__in=[one.unit_id for one in mandates])
    }
    return [
        Held(
            one,
            persons[one.person_id],
            units.get(one.unit_id or 0),
            [persons[host] for host in hosting.get(one.id, []) if host in persons],
        )
        for one in mandates
        if one.person_id in persons
    ]
