"""What conversations begin with, whoever may see it: for keeping copies true, never for showing."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from communis.conversations.activity import principals_reached
from communis.conversations.kinds import OPENINGS
from communis.conversations.models import Contribution, Conversation, Revision, Share
from communis.conversations.visible_text import plain
from communis.openness.audiences import audiences_with


class ToFind(NamedTuple):
    """A live share that opens a conversation: its words, and the principals it may be found by."""

    share: int
    text: str
    opened_at: int
    principals: list[int]


def openings_in(conversation_id: int) -> list[ToFind]:
    """The shares that open this conversation now. It stays locked until the transaction ends."""
    Conversation.everything.select_for_update().get(id=conversation_id)
    return _to_find(list(_live().filter(conversation_id=conversation_id).order_by("id")))


def openings_with(shares: Collection[int]) -> list[ToFind]:
    """Those of these shares that open a conversation now. A few hundred at a time: their words are in memory."""
    return _to_find(list(_live().filter(id__in=shares).order_by("id")))


def numbers_of_openings() -> set[int]:
    """The numbers of all shares that open a conversation now."""
    return set(_live().values_list("id", flat=True))


def shares_in(conversations: Collection[int]) -> QuerySet[Share]:
    """All shares there ever were in these conversations, ended ones too; for their numbers."""
    return Share.everything.filter(conversation_id__in=conversations)


def contributions_on(shares: Collection[int]) -> dict[int, int]:
    """``{share: its contribution}``, numbers alone; what is shown of it is asked of the gate."""
    return dict(Share.everything.filter(id__in=shares).values_list("id", "contribution_id"))


def _live() -> QuerySet[Share]:
    said = Contribution.everything.filter(kind__in=OPENINGS)
    return Share.everything.filter(opening=True, ended_at=None, contribution_id__in=said.values("id"))


def _to_find(shares: Sequence[Share]) -> list[ToFind]:
    texts = Revision.everything.filter(id__in=[share.revision_id for share in shares])
    html = dict(texts.values_list("id", "html"))
    reached = _reached(share.audience_id for share in shares)
    return [
        ToFind(share.id, plain(html[share.revision_id]), share.opened_at, reached[share.audience_id])
        for share in shares
    ]


def _reached(audiences: Iterable[int]) -> dict[int, list[int]]:
    return {number: principals_reached(one) for number, one in audiences_with(audiences).items()}
