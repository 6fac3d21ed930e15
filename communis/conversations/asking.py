"""What a conversation is about: its opening, and, for a question, its terms and hosts."""

from typing import NamedTuple

from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind, Level
from communis.conversations.models import Conversation, Host, QuestionTerms
from communis.looking.viewers import Viewer
from communis.people.models import Person


class Question(NamedTuple):
    """A question's terms, for whoever sees its share. ``hosts`` are those hosts the viewer may list."""

    level: Level
    scope: str
    answer_by: str
    hosts: list[Person]


def conversation_of(public_id: str, viewer: Viewer) -> Conversation | None:
    """The conversation with this public id if the viewer sees any share in it; hidden is missing."""
    found: Conversation | None = Conversation.visible.to(viewer).filter(public_id=public_id).first()
    return found


def question_of(opening: Seen, viewer: Viewer) -> Question | None:
    """The terms of a question that the caller has from the gate."""
    if opening.kind != Kind.QUESTION:
        return None
    terms = QuestionTerms.objects.filter(revision_id=opening.revision).first()
    if terms is None:
        return None
    hosting = Host.objects.filter(line_id=opening.line_number).values("person_id")
    hosts = list(Person.visible.to(viewer).filter(id__in=hosting).order_by("id"))
    return Question(Level(terms.level), terms.scope, str(terms.answer_by or ""), hosts)
