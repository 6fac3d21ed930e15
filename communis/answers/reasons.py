"""The author of an idea answers the reason once; whoever gave the answer keeps or replaces it (R19, rulings.md).

It is an ordinary contribution that answers the answer, noted as the one about the reason. It can be said when
others read the answer too: before, there is nothing for it to hang on that only the two would see.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from communis.answers.models import Answer, AnswerToReason, Ask
from communis.answers.verdicts import Verdict
from communis.conversations.contributing import contribute
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.lines import LineSeen, conversations_with, own_line_among, said_on
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.unnaming import hidden_as
from communis.journal.idempotency import once
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline
from communis.people.holdings import viewer_for
from communis.people.models import Person

# The verdicts that do not simply do it, and so have a reason to answer.
WITH_A_REASON = (Verdict.YES_IF, Verdict.NOT_NOW, Verdict.NO)


def answer_reason(answer: str, text: str, *, by: Person, key: str = "") -> str:
    """Answer the reason of an answer to one's own words; returns the answer's public id.

    It stands under the same name as the idea, or without one as the idea does: that it comes from the same person
    is said beside it. Raises NotThere for all but the author of the idea; Refused where it cannot be, or a second time.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        found = Answer.visible.to(viewer).filter(public_id=answer).select_for_update().first()
        if found is None or not own_line_among([_line_of(found)], by=by):
            raise NotThere
        refusal = _why_not(found)
        if refusal:
            raise Refused(refusal, "text")
        said = seen_contributions([found.contribution_id or 0], viewer)
        if not said:
            raise NotThere
        share = contribute(said[0].line, text, by=by, hidden=hidden_as(_line_of(found), said[0].rung))
        AnswerToReason.objects.create(answer=found, contribution_id=share.contribution_id)
        record(
            "answered reason",
            by=by.id,
            answer=found.id,
            line=share.line_id,
            conversation=share.conversation_id,
        )
        return answer

    return once(by.id, key, act)


def _line_of(answer: Answer) -> int:
    """The line that was asked about."""
    return Ask.everything.values_list("line_id", flat=True).get(id=answer.ask_id)


def _why_not(answer: Answer) -> str:
    """Why its reason cannot be answered now; empty when it can."""
    if answer.verdict not in WITH_A_REASON:
        return _("Only a no, a not now or a yes with a condition has a reason to answer.")
    if answer.contribution_id is None:
        return _("Others do not read the answer yet. Answer its reason when they do.")
    if Answer.everything.filter(supersedes=answer).exists():
        return _("There is a newer answer. Answer its reason instead.")
    if AnswerToReason.objects.filter(answer=answer).exists():
        return _("You have answered the reason. It can be done once.")
    return ""


class ReasonAnswered(NamedTuple):
    """What the author answered to the reason of one's answer, while one has not said whether the answer stands."""

    answer: str
    said: LineSeen


def reasons_answered(viewer: Viewer, *, by: Person) -> list[ReasonAnswered]:
    """Those that wait for the person who gave the answers, the oldest first. What was taken back is not there."""
    given = Answer.visible.to(viewer).filter(person_id=by.id)
    newest = given.exclude(id__in=Answer.everything.filter(supersedes__isnull=False).values("supersedes_id"))
    rows = AnswerToReason.objects.filter(answer_id__in=newest.values("id"), kept_at=None).order_by("id")
    answers = {row.contribution_id: row.answer_id for row in rows}
    public_ids = dict(newest.filter(id__in=answers.values()).values_list("id", "public_id"))
    said = seen_contributions(list(answers), viewer)
    places = conversations_with(said)
    return [
        ReasonAnswered(public_ids[answers[one.contribution]], LineSeen(one, places[one.conversation]))
        for one in said
    ]


def keep_answer(answer: str, *, by: Person, key: str = "") -> None:
    """*My answer stands*: said to the author alone. Raises NotThere for all but who gave it; Refused when replaced."""

    def act() -> str:
        viewer = viewer_for(by.id)
        found = Answer.visible.to(viewer).filter(public_id=answer, person_id=by.id).first()
        row = AnswerToReason.objects.filter(answer=found).select_for_update().first() if found else None
        said = seen_contributions([row.contribution_id], viewer) if row is not None else []
        if found is None or row is None or not said:
            raise NotThere
        if Answer.everything.filter(supersedes=found).exists():
            raise Refused(_("You have replaced this answer already. Replace the newest one."))
        if row.kept_at is None:
            AnswerToReason.objects.filter(id=row.id).update(kept_at=now())
            # Nothing is touched that others look at: nobody else learns that it was kept.
            about = {"line": said[0].line_number, "conversation": said[0].conversation}
            record("kept answer", by=by.id, answer=found.id, **about)
        return answer

    once(by.id, key, act)


class Standing(NamedTuple):
    """How far the two are with the reason of an answer: for its author and for who gave it, nobody else."""

    answer: str
    may_answer: bool
    answered: bool
    given_by_viewer: bool
    # Microseconds since 1970; None while it is not said.
    kept_at: int | None


def standing(answer: str, viewer: Viewer) -> Standing | None:
    """None for everybody but the two, and where the verdict has no reason to answer."""
    if viewer.person_id is None:
        return None
    found = Answer.visible.to(viewer).filter(public_id=answer).first()
    if found is None or found.verdict not in WITH_A_REASON:
        return None
    row = AnswerToReason.objects.filter(answer=found).first()
    given = found.person_id == viewer.person_id
    return Standing(
        found.public_id,
        not given and not _why_not(found),
        row is not None,
        given,
        row.kept_at if row is not None else None,
    )


def about_reasons(shown: Sequence[Seen], viewer: Viewer) -> set[int]:
    """Which of these contributions are said to answer a reason; the caller has them from the gate.

    To say so is to say that they come from whoever wrote the idea. So it is said only where both stand under the same
    kind of name to this viewer: else the one would tell who wrote the other.
    """
    rows = AnswerToReason.objects.filter(contribution_id__in=[one.contribution for one in shown])
    answers = dict(rows.values_list("answer_id", "contribution_id"))
    if not answers:
        return set()
    asks = dict(Answer.everything.filter(id__in=answers).values_list("id", "ask_id"))
    lines = dict(Ask.everything.filter(id__in=asks.values()).values_list("id", "line_id"))
    ideas = said_on(lines.values())
    seen = {one.contribution: one for one in seen_contributions(sorted(set(ideas.values())), viewer)}
    replies = {one.contribution: one for one in shown}
    return {
        reply
        for answer, reply in answers.items()
        if _same_name(replies[reply], seen.get(ideas[lines[asks[answer]]]))
    }


def _same_name(reply: Seen, idea: Seen | None) -> bool:
    if idea is None:
        return False
    if reply.byline < Byline.Kind.PSEUDONYM:
        return idea.byline < Byline.Kind.PSEUDONYM
    return (reply.byline, reply.alias) == (idea.byline, idea.alias)
