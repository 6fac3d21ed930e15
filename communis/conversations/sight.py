"""What of a conversation is open to a viewer, as one small value: equal values, the same contributions.

Each row of ``Activity`` stands for what one principal may see of a conversation, and its stamp is drawn anew
whenever a share that names the principal opens or ends. What a viewer sees follows from the rows she holds, and from
when on she holds them. Nothing that is hidden from her is in the value or moves it (gate, section 2, "Beyond").
"""

from typing import NamedTuple

from django.db import connection

from communis.conversations.gate import places_for
from communis.looking.viewers import Viewer


class Opened(NamedTuple):
    """A principal that sees something here, since when the viewer holds it, and the stamp of what it sees."""

    principal: int
    since: int
    stamp: int


class Sight(NamedTuple):
    """Everything that decides which contributions a viewer sees here, in which words and under which names."""

    conversation: int
    # None before any name has changed.
    names: int | None
    opened: tuple[Opened, ...]


def sight_of(public_id: str, viewer: Viewer) -> Sight | None:
    """The viewer's sight of the conversation; None when it is hidden or not there.

    Take the sight first and read rows afterwards: what changes in between then draws a stamp that nobody has yet.
    """
    held = dict(viewer.holdings)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT activity.conversation_id, (SELECT stamp FROM communis_names WHERE id = 1),"  # noqa: S608  places
            " activity.principal_id, activity.last_at, activity.stamp"
            " FROM communis_conversation conversation"
            " JOIN communis_activity activity ON activity.conversation_id = conversation.id"
            f" WHERE conversation.public_id = %s AND activity.principal_id IN ({places_for(held)})"
            " ORDER BY activity.principal_id",
            [public_id, *held],
        )
        rows = cursor.fetchall()
    # What was said before she held the principal is not for her, and does not count here either.
    opened = tuple(
        Opened(principal, held[principal], stamp)
        for _, _, principal, last_at, stamp in rows
        if last_at >= held[principal]
    )
    return Sight(rows[0][0], rows[0][1], opened) if opened else None
