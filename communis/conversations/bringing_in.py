"""Bringing in what was said elsewhere: whole conversations at once, as an import has them.

Nothing here is asked or told of anyone: what is brought in was open to its readers already, under names from outside.
The moment it was said is the moment it was opened: in a circle without history only those see it who were there then.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from communis.conversations import activity, sharing
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.models import Contribution, Conversation, Line, Revision, Share
from communis.conversations.refusals import NotThere
from communis.conversations.words import write
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.openness.audiences import Audience, audience_of
from communis.openness.bylines import Byline, authorships_from_outside, bylines_from_outside
from communis.openness.rungs import Rung
from communis.people.models import OutsideName, Person


@dataclass(frozen=True)
class Brought:
    """One thing said elsewhere. ``key`` is the import's own; ``html`` is safe already; ``source`` is as it came.

    ``parent`` is the key of something in the same batch, or of something brought in earlier; None opens
    a conversation. ``said_at`` is the moment it was said, which is never later than now.
    """

    key: str
    parent: str | None
    kind: Kind
    html: str
    source: str
    author: OutsideName
    said_at: int


@transaction.atomic
def bring_in(
    things: Sequence[Brought],
    *,
    by: Person,
    here: dict[str, int] | None = None,
    audience: Audience | None = None,
) -> dict[str, int]:
    """Bring in conversations, or more of those that are here; parents come before what answers them.

    ``here`` gives the contributions of keys brought in earlier; the caller answers for it that they were brought in
    for the same ``audience``, which is anyone when None. Returns ``{key: contribution id}`` of the new.
    """
    readers = audience or audience_of(Rung.PUBLIC)
    known = dict(here or {})
    homes = _homes(things, known)
    bylines = bylines_from_outside(thing.author for thing in things)
    fresh: dict[str, int] = {}
    for batch in _levels(things, known):
        made = _contributions(batch, homes, known)
        fresh |= {thing.key: one.id for thing, one in zip(batch, made, strict=True)}
        known |= fresh
        _shares(batch, made, bylines, readers)
    for conversation in sorted(set(homes.values())):
        moments = [min(thing.said_at, now()) for thing in things if homes[thing.key] == conversation]
        activity.note(conversation, readers, max(moments))
        record("brought in", by=by.id, conversation=conversation, count=len(moments))
    return fresh


@transaction.atomic
def bring_in_letter(
    question: Seen, text: str, *, author: OutsideName, readers: Sequence[Person], by: Person
) -> Share:
    """A letter from outside, below a question that the caller has from the gate; its readers are told of it.

    The caller answers for it that these are the ones it was written to. Raises NotThere, and Refused without words.
    """
    above = Share.everything.filter(id=question.share, ended_at=None).select_for_update().first()
    if above is None or not readers:
        raise NotThere
    contribution = Contribution.everything.create(
        conversation_id=above.conversation_id,
        parent_id=above.contribution_id,
        kind=Kind.COMMENT,
        authorship=authorships_from_outside([author])[0],
    )
    audience = audience_of(Rung.DIRECT, {person.principal_id for person in readers})
    byline = bylines_from_outside([author])[author.id]
    share = sharing.open_line(contribution, write(contribution, text), audience, byline, now())
    # Nobody here said it: who let it in is told of it like the others, when it is to her.
    record(
        "contributed",
        by=None,
        share=share.id,
        line=share.line_id,
        conversation=share.conversation_id,
        answered=above.line_id,
    )
    record("let letter in", by=by.id, line=share.line_id)
    return share


def first_line_under(name: OutsideName) -> int | None:
    """The line of the first thing that stands open under the name, or of the letter; None where nothing does."""
    byline = bylines_from_outside([name])[name.id]
    rungs = (Rung.DIRECT, Rung.PUBLIC)
    live = Share.everything.filter(byline_id=byline.id, ended_at=None, rung__in=rungs).order_by("id")
    return live.values_list("line_id", flat=True).first()


def _homes(things: Sequence[Brought], known: dict[str, int]) -> dict[str, int]:
    """``{key: conversation id}``: where what it answers stands, also when that has moved since it came."""
    parents = [known[thing.parent] for thing in things if thing.parent in known]
    stands_in = dict(Contribution.everything.filter(id__in=parents).values_list("id", "conversation_id"))
    homes: dict[str, int] = {}
    for thing in things:
        if thing.parent is None:
            homes[thing.key] = Conversation.everything.create(public_id=public_id()).id
        elif thing.parent in known:
            homes[thing.key] = stands_in[known[thing.parent]]
        else:
            homes[thing.key] = homes[thing.parent]
    return homes


def _levels(things: Sequence[Brought], known: dict[str, int]) -> list[list[Brought]]:
    """The things in batches, so that every parent has its number before its answers are written."""
    depth: dict[str, int] = {}
    levels: list[list[Brought]] = []
    for thing in things:
        above = -1 if thing.parent is None or thing.parent in known else depth[thing.parent]
        depth[thing.key] = above + 1
        if above + 1 == len(levels):
            levels.append([])
        levels[above + 1].append(thing)
    return levels


def _contributions(
    batch: Sequence[Brought], homes: dict[str, int], known: dict[str, int]
) -> list[Contribution]:
    authorships = authorships_from_outside([thing.author for thing in batch])
    return Contribution.everything.bulk_create(
        [
            Contribution(
                conversation_id=homes[thing.key],
                parent_id=known[thing.parent] if thing.parent is not None else None,
                kind=thing.kind,
                authorship=authorship,
            )
            for thing, authorship in zip(batch, authorships, strict=True)
        ],
        batch_size=1000,
    )


def _shares(
    batch: Sequence[Brought],
    contributions: Sequence[Contribution],
    bylines: dict[int, Byline],
    audience: Audience,
) -> None:
    here = now()
    revisions = Revision.everything.bulk_create(
        [
            Revision(
                contribution=one,
                source=thing.source,
                html=thing.html,
                markdown=False,
                written_at=min(thing.said_at, here),
            )
            for thing, one in zip(batch, contributions, strict=True)
        ],
        batch_size=500,
    )
    lines = Line.everything.bulk_create(
        [Line(public_id=public_id(), contribution=one) for one in contributions], batch_size=1000
    )
    Share.everything.bulk_create(
        [
            Share(
                line=line,
                contribution=one,
                conversation_id=one.conversation_id,
                revision=revision,
                audience=audience,
                rung=audience.rung,
                byline=bylines[thing.author.id],
                opening=one.parent_id is None,
                opened_at=min(thing.said_at, here),
            )
            for thing, one, revision, line in zip(batch, contributions, revisions, lines, strict=True)
        ],
        batch_size=500,
    )
