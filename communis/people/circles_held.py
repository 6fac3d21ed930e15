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
