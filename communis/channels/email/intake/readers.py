"""Who would read a mail that waits: told to its sender, as the page would tell her (rulings, Mail)."""

from communis.channels.email.models import Arrived
from communis.conversations.lines import line_open
from communis.conversations.refusals import NotThere
from communis.looking.viewers import Viewer
from communis.openness.describing import audience_seen
from communis.openness.rungs import Rung
from communis.people.models import Circle


def readers_of(arrived: Arrived, viewer: Viewer) -> str:
    """In words; empty where it can no longer be said there."""
    if arrived.circle_id is not None:
        return ", ".join(circle.name for circle in Circle.visible.to(viewer).filter(id=arrived.circle_id))
    if arrived.line_id is None:
        return ""
    try:
        share = line_open(arrived.line_id, viewer).share
    except NotThere:
        return ""
    if share.rung >= Rung.ORGANISATION:
        return str(Rung(share.rung).label)
    seen = audience_seen(share.audience_id, viewer)
    return ", ".join([*(circle.name for circle in seen.circles), *seen.persons])
