"""The newest openings a viewer may see."""

from communis.conversations.lines import LineSeen, lines_seen
from communis.conversations.models import Share
from communis.looking.viewers import Viewer


def newest_openings(viewer: Viewer, most: int) -> list[LineSeen]:
    """Openings by when they were opened, newest first; answers move nothing."""
    rows = Share.visible.to(viewer).filter(opening=True).order_by("-opened_at", "-id")
    numbers = list(rows.values_list("line_id", flat=True)[:most])
    seen = lines_seen(numbers, viewer)
    return [seen[number] for number in numbers if number in seen]
