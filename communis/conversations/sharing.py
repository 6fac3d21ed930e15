"""Opening and ending shares. Used by the actions of this package, inside their transactions."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from communis.conversations import activity
from communis.conversations.models import Contribution, Line, Revision, Share
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.openness.audiences import Audience
from communis.openness.bylines import Byline


def open_line(
    contribution: Contribution, revision: Revision, audience: Audience, byline: Byline, opened_at: int
) -> Share:
    """Show a revision to an audience for the first time: a new line with its first share."""
    line = Line.everything.create(public_id=public_id(), contribution=contribution)
    return _open(line, contribution, revision, audience, byline.id, opened_at)


class ToShow(NamedTuple):
    """A contribution's revision under a byline, to be shown on a line of its own."""

    contribution: Contribution
    revision: Revision
    byline: int


def open_lines(shown: Sequence[ToShow], audience: Audience, opened_at: int) -> list[int]:
    """Show many that are shown elsewhere already to one more audience, in a few statements; returns the lines."""
    parents = {one.contribution.parent_id for one in shown if one.contribution.parent_id is not None}
    stands_in = dict(Contribution.everything.filter(id__in=parents).values_list("id", "conversation_id"))
    lines = [Line(public_id=public_id(), contribution=one.contribution) for one in shown]
    Line.everything.bulk_create(lines)
    Share.everything.bulk_create(
        Share(
            line=line,
            contribution=one.contribution,
            conversation_id=one.contribution.conversation_id,
            revision=one.revision,
            audience=audience,
            rung=audience.rung,
            byline_id=one.byline,
            opening=stands_in.get(one.contribution.parent_id or 0) != one.contribution.conversation_id,
            alone=False,
            opened_at=opened_at,
        )
        for line, one in zip(lines, shown, strict=True)
    )
    beside = Share.everything.filter(contribution_id__in=[one.contribution.id for one in shown])
    beside.filter(ended_at=None, alone=True).update(alone=False)
    for conversation in sorted({one.contribution.conversation_id for one in shown}):
        activity.note(conversation, audience, opened_at)
    return [line.id for line in lines]


def follow(share: Share, revision: Revision, at: int | None = None, *, byline: Byline | None = None) -> Share:
    """Let a line show another revision: its share ends and the next one opens, seen by the same readers.

    ``at``: where the moment must not be told, another one of the same day (here and in ``end``). ``byline``: another
    one than before.
    """
    _end(share, at)
    line = Line.everything.get(id=share.line_id)
    contribution = Contribution.everything.get(id=share.contribution_id)
    byline_id = share.byline_id if byline is None else byline.id
    return _open(line, contribution, revision, share.audience, byline_id, share.opened_at)


def end(share: Share, at: int | None = None) -> None:
    """End a line for good: gone from the next look."""
    _end(share, at)
    _mind_the_fold(share.contribution_id)
    activity.rebuild(share.conversation_id, share.audience)


def _open(
    line: Line,
    contribution: Contribution,
    revision: Revision,
    audience: Audience,
    byline_id: int,
    opened_at: int,
) -> Share:
    share = Share.everything.create(
        line=line,
        contribution=contribution,
        conversation_id=contribution.conversation_id,
        revision=revision,
        audience=audience,
        rung=audience.rung,
        byline_id=byline_id,
        opening=_opens(contribution),
        opened_at=opened_at,
    )
    _mind_the_fold(contribution.id)
    activity.note(contribution.conversation_id, audience, opened_at)
    return share


def _opens(contribution: Contribution) -> bool:
    """Whether its conversation begins with it: it answers nothing, or something in the place it moved from."""
    if contribution.parent_id is None:
        return True
    above = Contribution.everything.filter(id=contribution.parent_id)
    return above.values_list("conversation_id", flat=True).get() != contribution.conversation_id


def _end(share: Share, at: int | None) -> None:
    Share.everything.filter(id=share.id).update(ended_at=now() if at is None else at)


def _mind_the_fold(contribution_id: int) -> None:
    """Keep ``alone`` true: whether a contribution has exactly one live share."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE communis_share SET alone = (SELECT COUNT(*) = 1 FROM communis_share live"
            " WHERE live.contribution_id = %s AND live.ended_at IS NULL)"
            " WHERE contribution_id = %s AND ended_at IS NULL",
            [contribution_id, contribution_id],
        )
