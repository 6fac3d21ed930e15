"""The persons and circles behind the principals of an audience, for those who may know that audience."""

from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from communis.looking.viewers import Viewer
from communis.people.models import Circle, Person


def persons_behind(principals: Iterable[int]) -> list[Person]:
    """The persons among these principals, by name. The caller answers for who gets to see them."""
    return list(Person.everything.filter(principal_id__in=list(principals)).order_by("name", "id"))


def circles_behind(principals: Iterable[int]) -> list[Circle]:
    """The circles among these principals, by name. The caller answers for who gets to see them."""
    return list(Circle.everything.filter(principal_id__in=list(principals)).order_by("name", "id"))


def person_with(person_id: int) -> Person:
    """The person with this number. The caller answers for having seen the person's name."""
    return Person.everything.get(id=person_id)


def person_at(public_id: str) -> Person | None:
    """The person with this public id. The caller answers for that it was seen by who gave it."""
    found: Person | None = Person.everything.filter(public_id=public_id).first()
    return found


def name_to_show(person_id: int) -> str:
    """The person's name; empty for one who is in no list (D30). The caller answers for who gets to see it."""
    shown = Person.everything.filter(id=person_id, protected=False).values_list("name", flat=True)
    return shown.first() or ""


def circle_with(circle_id: int) -> Circle:
    """The circle with this number. The caller answers for who gets to see it."""
    return Circle.everything.get(id=circle_id)


def circle_at(public_id: str) -> Circle | None:
    """The circle with this public id. The caller answers for that it was seen by who gave it."""
    found: Circle | None = Circle.everything.filter(public_id=public_id).first()
    return found


def names_of(person_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """``{person id: (public id, name)}``. The caller answers for who gets to see them."""
    rows = Person.everything.filter(id__in=list(person_ids))
    return {
        number: (public_id, name) for number, public_id, name in rows.values_list("id", "public_id", "name")
    }


def persons_named(person_ids: Iterable[int], viewer: Viewer) -> list[str]:
    """The names of those of the persons whom the viewer may list, or who are the viewer."""
    seen = Person.visible.to(viewer).filter(id__in=list(person_ids)).order_by("name", "id")
    return list(seen.values_list("name", flat=True))


def circles_within(principals: Iterable[int]) -> set[int]:
    """Ids of the circles among these principals, and of all circles inside them."""
    named = set(principals)
    rows = list(Circle.everything.values_list("id", "principal_id", "parent_id"))
    return _inside({number for number, principal, _ in rows if principal in named}, _children(rows))


def numbers(circles: Collection[Circle], viewer: Viewer) -> dict[int, int | None]:
    """``{circle id: how many hold it}`` where the viewer may look into it and every circle inside it, else None.

    What is said to a circle is read in the circles inside it too; a secret one would be counted out by the
    difference.
    """
    if not circles:
        return {}
    held = {holding.principal for holding in viewer.narrow_holdings()}
    rows = list(Circle.everything.values_list("id", "principal_id", "parent_id", "sight"))
    in_sight = {
        number
        for number, principal, _, sight in rows
        if principal in held or (viewer.in_organisation and sight == Circle.Sight.LISTED)
    }
    children = _children([row[:3] for row in rows])
    countable = [circle.id for circle in circles if _inside({circle.id}, children) <= in_sight]
    counted = _count(countable)
    return {circle.id: counted.get(circle.id, 0) if circle.id in countable else None for circle in circles}


def _children(rows: Sequence[tuple[int, int, int | None]]) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for number, _, parent in rows:
        if parent is not None:
            children.setdefault(parent, []).append(number)
    return children


def _inside(roots: set[int], children: dict[int, list[int]]) -> set[int]:
    """These circles and all below them."""
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(children.get(here, []))
    return found


_COUNTED = """
WITH RECURSIVE inside(root, circle_id) AS (
    SELECT id, id FROM communis_circle WHERE id IN ({places})
  UNION
    SELECT inside.root, circle.id FROM inside JOIN communis_circle circle ON circle.parent_id = inside.circle_id
)
SELECT inside.root, COUNT(DISTINCT membership.person_id)
FROM inside
JOIN communis_membership membership ON membership.circle_id = inside.circle_id AND membership.left_at IS NULL
JOIN communis_person person ON person.id = membership.person_id AND person.closed_at IS NULL
GROUP BY inside.root
"""


def _count(circles: list[int]) -> dict[int, int]:
    """``{circle id: how many persons are in it or in a circle inside it}``; the protected count (gate rule 22)."""
    if not circles:
        return {}
    places = ", ".join(["%s"] * len(circles))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(places=places), circles)
        return dict(cursor.fetchall())
