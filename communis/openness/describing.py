"""What an audience is, for someone who may know it: its names, and its number where that tells nothing secret."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import how_many
from communis.people.models import Circle, Membership, Person
from communis.people.naming import circles_behind, circles_within, numbers, persons_behind


class CircleSeen(NamedTuple):
    """A circle as named to a viewer."""

    public_id: str
    name: str
    # How many read along; None where the viewer may not see every member.
    number: int | None
    # Whether those who join later can read what was said before.
    history: bool


class AudienceSeen(NamedTuple):
    """An audience in plain values. The viewer, who reads along, is not among ``persons``."""

    rung: int
    persons: tuple[str, ...] = ()
    # Persons besides who are in no list, and therefore not named (gate rule 22).
    unlisted: int = 0
    # Of the persons, named or not: how many can still sign in.
    reachable: int = 0
    circles: tuple[CircleSeen, ...] = ()
    # All employees; None at the other rungs.
    number: int | None = None

    @property
    def one_other(self) -> bool:
        """Whether it is the viewer and one more person (R27)."""
        return self.rung == Rung.DIRECT and len(self.persons) + self.unlisted == 1


def audience_seen(audience_id: int, viewer: Viewer, known: Collection[str] = ()) -> AudienceSeen:
    """The audience of a share that the viewer sees: its readers know whom they speak to (gate rule 21).

    ``known`` are public ids of persons whose names stand under words the viewer sees: those are named even
    when they are in no list.
    """
    audience = Audience.objects.get(id=audience_id)
    if audience.rung >= Rung.ORGANISATION:
        return _wide(Rung(audience.rung))
    named = audience.principals()
    others = [person for person in persons_behind(named) if person.id != viewer.person_id]
    listed = [person for person in others if not person.protected or person.public_id in known]
    return AudienceSeen(
        audience.rung,
        persons=tuple(person.name for person in listed),
        unlisted=len(others) - len(listed),
        reachable=sum(person.closed_at is None for person in others),
        circles=circles_seen(circles_behind(named), viewer),
    )


def choice_seen(choice: Choice, viewer: Viewer) -> AudienceSeen:
    """The audience that a choice would make, of what the viewer may list; picks the viewer may not are left out."""
    if choice.rung >= Rung.ORGANISATION:
        return _wide(choice.rung)
    if choice.rung == Rung.DIRECT:
        picked = Person.visible.to(viewer).filter(public_id__in=choice.persons).exclude(id=viewer.person_id)
        names = tuple(sorted(picked.values_list("name", flat=True)))
        return AudienceSeen(choice.rung, persons=names, reachable=len(names))
    circles = Circle.visible.to(viewer).filter(public_id__in=choice.circles).order_by("name", "id")
    return AudienceSeen(choice.rung, circles=circles_seen(list(circles), viewer))


def circles_seen(circles: Sequence[Circle], viewer: Viewer) -> tuple[CircleSeen, ...]:
    """Circles the viewer may know of, with their numbers only where she may look into them."""
    known = numbers(circles, viewer)
    return tuple(
        CircleSeen(circle.public_id, circle.name, known[circle.id], circle.history) for circle in circles
    )


def choosable_circles(viewer: Viewer, answered: int | None = None) -> list[Circle]:
    """The circles the viewer may name: all that are listed to her, or those within the audience answered."""
    listed = list(Circle.visible.to(viewer).order_by("name", "id"))
    if answered is None:
        return listed
    audience = Audience.objects.get(id=answered)
    if audience.rung >= Rung.ORGANISATION:
        return listed
    within = circles_within(audience.principals())
    return [circle for circle in listed if circle.id in within]


def choosable_persons(viewer: Viewer, answered: int | None = None) -> QuerySet[Person]:
    """The persons the viewer may write to: those listed to her, or those of them known to read what is answered.

    Never more than she may list anyhow: searching here must not tell who is in a circle (trust L58).
    """
    listed: QuerySet[Person] = Person.visible.to(viewer).exclude(id=viewer.person_id).order_by("name", "id")
    if answered is None:
        return listed
    audience = Audience.objects.get(id=answered)
    if audience.rung >= Rung.ORGANISATION:
        return listed
    named = audience.principals()
    circles = Circle.visible.to(viewer).filter(id__in=circles_within(named)).values("id")
    members = Membership.visible.to(viewer).filter(circle_id__in=circles).values("person_id")
    return listed.filter(id__in=members) | listed.filter(principal_id__in=named)


def choice_of(audience: Audience, viewer: Viewer) -> Choice:
    """The choice that would make this audience again, when one's words are put back into the form."""
    named = audience.principals()
    persons = [person for person in persons_behind(named) if person.id != viewer.person_id]
    circles = circles_behind(named)
    return Choice(
        Rung(audience.rung),
        persons=tuple(person.public_id for person in persons) if not circles else (),
        circles=tuple(circle.public_id for circle in circles),
    )


def _wide(rung: Rung) -> AudienceSeen:
    return AudienceSeen(rung, number=how_many() if rung == Rung.ORGANISATION else None)
