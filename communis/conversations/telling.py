"""Whom something said may concern: persons as plain ids, for telling and never for showing.

Whether each of them may see it is another matter: ``lines_seen`` asks the gate.
"""

from django.db import models

from communis.conversations.gate import seen_contributions
from communis.conversations.kinds import Kind
from communis.conversations.models import Contribution, Following, Host, Line, Share
from communis.openness.bylines import authors
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.naming import persons_behind


def written_to(line_id: int) -> set[int]:
    """The persons a direct letter names, its author among them; empty for anything wider."""
    share = Share.everything.filter(line_id=line_id, ended_at=None, rung=Rung.DIRECT).first()
    if share is None:
        return set()
    return {person.id for person in persons_behind(share.audience.principals())}


def author_of(line_id: int) -> set[int]:
    """The person who said it: one, or none when no person here did."""
    contribution = Line.everything.filter(id=line_id).values("contribution_id")
    return _authors(Contribution.everything.filter(id__in=contribution))


def line_at(public_id: str) -> int | None:
    """The number of the line with this public id; who may see it is asked where it is acted on."""
    return Line.everything.filter(public_id=public_id).values_list("id", flat=True).first()


def kind_on(line_id: int) -> Kind | None:
    """What kind of contribution stands on the line."""
    said = Line.everything.filter(id=line_id).values("contribution_id")
    kind = Contribution.everything.filter(id__in=said).values_list("kind", flat=True).first()
    return Kind(kind) if kind is not None else None


def answered_by(line_id: int) -> int | None:
    """The number of the contribution that the words on the line answer."""
    said = Line.everything.filter(id=line_id).values("contribution_id")
    return Contribution.everything.filter(id__in=said).values_list("parent_id", flat=True).first()


def seen_by_author(line_id: int, person_id: int) -> int | None:
    """The line on which a person sees the words that stand on this one; None when on none."""
    contribution = Line.everything.values_list("contribution_id", flat=True).get(id=line_id)
    seen = seen_contributions([contribution], viewer_for(person_id))
    return seen[0].line_number if seen else None


def authors_of_answers_to(line_id: int, before: int) -> set[int]:
    """Those who had answered it before this moment, with something that is still there."""
    answered = Line.everything.filter(id=line_id).values("contribution_id")
    answers = Contribution.everything.filter(parent_id__in=answered)
    live = Share.everything.filter(
        contribution_id__in=answers.values("id"), ended_at=None, opened_at__lte=before
    )
    return _authors(answers.filter(id__in=live.values("contribution_id")))


def hosts_of(line_id: int) -> set[int]:
    """Those who look after the question on this line; nobody when it is no question."""
    return set(Host.objects.filter(line_id=line_id).values_list("person_id", flat=True))


def listeners_of(conversation_id: int) -> set[int]:
    """Those who listen to the conversation."""
    return _following(conversation_id, *Following.LISTENING)


def mailed_in(conversation_id: int) -> set[int]:
    """Those who want each contribution to the conversation as a mail."""
    return _following(conversation_id, Following.Way.MAILED)


def authors_in(conversation_id: int, before: int) -> set[int]:
    """Those who had said something in it before this moment that is still there."""
    live = Share.everything.filter(conversation_id=conversation_id, ended_at=None, opened_at__lte=before)
    return _authors(Contribution.everything.filter(id__in=live.values("contribution_id")))


def conversation_of(line_id: int) -> int | None:
    """The conversation a line stands in now; None when it was taken back."""
    live = Share.everything.filter(line_id=line_id, ended_at=None)
    return live.values_list("conversation_id", flat=True).first()


def lines_in(conversation_id: int) -> list[int]:
    """The numbers of all lines whose contributions stand in this conversation now; for keeping copies true."""
    here = Contribution.everything.filter(conversation_id=conversation_id)
    return list(Line.everything.filter(contribution_id__in=here.values("id")).values_list("id", flat=True))


def silent_in(conversation_id: int) -> set[int]:
    """Those who want to be told of nothing in the conversation."""
    return _following(conversation_id, Following.Way.SILENT)


def _following(conversation_id: int, *ways: Following.Way) -> set[int]:
    rows = Following.objects.filter(conversation_id=conversation_id, way__in=ways)
    return set(rows.values_list("person_id", flat=True))


def _authors(contributions: models.QuerySet[Contribution]) -> set[int]:
    authorships = contributions.filter(authorship_id__isnull=False).values_list("authorship_id", flat=True)
    return set(authors(list(authorships)).values())
