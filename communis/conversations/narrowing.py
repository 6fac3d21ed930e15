"""Ending again what was shown to a wider audience, and taking one's name away there. By the author alone."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from communis.conversations import activity, sharing
from communis.conversations.hiding import refuse_if_hidden
from communis.conversations.models import Contribution, Line, Share
from communis.conversations.refusals import NotThere
from communis.journal.idempotency import once
from communis.journal.record import record
from communis.openness.audiences import audiences_with, within
from communis.openness.bylines import byline_with, is_author, unnamed
from communis.people.models import Person


class Wider(NamedTuple):
    """A line on which one's own words are shown to more people than on another: its number and public id."""

    number: int
    line: str
    audience: int
    opened_at: int
    with_name: bool


def own_wider_lines(line: str, *, by: Person) -> list[Wider]:
    """All lines of one's own contribution but the narrowest. Empty for what is another's, or not there."""
    return [
        Wider(
            share.line_id,
            address,
            share.audience_id,
            share.opened_at,
            byline_with(share.byline_id).person_id is not None,
        )
        for address, share in _own_wider(line, by).items()
    ]


def narrow(line: str, *, by: Person, key: str = "") -> None:
    """End a wider line of one's own words, everything wider than it, and what was opened below them.

    What was first said there stays, below a stub. Raises NotThere for another's line, or one's only one.
    """

    def act() -> str:
        own = _own_wider(line, by, lock=True)
        if line not in own:
            raise NotThere
        audiences = audiences_with(share.audience_id for share in own.values())
        ending = [
            share
            for share in own.values()
            if within(audiences[own[line].audience_id], audiences[share.audience_id])
        ]
        for share in [*_opened_below(ending), *ending]:
            sharing.end(share)
        record("narrowed", by=by.id, line=own[line].line_id, conversation=own[line].conversation_id)
        return line

    once(by.id, key, act)


@transaction.atomic
def without_name(line: str, *, by: Person) -> None:
    """Take one's name away from a wider line, and from all that are wider still (gate rule 12).

    Holds from the next look on. Raises NotThere.
    """
    own = _own_wider(line, by, lock=True)
    if line not in own:
        raise NotThere
    place = own[line].rung, own[line].line_id
    wider = [share for share in own.values() if (share.rung, share.line_id) >= place]
    for share in wider:
        refuse_if_hidden(share)
    Share.everything.filter(id__in=[share.id for share in wider]).update(byline_id=unnamed().id)
    for share in wider:
        activity.touch(share.conversation_id, share.audience)
    record("changed byline", by=by.id, line=own[line].line_id, conversation=own[line].conversation_id)


def _own_wider(line: str, by: Person, *, lock: bool = False) -> dict[str, Share]:
    """``{line's public id: its share}`` of all lines of one's own contribution but the narrowest."""
    said = Line.everything.filter(public_id=line).values_list("contribution_id", flat=True).first()
    own = Contribution.everything.filter(id=said or 0).values_list("authorship_id", flat=True)
    if said is None or not is_author(own.first(), by.id):
        return {}
    live = Share.everything.filter(contribution_id=said, ended_at=None).order_by("rung", "line_id")
    shares = list(live.select_for_update() if lock else live)
    addresses = dict(
        Line.everything.filter(id__in=[share.line_id for share in shares]).values_list("id", "public_id")
    )
    return {addresses[share.line_id]: share for share in shares[1:]}


def _opened_below(ending: Sequence[Share]) -> list[Share]:
    """What hangs below and was said to fewer, on lines whose readers would not see what it hangs on any more."""
    said = ending[0].contribution_id
    below = _below(said)
    rows = Share.everything.filter(contribution_id__in=[said, *below], ended_at=None, alone=False)
    live = list(rows.order_by("rung", "line_id"))
    narrowest = {share.contribution_id: share.id for share in reversed(live)}
    beside = [
        share
        for share in live
        if share.contribution_id != said and share.id != narrowest[share.contribution_id]
    ]
    ended = {share.id for share in ending}
    stays = [share for share in live if share.contribution_id == said and share.id not in ended]
    audiences = audiences_with(share.audience_id for share in live)

    def covered(share: Share, above: Sequence[Share]) -> bool:
        return any(within(audiences[share.audience_id], audiences[one.audience_id]) for one in above)

    return [share for share in beside if covered(share, ending) and not covered(share, stays)]


def _below(said: int) -> set[int]:
    """All that hangs on the contribution, also where a branch has moved to its own conversation."""
    found: set[int] = set()
    layer = [said]
    while layer:
        answers = Contribution.everything.filter(parent_id__in=layer).values_list("id", flat=True)
        layer = list(set(answers) - found)
        found.update(layer)
    return found
