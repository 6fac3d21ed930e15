"""Keeps ``Activity`` true: the newest live share of a conversation for each principal its audience names."""

from collections.abc import Iterable

from django.db import connection

from communis.conversations.models import Activity, Conversation, Share
from communis.looking.principals import ORGANISATION, PUBLIC
from communis.openness.audiences import Audience
from communis.openness.rungs import Rung

_UPSERT = """
INSERT INTO communis_activity (principal_id, conversation_id, last_at) VALUES (%s, %s, %s)
ON CONFLICT (conversation_id, principal_id) DO UPDATE SET last_at =
    CASE WHEN excluded.last_at > communis_activity.last_at THEN excluded.last_at ELSE communis_activity.last_at END
"""


def principals_reached(audience: Audience) -> list[int]:
    """The principals an audience is active for, ascending: writers in one order never deadlock."""
    if audience.rung == Rung.PUBLIC:
        return [PUBLIC]
    if audience.rung == Rung.ORGANISATION:
        return [ORGANISATION]
    return sorted(audience.principals())


def note(conversation_id: int, audience: Audience, at: int) -> None:
    """Something was opened to the audience at this moment."""
    with connection.cursor() as cursor:
        for principal in principals_reached(audience):
            cursor.execute(_UPSERT, [principal, conversation_id, at])


def rebuild(conversation_id: int) -> None:
    """Work the conversation's rows out again from its live shares, after one of them ended."""
    Conversation.everything.select_for_update().get(id=conversation_id)
    expected = expected_rows(Share.everything.filter(conversation_id=conversation_id, ended_at=None))
    Activity.everything.filter(conversation_id=conversation_id).delete()
    Activity.everything.bulk_create(
        Activity(principal_id=principal, conversation_id=conversation_id, last_at=last_at)
        for (_, principal), last_at in sorted(expected.items())
    )


def expected_rows(shares: Iterable[Share]) -> dict[tuple[int, int], int]:
    """``{(conversation, principal): newest}`` as the live shares say; ``reconcile`` compares with the table."""
    reached: dict[int, list[int]] = {}
    newest: dict[tuple[int, int], int] = {}
    for share in shares:
        if share.audience_id not in reached:
            reached[share.audience_id] = principals_reached(Audience.objects.get(id=share.audience_id))
        for principal in reached[share.audience_id]:
            key = (share.conversation_id, principal)
            newest[key] = max(newest.get(key, 0), share.opened_at)
    return newest
