"""One correction: the words before it and after it, for whoever sees the line (R63)."""

from typing import NamedTuple

from communis.conversations.differences import Piece, difference
from communis.conversations.hiding import is_hidden
from communis.conversations.lines import line_seen
from communis.conversations.models import Revision, Share
from communis.conversations.refusals import NotThere
from communis.looking.viewers import Viewer


class Correction(NamedTuple):
    """Both texts as safe HTML, and word by word what lies between them."""

    before: str
    after: str
    changes: list[Piece]


def correction(line: str, before: int, after: int, viewer: Viewer) -> Correction:
    """What changed from one share of the line to another (their numbers are in the journal's entry).

    Raises NotThere for a line the viewer cannot see, and where the words are hidden: what it showed earlier had the
    same readers (L31).
    """
    seen = line_seen(line, viewer).share
    shares = Share.everything.filter(
        line_id=seen.line_number, audience_id=seen.audience, id__in=[before, after]
    )
    revisions = dict(shares.values_list("id", "revision_id"))
    if before not in revisions or after not in revisions or is_hidden(seen):
        raise NotThere
    old = Revision.everything.get(id=revisions[before]).html
    new = Revision.everything.get(id=revisions[after]).html
    return Correction(old, new, difference(old, new))
