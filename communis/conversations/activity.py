"""Keeps ``Activity`` true: the newest live share of a conversation for each principal its audience names.

Every share that opens or ends passes here, so this is also where the rows' stamps are drawn anew.
"""

from collections.abc import Iterable

from django.db import connection

from communis.conversations.models import Activity, Conversation, Share
from communis.looking.principals import ORGANISATION, PUBLIC
from communis.looking.stamps import new_stamp
from communis.openness.audiences import Audience
from communis.openness.rungs import Rung

_UPSERT = """
INSERT INTO communis_activity (principal_id, conversation_id, last_at, stamp) VALUES (%s, %s, %s, %s)
ON CONFLICT (conversation_id, principal_id) DO UPDATE SET stamp = excluded.stamp, last_at =
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
            cursor.execute(_UPSERT, [principal, conversation_id, at, new_stamp()])


def touch(conversation_id: int, audience: Audience) -> None:
    """What is drawn for the audience has changed though nothing opened or ended: a sign, a headline, a byline."""
    for principal in principals_reached(audience):
        rows = Activity.everything.filter(conversation_id=conversation_id, principal_id=principal)
        rows.update(stamp=new_stamp())


def rebuild_all(conversation_id: int) -> None:
    """Work all the conversation's rows out again, after contributions moved into it or out of it."""
    live = Share.everything.filter(conversation_id=conversation_id, ended_at=None)
    for audience in Audience.objects.filter(id__in=live.values("audience_id")).order_by("id"):
        rebuild(conversation_id, audience)
    left = {principal for _, principal in expected_rows(live)}
    Activity.everything.filter(conversation_id=conversation_id).exclude(principal_id__in=left).delete()


def rebuild(conversation_id: int, audience: Audience) -> None:
    """Work the audience's rows out again from the live shares, after one that was shown to it ended.

    Those of others stay as they are, stamp and all: nothing has changed for who does not hold one of these.
    """
    reached = principals_reached(audience)
    Conversation.everything.select_for_update().get(id=conversation_id)
    expected = expected_rows(Share.everything.filter(conversation_id=conversation_id, ended_at=None))
    Activity.everything.filter(conversation_id=conversation_id, principal_id__in=reached).delete()
    Activity.everything.bulk_create(
        Activity(principal_id=principal, conversation_id=conversation_id, last_at=last_at)
        for (_, principal), last_at in sorted(expected.items())
        if principal in reached
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
