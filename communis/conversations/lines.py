"""One line by its address, as a viewer may see it."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.kinds import Kind
from communis.conversations.models import Contribution, Conversation, Line, Share
from communis.conversations.refusals import NotThere
from communis.looking.viewers import Viewer
from communis.openness.bylines import authorships_by
from communis.openness.open_to import open_to
from communis.people.models import Person


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


class LineOpen(NamedTuple):
    """A line that is open to a viewer, folded or not: its live share, and the contribution as she reads it."""

    share: Share
    seen: Seen


def line_open(line: int, viewer: Viewer) -> LineOpen:
    """The line with this number. Raises NotThere when it shows nothing, or nothing to the viewer."""
    share = Share.everything.filter(open_to(viewer), line_id=line, ended_at=None).first()
    seen = seen_contributions([share.contribution_id], viewer) if share is not None else []
    if share is None or not seen:
        raise NotThere
    return LineOpen(share, seen[0])


class LineStanding(NamedTuple):
    """A line that is open to a viewer: its contribution as she reads it, and the line's own audience."""

    seen: LineSeen
    audience: int


def lines_open(numbers: list[int], viewer: Viewer) -> dict[int, LineStanding]:
    """``{line's number: what stands on it}`` for those of the lines that are open to the viewer, folded or not."""
    live = Share.everything.filter(open_to(viewer), line_id__in=numbers, ended_at=None)
    rows = list(live.values_list("line_id", "contribution_id", "audience_id"))
    seen = {
        one.contribution: one for one in seen_contributions(sorted({said for _, said, _ in rows}), viewer)
    }
    conversations = Conversation.everything.filter(id__in=[one.conversation for one in seen.values()])
    public_ids = dict(conversations.values_list("id", "public_id"))
    return {
        line: LineStanding(LineSeen(seen[said], public_ids[seen[said].conversation]), audience)
        for line, said, audience in rows
        if said in seen
    }


def live_lines(viewer: Viewer) -> QuerySet[Share, int]:
    """Numbers of all lines that show something and are open to the viewer, for a subquery.

    Not folded: what stands beside a wider line is hers to see, though she reads the words on a narrower one.
    """
    return Share.everything.filter(open_to(viewer), ended_at=None).values_list("line_id", flat=True)


def lines_said(contribution: int) -> list[int]:
    """Numbers of the lines of a contribution that the caller has from the gate."""
    return list(Line.everything.filter(contribution_id=contribution).values_list("id", flat=True))


def contributions_on(contributions: Collection[int]) -> dict[int, int]:
    """``{line's number: contribution}`` for all lines of these contributions, which the caller has from the gate."""
    rows = Line.everything.filter(contribution_id__in=contributions)
    return dict(rows.values_list("id", "contribution_id"))


def own_lines(person: int) -> QuerySet[Line, int]:
    """Numbers of the lines with the person's own words, for a subquery about what is that person's own."""
    own = Contribution.everything.filter(authorship_id__in=authorships_by(person))
    return Line.everything.filter(contribution_id__in=own.values("id")).values_list("id", flat=True)


def own_line_among(numbers: list[int], *, by: Person) -> bool:
    """Whether one of these lines has the person's own words."""
    return own_lines(by.id).filter(id__in=numbers).exists()


def said_on(numbers: Iterable[int]) -> dict[int, int]:
    """``{line's number: its contribution}``; what of it is shown is asked of the gate."""
    return dict(Line.everything.filter(id__in=set(numbers)).values_list("id", "contribution_id"))


def conversations_with(seen: Sequence[Seen]) -> dict[int, str]:
    """``{conversation's number: its public id}`` of what the caller has from the gate."""
    found = Conversation.everything.filter(id__in={one.conversation for one in seen})
    return dict(found.values_list("id", "public_id"))


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
