"""The circles a viewer holds."""

from collections.abc import Collection, Iterable, Mapping

from communis.looking.viewers import Viewer
from communis.people.models import Circle, Membership


def circles_held(viewer: Viewer, among: Iterable[int] | None = None) -> list[Circle]:
    """The circles the viewer holds, by name; ``among`` narrows to these ids."""
    held = Circle.visible.to(viewer).filter(
        principal_id__in=[one.principal for one in viewer.narrow_holdings()]
    )
    if among is not None:
        held = held.filter(id__in=list(among))
    return list(held.order_by("name", "id"))


def authorities_around(principals: Iterable[int]) -> set[str]:
    """The authorities and companies that the circles with these principals belong to, or those they sit inside (D5)."""
    found: set[str] = set()
    circles = list(Circle.everything.filter(principal_id__in=list(principals)))
    while circles:
        found |= {circle.authority for circle in circles} - {""}
        around = {circle.parent_id for circle in circles if circle.parent_id is not None}
        circles = list(Circle.everything.filter(id__in=around))
    return found


def authorities_listed(viewer: Viewer) -> dict[int, set[str]]:
    """``{circle's id: the authorities it and those it sits inside belong to}``, of circles listed to the viewer."""
    listed = {circle.id: circle for circle in Circle.visible.to(viewer)}
    parents = {number: circle.parent_id for number, circle in listed.items()}
    return {
        number: {listed[around].authority for around in _around(number, parents)} - {""} for number in listed
    }


def shared_with(units: Collection[int], circles: Collection[Circle], viewer: Viewer) -> set[int]:
    """Those of the circles, by id, in which the viewer sees somebody who is in one of the units (ids) too.

    What is said to a circle is read in those inside it. Asked of memberships that are listed to the viewer alone: of
    who is in a circle she may not look into, and of who stands in no list, it tells nothing (trust L58).
    """
    parents = dict(Circle.visible.to(viewer).values_list("id", "parent_id"))
    asked = {circle.id for circle in circles}
    inside = {number: found for number in parents if (found := asked & set(_around(number, parents)))}
    seen = Membership.visible.to(viewer)
    persons = seen.filter(circle_id__in=list(units)).values("person_id")
    rows = seen.filter(circle_id__in=list(inside), person_id__in=persons)
    with_some = rows.values_list("circle_id", flat=True).distinct()
    return {circle for number in with_some for circle in inside[number]}


def _around(number: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """The circle and those it sits inside, as far as they are listed."""
    found: list[int] = []
    while number is not None and number in parents and number not in found:
        found.append(number)
        number = parents[number]
    return found
