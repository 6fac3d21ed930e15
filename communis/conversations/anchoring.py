"""Tying a contribution to the very words it is about, and keeping it there when they move (R11)."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from communis.conversations import anchors, markdown
from communis.conversations.gate import Seen, places_for
from communis.conversations.models import Anchor, Contribution, Line, Place, Revision, Share
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.words import Quoted
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience, within


def anchor(contribution: Contribution, quotes: Sequence[Quoted], viewer: Viewer, audience: Audience) -> None:
    """Anchor a contribution to words that its author can see.

    Raises NotThere for a line the author cannot see, and Refused when the words are not in it, or when
    they would be shown to more people than can read them where they stand (R64, L21).
    """
    for quoted in quotes:
        source: Share | None = (
            Share.visible.to(viewer)
            .filter(line_id__in=Line.everything.filter(public_id=quoted.line).values("id"))
            .first()
        )
        if source is None:
            raise NotThere
        if not within(audience, source.audience):
            raise Refused(
                _("Those words were said to fewer people. Quote them to the same people, or leave them out."),
                "audience",
            )
        revision = Revision.everything.get(id=source.revision_id)
        place = anchors.find(quoted.words, markdown.plain(revision.html), quoted.occurrence)
        if place is None:
            raise Refused(_("The words you answer are not in the text any more. Choose them again."), "words")
        made = Anchor.objects.create(
            contribution=contribution, target_id=source.contribution_id, quote=quoted.quote
        )
        Place.objects.create(anchor=made, revision=revision, start=place.start, end=place.end)


def move_anchors(before: Revision, after: Revision) -> None:
    """Find the words of every anchor again in a new revision; those that are gone get an empty place."""
    for anchor, place in _moved(before, before.html, after.html).items():
        Place.objects.create(
            anchor_id=anchor,
            revision=after,
            start=place.start if place else None,
            end=place.end if place else None,
        )


def keep_anchors(revision: Revision, html: str) -> bool:
    """Move the anchors on a revision to where their words stand in other HTML for it; False, and nothing is
    moved, when the words of one would be gone.
    """
    moved = _moved(revision, revision.html, html)
    standing = Place.objects.filter(revision=revision).exclude(start=None)
    if any(moved[place.anchor_id] is None for place in standing):
        return False
    for place in standing:
        found = moved[place.anchor_id]
        if found is not None:
            Place.objects.filter(id=place.id).update(start=found.start, end=found.end)
    return True


def _moved(revision: Revision, before: str, after: str) -> dict[int, anchors.Place | None]:
    """``{anchor: where its words stand afterwards}`` for the anchors on the revision."""
    standing = Place.objects.filter(revision=revision).values_list("anchor_id", "start", "end")
    places = {
        anchor: anchors.Place(start, end)
        for anchor, start, end in standing
        if start is not None and end is not None
    }
    moved = anchors.move_all(list(places.values()), markdown.plain(before), markdown.plain(after))
    found = dict(zip(places, moved, strict=True))
    return {anchor: found.get(anchor) for anchor, _start, _end in standing}


class Answered(NamedTuple):
    """What a visible reply is anchored to: words of a visible contribution, or (no offsets) an earlier version."""

    target: int
    start: int | None
    end: int | None


def anchored(shown: Sequence[Seen]) -> dict[int, Answered]:
    """``{contribution: what it answers}`` among contributions that the caller has from the gate.

    Offsets are into the visible text of the revision shown here: a reply to words that this reader's version
    does not have tells nothing of them (gate rule 14).
    """
    revisions = {seen.contribution: seen.revision for seen in shown}
    answering = [seen.contribution for seen in shown if seen.parent is not None]
    if not answering:
        return {}
    with connection.cursor() as cursor:
        # A queryset takes longer to bind five hundred numbers than the database to look them up.
        cursor.execute(
            "SELECT id, contribution_id, target_id FROM communis_anchor"
            f" WHERE contribution_id IN ({places_for(answering)}) AND NOT quote",
            answering,
        )
        answers = {number: (answer, target) for number, answer, target in cursor if target in revisions}
    if not answers:
        return {}
    shown_revisions = set(revisions.values())
    places = Place.objects.filter(anchor_id__in=answers)
    found = {place.anchor_id: place for place in places if place.revision_id in shown_revisions}
    anchored_to: dict[int, Answered] = {}
    for number, (answer, target) in answers.items():
        place = found.get(number)
        start, end = (place.start, place.end) if place is not None else (None, None)
        anchored_to[answer] = Answered(target, start, end)
    return anchored_to
