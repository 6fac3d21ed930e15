"""Marks and following: for oneself alone. Nobody can read another's."""

from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from communis.conversations.models import Conversation, Following, Mark
from communis.conversations.refusals import NotThere
from communis.people.holdings import viewer_for
from communis.people.models import Person


class Marks(NamedTuple):
    """Until which moment a person has seen a conversation (None: never opened it), and how she follows it."""

    seen_until: int | None
    way: Following.Way | None


NO_MARKS = Marks(None, None)


def marks_of(conversation_id: int, *, by: Person) -> Marks:
    """What the person has of her own on the conversation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT seen_at FROM communis_mark WHERE person_id = %s AND conversation_id = %s),"
            " (SELECT way FROM communis_following WHERE person_id = %s AND conversation_id = %s)",
            [by.id, conversation_id] * 2,
        )
        seen_until, way = cursor.fetchone()
    return Marks(seen_until, Following.Way(way) if way is not None else None)


def mark_seen(conversation_id: int, until: int, *, by: Person) -> None:
    """Remember that the person has seen what was opened until this moment."""
    Mark.objects.update_or_create(person=by, conversation_id=conversation_id, defaults={"seen_at": until})


@transaction.atomic
def follow(conversation: str, way: Following.Way | None, *, by: Person) -> None:
    """Listen to a conversation, keep it silent, or neither (None). Raises NotThere."""
    found = Conversation.visible.to(viewer_for(by.id)).filter(public_id=conversation).first()
    if found is None:
        raise NotThere
    if way is None:
        Following.objects.filter(person=by, conversation=found).delete()
    else:
        Following.objects.update_or_create(person=by, conversation=found, defaults={"way": way})


def carry_over(old: Conversation, new: Conversation) -> None:
    """A branch moved from the one to the other: whoever sees any of it has read and follows it as before.

    For those who see nothing of it no row is made: nothing later may show that they were near it.
    """
    marks = list(Mark.objects.filter(conversation=old))
    ways = list(Following.objects.filter(conversation=old))
    concerned = {
        person
        for person in {*(mark.person_id for mark in marks), *(one.person_id for one in ways)}
        if Conversation.visible.to(viewer_for(person)).filter(id=new.id).exists()
    }
    Mark.objects.bulk_create(
        Mark(person_id=mark.person_id, conversation=new, seen_at=mark.seen_at)
        for mark in marks
        if mark.person_id in concerned
    )
    Following.objects.bulk_create(
        Following(person_id=one.person_id, conversation=new, way=one.way)
        for one in ways
        if one.person_id in concerned
    )


def ways_of(conversations: list[int], *, by: Person) -> dict[int, Following.Way]:
    """``{conversation id: way}`` for those of the conversations that the person follows in some way."""
    rows = Following.objects.filter(person=by, conversation_id__in=conversations)
    return {number: Following.Way(way) for number, way in rows.values_list("conversation_id", "way")}


def has_looked(*, by: Person) -> bool:
    """Whether the person has ever opened a conversation."""
    return Mark.objects.filter(person=by).exists()


def looked_since(conversation: OuterRef, moment: OuterRef, *, by: int) -> Exists:
    """A condition for rows with a conversation and a moment: the person has seen the conversation since."""
    return Exists(Mark.objects.filter(person_id=by, conversation_id=conversation, seen_at__gte=moment))
