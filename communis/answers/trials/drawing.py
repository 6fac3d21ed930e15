"""Drawing a trial from an answer: a no or a *not now* that all who read the idea have read too.

The words begin with what the answer says. Who had the idea, and who gave the answer, do not go along.
"""

from typing import NamedTuple

from django.utils.timezone import localtime

from communis.answers.asking import mandate_of
from communis.answers.models import Answer, Ask
from communis.answers.trials import rules
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.lines import line_open
from communis.conversations.markdown import first_sentence, plain, render
from communis.conversations.refusals import NotThere
from communis.journal.moments import as_datetime, now
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for
from communis.people.models import Person

DRAWN_FROM = (Verdict.NO, Verdict.NOT_NOW)


class Drawn(NamedTuple):
    """An answer that a trial can be drawn from, and the idea as the person who draws reads it."""

    answer: Answer
    idea: Seen
    # What the form begins with.
    what: str
    reason: str
    reason_kind: ReasonKind
    year: int


def drawn_from(answer: str, *, by: Person) -> Drawn:
    """The answer with this public id. Raises NotThere for anyone who may not draw from it, and before it opens."""
    viewer = viewer_for(by.id)
    found = Answer.everything.filter(public_id=answer, verdict__in=DRAWN_FROM).first()
    if found is None or not _may_draw(found, viewer, by.id):
        raise NotThere
    ask = Ask.everything.get(id=found.ask_id)
    idea = line_open(ask.line_id, viewer).seen
    return Drawn(
        found,
        idea,
        first_sentence(idea.html)[:200],
        plain(render(found.for_all)),
        ReasonKind(found.reason_kind) if found.reason_kind else ReasonKind.PRIORITY,
        localtime(as_datetime(found.given_at)).year,
    )


def may_draw_from(answer: str, viewer: Viewer, by: int) -> bool:
    """For the page that offers it."""
    found = Answer.everything.filter(public_id=answer, verdict__in=DRAWN_FROM).first()
    return found is not None and _may_draw(found, viewer, by)


def _may_draw(answer: Answer, viewer: Viewer, by: int) -> bool:
    """Not during the heads-up: what becomes of an answer tells that it has been given (R18)."""
    ask = Ask.visible.to(viewer).filter(id=answer.ask_id).first()
    if ask is None or answer.contribution_id is None:
        return False
    if not seen_contributions([answer.contribution_id], viewer):
        return False
    return rules.may_draw_trial(mandate_of(ask), by, now())
