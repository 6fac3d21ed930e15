"""What a person holds: the one place that says which principals, and since when (gate, section 2).

Computed once a request by one recursive query; nothing is stored, so leaving takes effect on the next request.
"""

from collections.abc import Iterable

from django.db import connection

from communis.looking.principals import ORGANISATION, PUBLIC
from communis.looking.viewers import PUBLIC_VIEWER, Holding, Viewer
from communis.people.models import Circle, Person

# Walks from each circle the person is in to the circles it sits inside. ``arrived`` is the latest of joining
# and of each nesting on the way; a circle founded with history gives sight from 0, others from ``arrived``.
# ``blind`` stays true once a steward let himself in or nested: then even a circle with history gives none.
_CIRCLES = """
WITH RECURSIVE way(circle_id, arrived, blind) AS (
    SELECT circle_id, joined_at, without_history FROM communis_membership
    WHERE person_id = %s AND left_at IS NULL
  UNION
    SELECT circle.parent_id,
           CASE WHEN way.arrived > circle.nested_at THEN way.arrived ELSE circle.nested_at END,
           (way.blind OR circle.nested_without_history)
    FROM way JOIN communis_circle circle ON circle.id = way.circle_id
    WHERE circle.parent_id IS NOT NULL
)
SELECT circle.principal_id, MIN(CASE WHEN circle.history AND NOT way.blind THEN 0 ELSE way.arrived END)
FROM way JOIN communis_circle circle ON circle.id = way.circle_id
GROUP BY circle.principal_id
ORDER BY circle.principal_id
"""


def viewer_for(person_id: int) -> Viewer:
    """The viewer a person is now. Someone whose sign-in is closed, or unknown, is the public."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT principal_id FROM communis_person WHERE id = %s AND closed_at IS NULL", [person_id]
        )
        own = cursor.fetchone()
    return _holding(person_id, own[0]) if own is not None else PUBLIC_VIEWER


def viewer_of(person: Person) -> Viewer:
    """The viewer that a person is, whose row was read just now."""
    return _holding(person.id, person.principal_id) if person.closed_at is None else PUBLIC_VIEWER


def _holding(person_id: int, principal_id: int) -> Viewer:
    with connection.cursor() as cursor:
        cursor.execute(_CIRCLES, [person_id])
        circles = [Holding(principal, since) for principal, since in cursor.fetchall()]
    standing = [Holding(PUBLIC, 0), Holding(ORGANISATION, 0), Holding(principal_id, 0)]
    return Viewer(person_id=person_id, holdings=(*standing, *circles))


# The same walk from the other end: everybody who holds a circle, and since when.
_MEMBERS = """
WITH RECURSIVE inside(circle_id, nested_at, blind) AS (
    SELECT id, CAST(0 AS BIGINT), FALSE FROM communis_circle WHERE principal_id = %s
  UNION
    SELECT circle.id,
           CASE WHEN inside.nested_at > circle.nested_at THEN inside.nested_at ELSE circle.nested_at END,
           (inside.blind OR circle.nested_without_history)
    FROM inside JOIN communis_circle circle ON circle.parent_id = inside.circle_id
)
SELECT membership.person_id, MIN(CASE WHEN target.history AND NOT inside.blind AND NOT membership.without_history
    THEN 0 WHEN membership.joined_at > inside.nested_at THEN membership.joined_at ELSE inside.nested_at END)
FROM inside
JOIN communis_membership membership ON membership.circle_id = inside.circle_id AND membership.left_at IS NULL
JOIN communis_person person ON person.id = membership.person_id AND person.closed_at IS NULL
JOIN communis_circle target ON target.principal_id = %s
GROUP BY membership.person_id
"""


def holders_of_circle(principal_id: int) -> dict[int, int]:
    """``{person id: since}`` of everybody who holds the circle with this principal."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [principal_id, principal_id])
        return dict(cursor.fetchall())


def everyone() -> set[int]:
    """Ids of all persons who hold the organisation now."""
    return set(Person.everything.filter(closed_at=None).values_list("id", flat=True))


def how_many() -> int:
    """How many persons hold the organisation now; the protected count in numbers (gate rule 22)."""
    return Person.everything.filter(closed_at=None).count()


def holders(principals: Iterable[int]) -> set[int]:
    """Ids of the persons who hold at least one of these principals (persons and circles) now."""
    named = list(principals)
    found = set(Person.everything.filter(principal_id__in=named, closed_at=None).values_list("id", flat=True))
    for principal in Circle.everything.filter(principal_id__in=named).values_list("principal_id", flat=True):
        found |= holders_of_circle(principal).keys()
    return found


def circles_among(principals: Iterable[int]) -> list[int]:
    """Those of the principals that are circles."""
    named = list(principals)
    return list(Circle.everything.filter(principal_id__in=named).values_list("principal_id", flat=True))


def sits_inside(circle_principal: int, principals: set[int]) -> bool:
    """Whether the circle lies in one of these, so that whoever joins it later holds that one too."""
    passed: set[int] = set()
    circle = Circle.everything.get(principal_id=circle_principal)
    while circle.parent_id is not None and circle.parent_id not in passed:
        passed.add(circle.parent_id)
        circle = Circle.everything.get(id=circle.parent_id)
        if circle.principal_id in principals:
            return True
    return False
