"""Texts by others that fewer people see: what a wider text may have words from (R64).

Only what the one who writes may read anyhow, so that nothing found tells of anything else.
"""

from communis.conversations.gate import seen_contributions
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
    contributions = list(rows.order_by("-opened_at", "-id").values_list("contribution_id", flat=True)[:MOST])
    if not contributions:
        return []
    others = [seen for seen in seen_contributions(contributions, viewer) if not seen.own]
    # Words that those at the rung can read elsewhere are no secret.
    told = open_already([one.contribution for one in others], audience_of(rung), viewer)
    return [plain(one.html) for one in others if one.contribution not in told]
