"""Showing what was said to a wider audience, and ending that again.

Only ``widening`` opens lines here, after it has asked the authors; nothing in this module asks anybody.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import transaction

from communis.conversations import activity, sharing
from communis.conversations.anchoring import move_anchors
from communis.conversations.files import carry_over
from communis.conversations.models import (
    Anchor,
    Contribution,
    File,
    Host,
    Line,
    Place,
    QuestionTerms,
    Revision,
    Share,
)
from communis.conversations.refusals import NotThere
from communis.conversations.words import write
from communis.journal.moments import now
from communis.journal.record import record
from communis.openness.audiences import Audience, audiences_with, within
from communis.openness.bylines import Byline, authors, byline_with, bylines_with, is_author, unnamed
from communis.people.models import Person


class Shown(NamedTuple):
    """What a line shows now, whoever may see it: for the one who asks its author, never for a page."""

    line: int
    # The line's public id.
    address: str
    contribution: int
    parent: int | None
    byline: Byline
    html: str
    # Everything else that stands there: names, descriptions and whereabouts of its files.
    files: list[list[str]]
    # Who said it; None for what came from outside.
    author: int | None


def shown_on(lines: Iterable[int]) -> dict[int, Shown]:
    """``{line: what it shows}`` for those of the lines that are not ended. The caller answers for who sees it."""
    shares = list(Share.everything.filter(line_id__in=list(lines), ended_at=None))
    addresses = dict(
        Line.everything.filter(id__in=[share.line_id for share in shares]).values_list("id", "public_id")
    )
    said = Contribution.everything.in_bulk([share.contribution_id for share in shares])
    revisions = Revision.everything.in_bulk([share.revision_id for share in shares])
    files: dict[int, list[list[str]]] = {}
    for file in File.everything.filter(revision_id__in=revisions).order_by("number"):
        about = [file.name, file.alternative, file.creator, file.licence, file.stored_as]
        about += ["decoration"] if file.decoration else []
        files.setdefault(file.revision_id, []).append(about)
    bylines = bylines_with([share.byline_id for share in shares])
    known = authors([one.authorship_id for one in said.values() if one.authorship_id is not None])
    return {
        share.line_id: Shown(
            share.line_id,
            addresses[share.line_id],
            share.contribution_id,
            said[share.contribution_id].parent_id,
            bylines[share.byline_id],
            revisions[share.revision_id].html,
            files.get(share.revision_id, []),
            known.get(said[share.contribution_id].authorship_id or 0),
        )
        for share in shares
    }


def numbers_of_lines(public_ids: Iterable[str]) -> dict[str, int]:
    """``{public id: number}`` of lines. The caller answers for who asks."""
    return dict(Line.everything.filter(public_id__in=list(public_ids)).values_list("public_id", "id"))


def open_already(contributions: Iterable[int], audience: Audience) -> set[int]:
    """Those of the contributions that everyone in the audience can see on some line already."""
    live = Share.everything.filter(contribution_id__in=list(contributions), ended_at=None)
    pairs = list(live.values_list("contribution_id", "audience_id"))
    audiences = audiences_with(number for _, number in pairs)
    covering = {number for number, one in audiences.items() if within(audience, one)}
    return {contribution for contribution, number in pairs if number in covering}


def open_wider(line: int, audience: Audience, byline: Byline, text: str = "") -> int | None:
    """Open the contribution of a line to an audience on a line of its own; returns that line, or None.

    ``text`` gives it other words there. Nothing opens, and None comes back, when the line has ended, when the
    audience has it already, when what it answers is not open to them (gate rule 9), or when words that it
    quotes or answers would not be there (gate rule 14).
    """
    share = Share.everything.select_for_update().filter(line_id=line, ended_at=None).first()
    if share is None or open_already([share.contribution_id], audience):
        return None
    contribution = Contribution.everything.get(id=share.contribution_id)
    if contribution.parent_id is not None and not open_already([contribution.parent_id], audience):
        return None
    if not _its_words_are_there(contribution.id, audience):
        return None
    revision = Revision.everything.get(id=share.revision_id)
    if text:
        revision = _with_other_words(contribution, revision, text)
    shows = _saying_no_more(contribution.id, audience, byline)
    opened = sharing.open_line(contribution, revision, audience, shows, now())
    Host.objects.bulk_create(
        Host(line_id=opened.line_id, person_id=host.person_id) for host in Host.objects.filter(line_id=line)
    )
    return opened.line_id


def _with_other_words(contribution: Contribution, before: Revision, text: str) -> Revision:
    after = write(contribution, text)
    carry_over(before, after)
    for terms in QuestionTerms.objects.filter(revision_id=before.id):
        terms.pk = None
        terms.revision = after
        terms.save(force_insert=True)
    move_anchors(before, after)
    return after


def _its_words_are_there(contribution: int, audience: Audience) -> bool:
    """Whether the words it quotes, and those it answers, stand in what this audience sees of their source."""
    for anchor in Anchor.objects.filter(contribution_id=contribution):
        live = Share.everything.filter(contribution_id=anchor.target_id, ended_at=None)
        covering = [one for one in live.select_related("audience") if within(audience, one.audience)]
        if not covering:
            if anchor.quote:
                return False
            continue
        stands = set(
            Place.objects.filter(anchor=anchor, start__isnull=False).values_list("revision_id", flat=True)
        )
        # Gone everywhere by an edit: it answers an earlier version for everybody, and says so.
        gone_before = not anchor.quote and not any(one.revision_id in stands for one in live)
        if not gone_before and not any(one.revision_id in stands for one in covering):
            return False
    return True


def _saying_no_more(contribution: int, audience: Audience, byline: Byline) -> Byline:
    """The byline, or one without a name where a narrower line is without: a wider one never says more (rule 12)."""
    live = Share.everything.filter(contribution_id=contribution, ended_at=None, rung__lte=audience.rung)
    kinds = [byline_with(share.byline_id).kind for share in live]
    return byline if all(kind <= byline.kind for kind in kinds) else unnamed()


class Wider(NamedTuple):
    """A line on which one's own words are shown to more people than on another: its number and public id."""

    number: int
    line: str
    audience: int
    opened_at: int
    with_name: bool


