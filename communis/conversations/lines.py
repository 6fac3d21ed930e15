"""One line by its address, as a viewer may see it."""

from typing import NamedTuple

from django.db import connection

from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.kinds import Kind
from communis.conversations.models import Contribution, Conversation, Line, Share
from communis.conversations.refusals import NotThere
from communis.looking.viewers import Viewer


class LineSeen(NamedTuple):
    """What a line shows a viewer, and where it stands."""

    share: Seen
    conversation_public_id: str


def line_seen(line: str, viewer: Viewer) -> LineSeen:
    """The line with this public id. Raises NotThere when it is hidden, ended or never was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT contribution.id, conversation.public_id FROM communis_line line"
            " JOIN communis_contribution contribution ON contribution.id = line.contribution_id"
            " JOIN communis_conversation conversation ON conversation.id = contribution.conversation_id"
            " WHERE line.public_id = %s",
            [line],
        )
        said = cursor.fetchone()
    seen = next(iter(seen_contributions([said[0]], viewer)), None) if said is not None else None
    # Of a contribution in several lines a viewer sees the narrowest; the others are not there.
    if seen is None or seen.line != line:
        raise NotThere
    return LineSeen(seen, said[1])


def share_to_act_on(line: str, viewer: Viewer) -> tuple[Share, Kind]:
    """The line's share and its kind, locked until the transaction's end. Raises NotThere as ``line_seen`` does."""
    numbers = Line.everything.filter(public_id=line).values("id")
    share: Share | None = Share.visible.to(viewer).filter(line_id__in=numbers).select_for_update().first()
    if share is None:
        raise NotThere
    kind = Contribution.everything.values_list("kind", flat=True).get(id=share.contribution_id)
    return share, Kind(kind)


def lines_seen(numbers: list[int], viewer: Viewer) -> dict[int, LineSeen]:
    """``{line's number: what it shows}`` for those of the lines that show the viewer anything."""
    wanted = Share.visible.to(viewer).filter(line_id__in=numbers)
    seen = [
        one
        for one in seen_contributions(sorted(set(wanted.values_list("contribution_id", flat=True))), viewer)
        if one.line_number in numbers
    ]
    conversations = Conversation.everything.filter(id__in=[one.conversation for one in seen])
    public_ids = dict(conversations.values_list("id", "public_id"))
    return {one.line_number: LineSeen(one, public_ids[one.conversation]) for one in seen}


def address_of(share: Share) -> tuple[str, str]:
    """``(conversation's public id, line's public id)`` of a share that an action just gave back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT public_id FROM communis_conversation WHERE id = %s),"
            " (SELECT public_id FROM communis_line WHERE id = %s)",
            [share.conversation_id, share.line_id],
        )
        conversation, line = cursor.fetchone()
    return conversation, line
