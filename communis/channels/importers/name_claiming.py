"""Saying that one wrote what came in under a name from outside. It takes two: the person, and a steward.

The mail addresses of an export or a mail are never kept, so nothing here can compare them: a steward always answers.
Once it stands, all that came in under the name is the person's own, now and from later imports; it can be taken back,
and not be changed, for it stays as it was said elsewhere.
"""

from typing import NamedTuple

from communis.channels.importers import rules
from communis.channels.importers.models import NameClaim
from communis.channels.importers.standing import (
    LIVE,
    State,
    end,
    locked_name_claim,
    not_too_long,
    record_name_claim,
    stand,
)
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_seen, share_to_act_on
from communis.conversations.refusals import NotThere
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.looking.viewers import Viewer
from communis.openness.bylines import byline_with
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.outside_names import locked_name, source_shown


class OwnNameClaim(NamedTuple):
    """What one has said of a name, and what came of it. Shown to nobody else."""

    public_id: str
    name: str
    source: str
    state: NameClaim.State
    word: str
    reason: str
    said_at: int


def claimable_name(line: str, viewer: Viewer) -> str:
    """The outside name that the viewer can claim here. Raises NotThere where there is none."""
    seen = line_seen(line, viewer).share
    name = seen.outside_name
    if name is None or not rules.may_claim_name(Kind(seen.kind), name, seen.rung, own=seen.own):
        raise NotThere
    return name


def claim_name(line: str, word: str, *, by: Person, key: str = "") -> str:
    """Say that one wrote what the line shows, and all under that name; returns the public id of what was said.

    Said again, it is the same. What a steward has said before stands with it. Raises NotThere where nothing from
    outside is seen, Refused when the word is too long.
    """
    not_too_long(word, "word")

    def act() -> str:
        share, kind = share_to_act_on(line, viewer_for(by.id))
        number = byline_with(share.byline_id).outside_name_id
        if number is None:
            raise NotThere
        name = locked_name(number)
        if not rules.may_claim_name(kind, name.name, share.rung, own=False):
            raise NotThere
        live = NameClaim.objects.filter(outside_name=name, person=by, state__in=LIVE).first()
        if live is not None:
            if live.state == State.OFFERED:
                stand(live, name, by=by)
            return live.public_id
        made = NameClaim.objects.create(
            public_id=public_id(), outside_name=name, person=by, line_id=share.line_id, word=word.strip()
        )
        record_name_claim("claimed name", made, by=by)
        return made.public_id

    return once(by.id, key, act)


def own_name_claims(*, by: Person) -> list[OwnNameClaim]:
    """What one has said, and what stewards have asked one; the newest first."""
    rows = NameClaim.objects.filter(person=by).select_related("outside_name").order_by("-said_at", "-id")
    return [
        OwnNameClaim(
            one.public_id,
            one.outside_name.name,
            source_shown(one.outside_name.source),
            State(one.state),
            one.word,
            one.reason,
            one.said_at,
        )
        for one in rows
    ]


def answer_offer(name_claim: str, yes: bool, *, by: Person, key: str = "") -> None:
    """Whether it is so as a steward has said. Answered twice, the first answer holds. Raises NotThere, Refused."""

    def act() -> str:
        found, name = locked_name_claim(name_claim, person=by)
        if found.state == State.OFFERED and yes:
            stand(found, name, by=by)
        elif found.state == State.OFFERED:
            end(found, name, by=by)
        return found.public_id

    once(by.id, key, act)


def take_name_claim_back(name_claim: str, *, by: Person, key: str = "") -> None:
    """The outside name stands alone again from the next look. Raises NotThere."""

    def act() -> str:
        found, name = locked_name_claim(name_claim, person=by)
        end(found, name, by=by)
        return found.public_id

    once(by.id, key, act)