def own_wider_lines(line: str, *, by: Person) -> list[Wider]:
    """All lines of one's own contribution but the narrowest. Empty for what is another's, or not there."""
    said = Line.everything.filter(public_id=line).values_list("contribution_id", flat=True).first()
    own = Contribution.everything.filter(id=said or 0).values_list("authorship_id", flat=True)
    if said is None or not is_author(own.first(), by.id):
        return []
    live = list(Share.everything.filter(contribution_id=said, ended_at=None).order_by("rung", "line_id"))
    addresses = dict(
        Line.everything.filter(id__in=[share.line_id for share in live]).values_list("id", "public_id")
    )
    return [
        Wider(
            share.line_id,
            addresses[share.line_id],
            share.audience_id,
            share.opened_at,
            byline_with(share.byline_id).person_id is not None,
        )
        for share in live[1:]
    ]


@transaction.atomic
def narrow(line: str, *, by: Person) -> None:
    """End a wider line of one's own words, and what was opened below it to the same people.

    What was first said there stays, below a stub. Raises NotThere for another's line, or one's only one.
    """
    own = {wider.line for wider in own_wider_lines(line, by=by)}
    if line not in own:
        raise NotThere
    number = Line.everything.values_list("id", flat=True).get(public_id=line)
    share = Share.everything.select_for_update().get(line_id=number, ended_at=None)
    for below in _opened_below(share):
        sharing.end(below)
    sharing.end(share)
    record("narrowed", by=by.id, line=share.line_id, conversation=share.conversation_id)


def without_name(line: str, *, by: Person) -> None:
    """Take one's name away from a wider line, from the next look on. Raises NotThere."""
    _say(line, unnamed(), by)


def _say(line: str, byline: Byline, by: Person) -> None:
    with transaction.atomic():
        if line not in {wider.line for wider in own_wider_lines(line, by=by)}:
            raise NotThere
        number = Line.everything.values_list("id", flat=True).get(public_id=line)
        share = Share.everything.select_for_update().get(line_id=number, ended_at=None)
        wider = Share.everything.filter(
            contribution_id=share.contribution_id, ended_at=None, rung__gte=share.rung
        )
        for one in wider.select_related("audience"):
            activity.touch(one.conversation_id, one.audience)
        wider.update(byline_id=byline.id)
        record("changed byline", by=by.id, line=share.line_id, conversation=share.conversation_id)


def _opened_below(share: Share) -> list[Share]:
    """What hangs below and has a narrower line too, on lines to the very same audience."""
    parents = dict(
        Contribution.everything.filter(conversation_id=share.conversation_id).values_list("id", "parent_id")
    )
    beside = Share.everything.filter(
        conversation_id=share.conversation_id, ended_at=None, alone=False, audience_id=share.audience_id
    ).exclude(id=share.id)
    return [one for one in beside if share.contribution_id in _above(one.contribution_id, parents)]


def _above(contribution: int, parents: Mapping[int, int | None]) -> list[int]:
    found: list[int] = []
    above = parents.get(contribution)
    while above is not None:
        found.append(above)
        above = parents.get(above)
    return found
