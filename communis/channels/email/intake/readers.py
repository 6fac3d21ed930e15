"""Who would read a mail that waits: told to its sender, as the page would tell her (rulings, Mail)."""

from communis.channels.email.models import Arrived
from communis.channels.email.readers_named import readers_named
from communis.conversations.lines import line_open
from communis.conversations.refusals import NotThere
from communis.looking.viewers import Viewer
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
    return readers_named(share.audience_id, viewer)
