"""Who looks after a conversation: whoever opened it, and the hosts of a question."""

from django.db.models import QuerySet

from communis.conversations.models import Contribution, Host, Line, Share
from communis.openness.bylines import authors, is_author
from communis.people.models import Person


def looks_after(conversation_id: int, person: Person) -> bool:
    """Whether the person opened the conversation or hosts its question."""
    opening = _opening(conversation_id)
    if opening is None:
        return False
    return is_author(opening.authorship_id, person.id) or _hosts(opening).filter(person=person).exists()


def those_who_look_after(conversation_id: int) -> set[int]:
    """Ids of the persons who look after it; for telling, never for showing."""
    opening = _opening(conversation_id)
    if opening is None:
        return set()
    opened_by = authors([opening.authorship_id]) if opening.authorship_id is not None else {}
    return {*opened_by.values(), *_hosts(opening).values_list("person_id", flat=True)}


def _opening(conversation_id: int) -> Contribution | None:
    # Also where it was taken back: who opened the conversation still looks after it.
    opened = Share.everything.filter(conversation_id=conversation_id, opening=True)
    return Contribution.everything.filter(id__in=opened.values("contribution_id")).order_by("id").first()


def _hosts(opening: Contribution) -> QuerySet[Host]:
    return Host.objects.filter(line_id__in=Line.everything.filter(contribution=opening).values("id"))
