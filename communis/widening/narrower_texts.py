"""Texts by others that fewer people see: what a wider text may have words from (R64).

Only what the one who writes may read anyhow, so that nothing found tells of anything else.
"""

from collections.abc import Collection, Iterable

from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.listing import newest
from communis.conversations.models import Share
from communis.conversations.visible_text import plain
from communis.conversations.wider import open_already
from communis.looking.viewers import Viewer
from communis.openness.audiences import audience_of
from communis.openness.rungs import Rung

# Of so many conversations with the newest words, so many of the newest narrow texts: what one has in mind.
CONVERSATIONS, MOST = 30, 60


def read_lately(viewer: Viewer, rung: Rung) -> list[str]:
    """Visible texts that the viewer has lately been able to read, and those at ``rung``, a wide one, cannot."""
    conversations = [number for number, _ in newest(viewer, CONVERSATIONS)]
    rows = Share.visible.to(viewer).filter(conversation_id__in=conversations, rung__lt=rung)
    contributions = rows.order_by("-opened_at", "-id").values_list("contribution_id", flat=True)[:MOST]
    return _texts(seen_contributions(list(contributions), viewer), rung, viewer)


def answered_by(contributions: Iterable[int | None], rung: Rung, viewer: Viewer) -> list[str]:
    """Visible texts of what one's words answer, where it is not open to those at ``rung``."""
    answered = sorted({one for one in contributions if one is not None})
    narrow = [one for one in seen_contributions(answered, viewer) if one.rung < rung]
    return _texts(narrow, rung, viewer)


def _texts(seen: Collection[Seen], rung: Rung, viewer: Viewer) -> list[str]:
    others = [one for one in seen if not one.own]
    if not others or rung < Rung.ORGANISATION:
        return []
    # Words that those at the rung can read elsewhere are no secret.
    told = open_already([one.contribution for one in others], audience_of(rung), viewer)
    return [plain(one.html) for one in others if one.contribution not in told]
