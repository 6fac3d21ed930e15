"""Rows of lists, as plain values for the templates: the words as written, whose, how open, and where."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from communis.conversations.gate import Seen
from communis.conversations.kinds import Level
from communis.conversations.listing import Listed
from communis.conversations.markdown import first_line
from communis.conversations.questions import Asked
from communis.conversations.restating import headlines
from communis.conversations.shown_words import byline, sentence
from communis.conversations.thoughts import Thought
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung


class Row(NamedTuple):
    """A thought, a question or a conversation in a list. There are no numbers in it."""

    words: str
    byline: str
    rung: Rung
    opened_at: int
    address: str
    # The words it answers; empty when it answers nothing that is seen.
    answers: str = ""
    new: bool = False


class QuestionRow(NamedTuple):
    """A question in a list: the row, what can be influenced, and until when."""

    row: Row
    level: Level
    answer_by: str
    closed: bool
    # Where simpler words stand as the headline: the question in its own words, and whose the simpler ones are.
    original: str = ""
    simpler_by: str = ""


def thought_row(thought: Thought, *, marks: bool) -> Row:
    """``marks``: whether what is new to the viewer is marked; the signed-out have no marks."""
    return Row(
        sentence(thought.said),
        byline(thought.said),
        Rung(thought.said.rung),
        thought.said.opened_at,
        address(thought.conversation, thought.said),
        sentence(thought.answers) if thought.answers else "",
        marks and thought.changed and not thought.said.own,
    )


def question_rows(asked: Sequence[Asked], today: str, viewer: Viewer) -> list[QuestionRow]:
    """``today`` as *2026-11-24*, in the organisation's own time."""
    simpler = headlines([one.said for one in asked], viewer)
    return [_question_row(one, today, simpler.get(one.said.contribution)) for one in asked]


def _question_row(asked: Asked, today: str, simpler: Seen | None) -> QuestionRow:
    until = asked.answer_by.isoformat() if asked.answer_by else ""
    row = Row(
        sentence(simpler or asked.said),
        byline(asked.said),
        Rung(asked.said.rung),
        asked.said.opened_at,
        reverse("conversation", args=[asked.conversation]),
    )
    return QuestionRow(
        row,
        asked.level,
        until,
        bool(until) and until < today,
        sentence(asked.said) if simpler else "",
        byline(simpler) if simpler else "",
    )


def conversation_rows(found: Sequence[Listed], viewer: Viewer) -> list[Row | None]:
    """Conversations by their headlines; None where neither the opening nor its rung is known to the viewer."""
    simpler = headlines([one.opening for one in found if one.opening], viewer)
    return [_conversation_row(one, simpler) for one in found]


def _conversation_row(listed: Listed, simpler: Mapping[int, Seen]) -> Row | None:
    where = reverse("conversation", args=[listed.public_id])
    if listed.opening is None:
        return None
    opening = listed.opening
    title = first_line(simpler.get(opening.contribution, opening).html) or _("A picture")
    return Row(title, byline(opening), Rung(opening.rung), listed.last_at, where, new=listed.changed)


def address(conversation: str, seen: Seen) -> str:
    """A contribution in its conversation."""
    return f"{reverse('conversation', args=[conversation])}#{seen.line}"
