"""Words without an author: said, changed and ended in the name of a receipt. No person acts here, and none is known.

Who may, and when, is judged by ``behind_the_scenes``. Every moment is given by the caller, because the time of an
act could tell whose it was (gate rule 25); the journal is written with the day's batch.
"""

from collections.abc import Iterable
from typing import NamedTuple

from communis.conversations import anchoring, sharing
from communis.conversations.files import carry_over
from communis.conversations.hiding import refuse_if_hidden
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Conversation, Host, Line, Revision, Share
from communis.conversations.refusals import NotThere
from communis.conversations.words import write
from communis.journal.ids import public_id
from communis.openness.audiences import Audience, audiences_with
from communis.openness.bylines import behind_the_scenes, person_shown
from communis.openness.receipts import Receipt


class Answered(NamedTuple):
    """What is answered, locked: its share and kind, and the ids of those who are asked there."""

    share: Share
    kind: Kind
    asked: tuple[int, ...]


class OwnWords(NamedTuple):
    """A live line of words said under a receipt."""

    line: str
    line_number: int
    contribution: int
    conversation: int
    conversation_public_id: str
    audience: Audience
    kind: Kind
    source: str
    corrected: bool


def answered_on(line: str) -> Answered:
    """What stands on the line with this public id, whoever may see it: the caller answers for that.

    Raises NotThere when nothing stands there any more.
    """
    numbers = Line.everything.filter(public_id=line).values("id")
    share = Share.everything.filter(line_id__in=numbers, ended_at=None).select_for_update().first()
    if share is None:
        raise NotThere
    kind = Contribution.everything.values_list("kind", flat=True).get(id=share.contribution_id)
    shown = person_shown(share.byline_id)
    asked = [shown.id] if shown is not None else []
    hosts = Host.objects.filter(line_id=share.line_id).order_by("id").values_list("person_id", flat=True)
    return Answered(share, Kind(kind), tuple(dict.fromkeys([*asked, *hosts])))


def number_of(line: str) -> int | None:
    """The number of the line with this public id."""
    return Line.everything.filter(public_id=line).values_list("id", flat=True).first()


def address_with(line: int | None) -> str:
    """The public id of a line; empty when there is none."""
    return Line.everything.filter(id=line or 0).values_list("public_id", flat=True).first() or ""


def conversation_with(line: int | None) -> int | None:
    """The number of the conversation that the words of a line are in."""
    said = Line.everything.filter(id=line or 0).values("contribution_id")
    return Contribution.everything.filter(id__in=said).values_list("conversation_id", flat=True).first()


def say(
    kind: Kind, text: str, *, audience: Audience, answered: Share | None, receipt: Receipt, at: int
) -> Share:
    """Begin a conversation, or answer a share, under a receipt. Raises Refused without words."""
    if answered is None:
        conversation = Conversation.everything.create(public_id=public_id()).id
    else:
        conversation = answered.conversation_id
    contribution = Contribution.everything.create(
        conversation_id=conversation,
        parent_id=answered.contribution_id if answered else None,
        kind=kind,
        receipt=receipt,
    )
    revision = write(contribution, text, at=at)
    return sharing.open_line(contribution, revision, audience, behind_the_scenes(), at)


def reword(line: str, text: str, *, receipt: Receipt, at: int) -> Share:
    """Give the line other words; it says that it was corrected. Raises NotThere, and Refused without words."""
    share = _own(line, receipt)
    refuse_if_hidden(share)
    before = Revision.everything.get(id=share.revision_id)
    contribution = Contribution.everything.get(id=share.contribution_id)
    after = write(contribution, text, correction=True, at=at)
    carry_over(before, after)
    anchoring.move_anchors(before, after)
    return sharing.follow(share, after, at=at)


def end(line: str, *, receipt: Receipt, at: int) -> int:
    """End the line from the next look on; returns its number. Raises NotThere."""
    share = _own(line, receipt)
    sharing.end(share, at=at)
    return share.line_id


def own_words(receipt: Receipt) -> list[OwnWords]:
    """Every live line of what was said under the receipt, in the order it was said, narrower lines first."""
    said = Contribution.everything.in_bulk(
        list(Contribution.everything.filter(receipt=receipt).values_list("id", flat=True))
    )
    live = Share.everything.filter(contribution_id__in=said, ended_at=None)
    audiences = audiences_with(live.values_list("audience_id", flat=True))
    revisions = Revision.everything.in_bulk(list(live.values_list("revision_id", flat=True)))
    words = []
    for share in live.order_by("contribution_id", "rung", "line_id"):
        conversation, line = address_of(share)
        revision = revisions[share.revision_id]
        words.append(
            OwnWords(
                line,
                share.line_id,
                share.contribution_id,
                share.conversation_id,
                conversation,
                audiences[share.audience_id],
                Kind(said[share.contribution_id].kind),
                revision.source,
                revision.correction,
            )
        )
    return words


def first_words(receipt: Receipt) -> str:
    """What was said first under the receipt, as it appeared first; empty when nothing has."""
    said = Contribution.everything.filter(receipt=receipt).order_by("id").first()
    revision = Revision.everything.filter(contribution=said).order_by("id").first() if said else None
    return revision.source if revision is not None else ""


def first_line(receipt: Receipt) -> int | None:
    """The number of the line on which what was said first under the receipt appeared."""
    said = Contribution.everything.filter(receipt=receipt).order_by("id").values("id")[:1]
    return (
        Line.everything.filter(contribution_id__in=said).order_by("id").values_list("id", flat=True).first()
    )


def receipts_of(contributions: Iterable[int]) -> dict[int, int]:
    """``{contribution: its receipt}`` of words the caller has from the gate; for finding what is shown of them."""
    behind = Contribution.everything.filter(id__in=set(contributions), receipt_id__isnull=False)
    return {one: receipt for one, receipt in behind.values_list("id", "receipt_id") if receipt is not None}


def receipts_in(conversation: int) -> set[int]:
    """The receipts that something in the conversation was said under."""
    said = Contribution.everything.filter(conversation_id=conversation, receipt_id__isnull=False)
    return {receipt for receipt in said.values_list("receipt_id", flat=True) if receipt is not None}


def said_under(receipt: int) -> list[int]:
    """The contributions said under a receipt, in the order they were said."""
    return list(
        Contribution.everything.filter(receipt_id=receipt).order_by("id").values_list("id", flat=True)
    )


def _own(line: str, receipt: Receipt) -> Share:
    numbers = Line.everything.filter(public_id=line).values("id")
    said = Contribution.everything.filter(receipt=receipt).values("id")
    own = Share.everything.filter(line_id__in=numbers, contribution_id__in=said, ended_at=None)
    share: Share | None = own.select_for_update().first()
    if share is None:
        raise NotThere
    return share
