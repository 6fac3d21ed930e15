"""What of a conversation is open to a viewer, as one small value: equal values, the same contributions.

Each row of ``Activity`` stands for what one principal may see of a conversation, and its stamp is drawn anew
whenever a share that names the principal opens or ends. What a viewer sees follows from the rows she holds, and from
when on she holds them. Nothing that is hidden from her is in the value or moves it (gate, section 2, "Beyond").
"""

from typing import NamedTuple

from django.db import connection

from communis.looking.viewers import Viewer
from communis.openness.open_to import holdings_table


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
    with connection.cursor() as cursor:
        cursor.execute(_sql(), [viewer.as_json(), public_id])
        rows = cursor.fetchall()
    if not rows:
        return None
    conversation, names = rows[0][:2]
    return Sight(conversation, names, tuple(Opened(*row[2:]) for row in rows))


def _sql() -> str:
    return f"""
SELECT activity.conversation_id, (SELECT stamp FROM communis_names WHERE id = 1),
    activity.principal_id, held.since, activity.stamp
FROM communis_conversation conversation
JOIN communis_activity activity ON activity.conversation_id = conversation.id
JOIN {holdings_table("held")} ON held.principal_id = activity.principal_id AND held.since <= activity.last_at
WHERE conversation.public_id = %s
ORDER BY activity.principal_id
"""  # noqa: S608  constants
