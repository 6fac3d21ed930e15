"""Showing what was said to a wider audience.

Only ``widening`` opens lines here, after it has asked the authors; nothing in this module asks anybody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from communis.conversations import anchors, markdown, sharing
from communis.conversations.anchoring import move_anchors
from communis.conversations.files import carry_over
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.lines_shown import Shown
from communis.conversations.models import (
    Anchor,
    Contribution,
    Conversation,
    Host,
    Line,
    Place,
    Revision,
    Share,
)
from communis.conversations.terms import carry_terms_over
from communis.conversations.words import write
from communis.journal.moments import now
from communis.looking.principals import ORGANISATION, PUBLIC
from communis.looking.viewers import Holding, Viewer
from communis.openness.audiences import Audience, audiences_with, within
from communis.openness.bylines import Byline
from communis.openness.open_to import open_to


class Wanted(NamedTuple):
    """A contribution that is to be shown to more people: with these words, under this byline.

    ``text`` is the Markdown of other words; empty where it stays as it stands.
    """

    shown: Shown
    html: str
    byline: Byline
    text: str = ""


def numbers_of_lines(public_ids: Iterable[str]) -> dict[str, int]:
    """``{public id: number}`` of lines. The caller answers for who asks."""
    return dict(Line.everything.filter(public_id__in=list(public_ids)).values_list("public_id", "id"))


def hold(conversation: int) -> None:
    """Let nobody else propose in the conversation until the transaction is over."""
    Conversation.everything.select_for_update(no_key=True).get(id=conversation)


def open_already(contributions: Iterable[int], audience: Audience, viewer: Viewer) -> set[int]:
    """Those of the contributions that everyone in the audience can see on a line that the viewer could read too.

    What is open elsewhere without the viewer's knowing is not told: its author is asked once more.
    """
    return set(_covering(contributions, audience, Share.everything.filter(open_to(viewer))))


def furthest_out(contributions: Iterable[int], rung: int, viewer: Viewer) -> dict[int, int]:
    """``{contribution: the line on which the viewer reads it with most others}``, on the way to a rung.

    What goes further are the words that went furthest so far, not those of a letter that were changed on the way.
    """
    rows = Share.everything.filter(open_to(viewer), contribution_id__in=list(contributions), ended_at=None)
    narrower = rows.filter(rung__lte=rung).order_by("rung", "line_id")
    return dict(narrower.values_list("contribution_id", "line_id"))


def lines_beside(lines: Collection[int]) -> set[int]:
    """The lines, and every other line on which the same was ever shown."""
    said = Line.everything.filter(id__in=list(lines)).values("contribution_id")
    return set(Line.everything.filter(contribution_id__in=said).values_list("id", flat=True))


def open_to_all_of(contributions: Iterable[int], audience: Audience) -> set[int]:
    """Those of the contributions that everyone in the audience can see. For opening, never for a page."""
    return set(_covering(contributions, audience, Share.everything.all()))


def all_were_open_to(lines: Collection[int], viewer: Viewer) -> bool:
    """Whether the viewer still holds what opened each of these lines, taken back meanwhile or not."""
    held = Share.everything.filter(open_to(viewer), line_id__in=list(lines))
    return held.values("line_id").distinct().count() == len(set(lines))


def _covering(
    contributions: Iterable[int], audience: Audience, among: QuerySet[Share]
) -> dict[int, set[int]]:
    """``{contribution: the revisions of it that everyone in the audience can see}``."""
    live = among.filter(contribution_id__in=list(contributions), ended_at=None)
    rows = list(live.values_list("contribution_id", "audience_id", "revision_id"))
    audiences = audiences_with(number for _, number, _ in rows)
    covers = {number for number, one in audiences.items() if within(audience, one)}
    found: dict[int, set[int]] = {}
    for contribution, number, revision in rows:
        if number in covers:
            found.setdefault(contribution, set()).add(revision)
    return found


def can_open(wanted: Sequence[Wanted], audience: Audience) -> list[Wanted]:
    """Those of the wanted that can open together, what is answered before what answers it.

    Left out is what the audience has already, what would hang on something they cannot see (gate rule 9), and
    what quotes or answers words that would not be there (gate rule 14).
    """
    tied = _tied([one.shown.contribution for one in wanted])
    parents = {one.shown.parent for one in wanted if one.shown.parent is not None}
    targets = {anchor.target_id for found in tied.values() for anchor in found}
    mentioned = {one.shown.contribution for one in wanted} | parents | targets
    there = _covering(mentioned, audience, Share.everything.all())
    stands = _places([anchor.id for found in tied.values() for anchor in found])
    live: dict[int, set[int]] = {}
    rows = Share.everything.filter(contribution_id__in=targets, ended_at=None)
    for contribution, revision in rows.values_list("contribution_id", "revision_id"):
        live.setdefault(contribution, set()).add(revision)
    opening: dict[int, Wanted] = {}
    for one in sorted(wanted, key=lambda one: one.shown.contribution):
        contribution, parent = one.shown.contribution, one.shown.parent
        if contribution in there or not (parent is None or parent in there or parent in opening):
            continue
        if all(
            _its_words_are_there(anchor, opening.get(anchor.target_id), there, live, stands[anchor.id])
            for anchor in tied.get(contribution, ())
        ):
            opening[contribution] = one
    return list(opening.values())


def _tied(contributions: Sequence[int]) -> dict[int, list[Anchor]]:
    found: dict[int, list[Anchor]] = {}
    for anchor in Anchor.objects.filter(contribution_id__in=contributions):
        found.setdefault(anchor.contribution_id, []).append(anchor)
    return found


def _places(numbers: Sequence[int]) -> dict[int, dict[int, anchors.Place]]:
    """``{anchor: {revision: where its words stand in it}}``."""
    found: dict[int, dict[int, anchors.Place]] = {number: {} for number in numbers}
    rows = Place.objects.filter(anchor_id__in=numbers, start__isnull=False)
    for place in rows:
        if place.start is not None and place.end is not None:
            found[place.anchor_id][place.revision_id] = anchors.Place(place.start, place.end)
    return found


def _its_words_are_there(
    anchor: Anchor,
    opening: Wanted | None,
    there: Mapping[int, set[int]],
    live: Mapping[int, set[int]],
    stands: Mapping[int, anchors.Place],
) -> bool:
    """Whether the words it quotes or answers stand in what the audience will see of their source."""
    target = anchor.target_id
    # Gone everywhere by an edit: it answers an earlier version for everybody, and says so.
    if not anchor.quote and not live.get(target, set()) & stands.keys():
        return True
    if opening is None:
        # Of an answer to something they cannot see, no words of that are shown. A quote repeats them.
        return bool(there[target] & stands.keys()) if target in there else not anchor.quote
    place = stands.get(opening.shown.revision)
    if place is None:
        return False
    before, after = markdown.plain(opening.shown.html), markdown.plain(opening.html)
    return before == after or anchors.move_all([place], before, after)[0] is not None


def lock(shown: Iterable[Shown]) -> None:
    """Let nobody edit, end or narrow these or what they answer until the transaction is over."""
    contributions = {number for one in shown for number in (one.contribution, one.parent) if number}
    rows = Share.everything.filter(contribution_id__in=contributions, ended_at=None)
    list(rows.select_for_update().order_by("id").values_list("id", flat=True))


def open_wider(wanted: Sequence[Wanted], audience: Audience) -> dict[int, int]:
    """Open those of the contributions that can be, each on a line of its own: ``{line: the new line}``.

    The caller has locked them, and looked at what they show after that.
    """
    opening = can_open(wanted, audience)
    if not opening:
        return {}
    said = Contribution.everything.in_bulk([one.shown.contribution for one in opening])
    revisions = Revision.everything.in_bulk([one.shown.revision for one in opening])
    shown: list[sharing.ToShow] = []
    for one in opening:
        contribution, revision = said[one.shown.contribution], revisions[one.shown.revision]
        if one.text:
            revision = _with_other_words(contribution, revision, one.text)
        shown.append(sharing.ToShow(contribution, revision, one.byline.id))
    lines = sharing.open_lines(shown, audience, now())
    opened = {one.shown.line: line for one, line in zip(opening, lines, strict=True)}
    _carry_hosts(opening, opened)
    return opened


def _with_other_words(contribution: Contribution, before: Revision, text: str) -> Revision:
    after = write(contribution, text)
    carry_over(before, after)
    carry_terms_over(before, after)
    move_anchors(before, after)
    return after


def _carry_hosts(opening: Sequence[Wanted], opened: Mapping[int, int]) -> None:
    """A host's name would show out there. Only the author has been asked, and only where her name shows."""
    names = {one.shown.line: one.byline.person_id for one in opening}
    Host.objects.bulk_create(
        Host(line_id=opened[host.line_id], person_id=host.person_id)
        for host in Host.objects.filter(line_id__in=names)
        if host.person_id == names[host.line_id]
    )


def own_as_seen(shown: Sequence[Shown], viewer: Viewer) -> list[Seen]:
    """What the viewer said, as she saw it while she was among its readers: to ask her about it also later."""
    audiences = audiences_with(one.audience for one in shown)
    named = {principal for audience in audiences.values() for principal in audience.principals()}
    holdings = [Holding(principal, 0) for principal in (PUBLIC, ORGANISATION, *sorted(named))]
    as_reader = Viewer(viewer.person_id, tuple(holdings))
    seen = seen_contributions([one.contribution for one in shown], as_reader)
    lines = {one.line for one in shown}
    return [one for one in seen if one.own and one.line_number in lines]
