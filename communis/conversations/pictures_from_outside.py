"""Pictures of what was brought in: links to where they lie, until somebody chooses to have them here.

The words stay as they were said elsewhere, so a picture that comes makes no new version of them and tells nobody of
a correction: in the shown text the picture stands where the link to it stood. The text as it came
(``Revision.source``) is never touched.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max

from communis.conversations import activity
from communis.conversations.anchoring import keep_anchors
from communis.conversations.html_pieces import ATTRIBUTE, pieces
from communis.conversations.models import File, Line, Revision, Share
from communis.conversations.safe_html import OutsidePicture, outside_pictures, own_picture
from communis.conversations.words import Attachment
from communis.journal.record import record
from communis.openness.rungs import Rung
from communis.people.models import Person

# Of a post as it came; longer ones are not kept whole.
LONGEST = 2_000_000
LONGEST_ALTERNATIVE = 500

_PICTURE_FILE = re.compile(r"(?i)\.(jpe?g|png|gif|webp|avif)$")
_OWN_PICTURE_BEFORE = re.compile(r'<img data-file="\d+" alt="([^"]*)">\s*$')
_LONGEST_MARKER = 5_000


class LinkedPicture(NamedTuple):
    """A picture that a contribution shows as a link. ``address``: where it lies, the large one where there are two."""

    contribution: int
    address: str
    words: str


class _Link(NamedTuple):
    """The link in the safe HTML that stands for a picture, and the places it stands between."""

    start: int
    end: int
    picture: LinkedPicture
    # It leads to something else than the picture, and so stays beside it.
    leads_elsewhere: bool


def still_links(contributions: Sequence[int], base: str | None) -> Iterator[LinkedPicture]:
    """The pictures that these show everyone as links; each once in a contribution.

    ``base`` is the address that the blog's relative addresses begin at.
    """
    for share, revision in _shown(contributions):
        links = _links(revision, share.contribution_id, base)
        yield from dict.fromkeys(link.picture for link in links)


def pictures_here(contributions: Sequence[int]) -> int:
    """How many of their pictures have come already."""
    shown = [revision.id for _share, revision in _shown(contributions)]
    return sum(
        File.everything.filter(revision_id__in=shown[start : start + 500]).count()
        for start in range(0, len(shown), 500)
    )


def addresses_of(contributions: Sequence[int]) -> dict[int, str]:
    """``{contribution: the public id of its line}`` of those that are still open to everyone."""
    found: dict[int, str] = {}
    for start in range(0, len(contributions), 300):
        live = Share.everything.filter(
            contribution_id__in=contributions[start : start + 300], rung=Rung.PUBLIC, ended_at=None
        )
        lines = Line.everything.filter(id__in=live.values("line_id"))
        found |= dict(lines.values_list("contribution_id", "public_id"))
    return found


@transaction.atomic
def show_picture(picture: LinkedPicture, file: Attachment, *, by: Person, base: str | None) -> bool:
    """Let the contribution show the picture in place of the links to it; False when there is none any more."""
    live = Share.everything.select_for_update().filter(
        contribution_id=picture.contribution, rung=Rung.PUBLIC, ended_at=None
    )
    done = False
    for share in live:
        revision = Revision.everything.select_for_update().get(id=share.revision_id)
        if not revision.markdown and _put_in(revision, picture, file, base):
            done = True
            activity.touch(share.conversation_id, share.audience)
            record("picture fetched", by=by.id, line=share.line_id, conversation=share.conversation_id)
    return done


def _put_in(revision: Revision, picture: LinkedPicture, file: Attachment, base: str | None) -> bool:
    links = [link for link in _links(revision, picture.contribution, base) if link.picture == picture]
    if not links:
        return False
    carried = File.everything.filter(revision=revision)
    number = (carried.aggregate(newest=Max("number"))["newest"] or 0) + 1
    marker = own_picture(number, picture.words)
    html = _with_pictures(revision.html, links, marker, keep_links=False)
    if not keep_anchors(revision, html):
        # Somebody has answered the very words of the link: they stay, beside the picture.
        html = _with_pictures(revision.html, links, marker, keep_links=True)
        keep_anchors(revision, html)
    File.everything.create(
        revision=revision,
        number=number,
        name=file.name,
        media_type=file.media_type,
        alternative=picture.words[:LONGEST_ALTERNATIVE],
        width=file.width,
        height=file.height,
        stored_as=file.stored_as,
        small_stored_as=file.small_stored_as,
    )
    Revision.everything.filter(id=revision.id).update(html=html)
    return True


def _with_pictures(html: str, links: Sequence[_Link], marker: str, *, keep_links: bool) -> str:
    for link in reversed(links):
        kept = html[link.start : link.end] if keep_links or link.leads_elsewhere else ""
        html = html[: link.start] + marker + kept + html[link.end :]
    return html


def _shown(contributions: Sequence[int]) -> Iterator[tuple[Share, Revision]]:
    """What of these is shown to everyone, as it was brought in; a few hundred at a time."""
    for start in range(0, len(contributions), 300):
        live = Share.everything.filter(
            contribution_id__in=contributions[start : start + 300], rung=Rung.PUBLIC, ended_at=None
        ).order_by("contribution_id", "id")
        shares = list(live)
        numbers = [share.revision_id for share in shares]
        revisions = Revision.everything.filter(id__in=numbers, markdown=False).in_bulk()
        for share in shares:
            if share.revision_id in revisions:
                yield share, revisions[share.revision_id]


def _links(revision: Revision, contribution: int, base: str | None) -> list[_Link]:
    """The links of the shown text that stand for pictures of the text as it came."""
    if "<img" not in revision.source.lower() or "<a " not in revision.html:
        return []
    waiting: dict[tuple[str, str], list[OutsidePicture]] = {}
    for picture in outside_pictures(revision.source, base=base, limit=LONGEST):
        waiting.setdefault((picture.link, _folded(picture.words)), []).append(picture)
    found: list[_Link] = []
    for start, end, leads_to, words in _text_links(revision.html):
        pictures = waiting.get((leads_to, _folded(words)))
        if not pictures or _stands_before(revision.html, start, words):
            continue
        picture = pictures.pop(0) if len(pictures) > 1 else pictures[0]
        enlarged = leads_to if _is_picture(leads_to) else picture.address
        elsewhere = leads_to != picture.address and not _is_picture(leads_to)
        found.append(
            _Link(start, end, LinkedPicture(contribution, enlarged, picture.words), leads_elsewhere=elsewhere)
        )
    return found


def _stands_before(html: str, place: int, words: str) -> bool:
    """Whether the picture has come, and this is a link that stays beside it."""
    before = _OWN_PICTURE_BEFORE.search(html, max(0, place - _LONGEST_MARKER), place)
    return before is not None and _folded(unescape(before[1])) == _folded(words)


def _text_links(html: str) -> Iterator[tuple[int, int, str, str]]:
    """``(start, end, where it leads, its words)`` of each link of safe HTML that holds nothing but words."""
    start, leads_to, words = -1, "", ""
    for piece in pieces(html):
        if piece.name == "a" and not piece.closing:
            values = dict(ATTRIBUTE.findall(piece.attributes))
            start, leads_to, words = piece.start, unescape(values.get("href", "")), ""
        elif piece.name == "a" and start >= 0:
            yield start, piece.end, leads_to, unescape(words)
            start = -1
        elif piece.name not in ("", "br"):
            start = -1
        else:
            words += " " if piece.name else html[piece.start : piece.end]


def _is_picture(address: str) -> bool:
    return bool(_PICTURE_FILE.search(urlsplit(address).path))


def _folded(words: str) -> str:
    return " ".join(words.split())
