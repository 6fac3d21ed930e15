"""The earlier versions of a line: what the line itself has shown, and nothing it never showed (trust L31)."""

from typing import NamedTuple

from communis.conversations.differences import Piece, difference
from communis.conversations.hiding import is_hidden
from communis.conversations.lines import line_seen
from communis.conversations.models import Revision, Share
from communis.looking.viewers import Viewer


class Version(NamedTuple):
    """One version of the text, newest first in a history; ``changes`` are from the version before it."""

    html: str
    written_at: int
    correction: bool
    changes: list[Piece] | None


def versions(line: str, viewer: Viewer) -> list[Version]:
    """The versions the line has shown, newest first. Raises NotThere for a line the viewer cannot see."""
    seen = line_seen(line, viewer).share
    # An edit keeps the readers: every earlier share of the line was open to whoever sees the one now.
    shares = Share.everything.filter(line_id=seen.line_number, audience_id=seen.audience).order_by("id")
    numbers = list(shares.values_list("revision_id", flat=True))
    if is_hidden(seen):
        # What stood there before is hidden too.
        numbers = numbers[-1:]
    revisions = Revision.everything.in_bulk(numbers)
    found: list[Version] = []
    before: str | None = None
    for number in numbers:
        revision = revisions[number]
        changes = difference(before, revision.html) if before is not None else None
        found.append(Version(revision.html, revision.written_at, revision.correction, changes))
        before = revision.html
    return found[::-1]
