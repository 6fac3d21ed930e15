"""Whether something is new for a viewer: one indexed query, which costs nothing when not."""

from django.db import connection

from communis.looking.viewers import Viewer
from communis.openness.open_to import holdings_table


def newest_in(public_id: str, viewer: Viewer) -> int | None:
    """The newest moment of what the viewer may see in the conversation; None when nothing, or not there.

    From ``Activity`` alone: each of its rows is made of what every holder of its principal may see.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT MAX(activity.last_at) FROM communis_conversation conversation"  # noqa: S608  constants
            f" JOIN communis_activity activity ON activity.conversation_id = conversation.id"
            f" JOIN {holdings_table('held')} ON held.principal_id = activity.principal_id"
            f" WHERE conversation.public_id = %s AND activity.last_at >= held.since",
            [viewer.as_json(), public_id],
        )
        newest: int | None = cursor.fetchone()[0]
    return newest


def newest_anywhere(viewer: Viewer) -> int | None:
    """The newest moment of all that the viewer may see; None when there is nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT MAX(top.newest) FROM (SELECT held.since,"  # noqa: S608  constants
            f" (SELECT MAX(last_at) FROM communis_activity activity"
            f" WHERE activity.principal_id = held.principal_id) AS newest"
            f" FROM {holdings_table('held')}) top WHERE top.newest >= top.since",
            [viewer.as_json()],
        )
        newest: int | None = cursor.fetchone()[0]
    return newest
