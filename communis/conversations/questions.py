"""Questions as a list: the newest first, each in its own words with its terms."""

import datetime
from typing import NamedTuple

from django.db.models import Q

from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.kinds import Level
from communis.conversations.models import Conversation, QuestionTerms, Share
from communis.looking.viewers import Viewer


class Asked(NamedTuple):
    """A question as the viewer sees it, and what it says of itself."""

    conversation: str
    said: Seen
    level: Level
    answer_by: datetime.date | None


def open_questions(viewer: Viewer, today: datetime.date, most: int = 5) -> list[Asked]:
    """The newest questions that can still be answered."""
    open_still = QuestionTerms.objects.filter(Q(answer_by=None) | Q(answer_by__gte=today))
    rows = Share.visible.to(viewer).filter(opening=True, revision_id__in=open_still.values("revision_id"))
    newest = rows.order_by("-opened_at", "-id").values_list("contribution_id", flat=True)
    return _asked(list(newest[:most]), viewer)


def questions(viewer: Viewer, before: int | None, size: int = 30) -> tuple[list[Asked], int | None]:
    """A page of all questions the viewer may see, newest first, and the moment the next page begins before."""
    rows = Share.visible.to(viewer).filter(
        opening=True, revision_id__in=QuestionTerms.objects.values("revision_id")
    )
    if before is not None:
        rows = rows.filter(opened_at__lt=before)
    numbers = list(rows.order_by("-opened_at", "-id").values_list("contribution_id", flat=True)[: size + 1])
    found = _asked(numbers[:size], viewer)
    return found, found[-1].said.opened_at if len(numbers) > size else None


def _asked(contributions: list[int], viewer: Viewer) -> list[Asked]:
    seen = seen_contributions(contributions, viewer)
    terms = {
        one.revision_id: one
        for one in QuestionTerms.objects.filter(revision_id__in=[one.revision for one in seen])
    }
    numbers = [one.conversation for one in seen]
    public_ids = dict(Conversation.everything.filter(id__in=numbers).values_list("id", "public_id"))
    found = [
        Asked(
            public_ids[one.conversation],
            one,
            Level(terms[one.revision].level),
            terms[one.revision].answer_by,
        )
        for one in seen
        if one.revision in terms
    ]
    return sorted(found, key=lambda one: (one.said.opened_at, one.said.share), reverse=True)
