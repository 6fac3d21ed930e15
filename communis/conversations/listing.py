"""The newest conversations a viewer may see: flat from ten thousand to a million contributions.

``Activity`` holds one row for a principal and a conversation, so the cost follows what is shown, not what
is hidden (gate, section 2).
"""

from typing import NamedTuple

from django.db import connection

from communis.conversations.gate import Seen, seen_in
from communis.conversations.models import Conversation, Mark
from communis.looking.viewers import Viewer
from communis.openness.open_to import holdings_table


class Listed(NamedTuple):
    """A conversation in a list: its opening as the viewer sees it (None: a stub), and what is new in it."""

    conversation: int
    public_id: str
    last_at: int
    opening: Seen | None
    # Until when this viewer has seen it; None when never opened.
    seen_at: int | None

    @property
    def changed(self) -> bool:
        """Whether something was opened to the viewer since the conversation was last looked at."""
        return self.seen_at is None or self.last_at > self.seen_at


def conversations(viewer: Viewer, limit: int = 30) -> list[Listed]:
    """The conversations with the newest words that the viewer may see, newest first."""
    return listed(newest(viewer, limit), viewer)


def listed(found: list[tuple[int, int]], viewer: Viewer) -> list[Listed]:
    """Dress ``(conversation id, newest moment)`` pairs, which the caller has from the gate, for a list."""
    numbers = [number for number, _ in found]
    openings = {seen.conversation: seen for seen in seen_in(numbers, viewer, openings_only=True)}
    public_ids = dict(Conversation.everything.filter(id__in=numbers).values_list("id", "public_id"))
    marks: dict[int, int] = {}
    if viewer.person_id is not None:
        own = Mark.objects.filter(person_id=viewer.person_id, conversation_id__in=numbers)
        marks = dict(own.values_list("conversation_id", "seen_at"))
    return [
        Listed(number, public_ids[number], at, openings.get(number), marks.get(number))
        for number, at in found
    ]


def newest(viewer: Viewer, limit: int = 30) -> list[tuple[int, int]]:
    """``(conversation id, newest moment)`` of the conversations with the newest shares the viewer may see."""
    with connection.cursor() as cursor:
        cursor.execute(_newest_sql(), [viewer.as_json(), limit - 1, limit, limit])
        return [(number, at) for number, at in cursor.fetchall()]


def _newest_sql() -> str:
    # The floor counts conversations, not principals: something said to thirty circles at once is one of them.
    newest_rows = (
        "CROSS JOIN LATERAL (SELECT conversation_id, last_at FROM communis_activity"
        " WHERE principal_id = held.principal_id AND last_at >= GREATEST(held.since, floor.f)"
        " ORDER BY last_at DESC, conversation_id LIMIT %s) activity"
        if connection.vendor == "postgresql"
        else "JOIN communis_activity activity ON activity.rowid IN (SELECT rowid FROM communis_activity"
        " WHERE principal_id = held.principal_id AND last_at >= max(held.since, floor.f)"
        " ORDER BY last_at DESC, conversation_id LIMIT %s)"
    )
    return f"""
WITH held AS MATERIALIZED (
    SELECT holding.principal_id, holding.since,
        (SELECT MAX(last_at) FROM communis_activity a WHERE a.principal_id = holding.principal_id) AS newest,
        (SELECT conversation_id FROM communis_activity a WHERE a.principal_id = holding.principal_id
            ORDER BY last_at DESC, conversation_id LIMIT 1) AS conversation_id
    FROM {holdings_table("holding")}
),
floor AS MATERIALIZED (
    SELECT COALESCE((SELECT MAX(newest) FROM held WHERE newest >= since
        GROUP BY conversation_id ORDER BY 1 DESC LIMIT 1 OFFSET %s), 0) AS f
)
SELECT activity.conversation_id, MAX(activity.last_at) AS last_at
FROM floor CROSS JOIN held {newest_rows}
GROUP BY activity.conversation_id ORDER BY 2 DESC, 1 LIMIT %s
"""
