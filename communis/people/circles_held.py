"""The circles a viewer holds."""

from collections.abc import Iterable

from communis.looking.viewers import Viewer
from communis.people.models import Circle


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
