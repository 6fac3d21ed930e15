"""Telling what was done after a yes, and what came of it (R30, R59, R96).

An outcome is a contribution that hangs on the answer: never wider than the answer, which is never wider than its idea.
It is opened to more people by consent, as everything said is. More may be told later; all of it stays.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communis.answers import rules
from communis.answers.answering import MOST_SENTENCES
from communis.answers.mandates import holds_any
from communis.answers.models import Answer, Ask, Mandate
from communis.answers.verdicts import Verdict
from communis.conversations.contributing import contribute
from communis.conversations.effects import note_effect
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of, share_to_act_on
from communis.conversations.readability import sentences
from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for
from communis.people.models import Person, Role
from communis.people.naming import person_with

LONGEST = 300
LONGEST_MORE = 5000
LONGEST_EFFECT = 500
LONGEST_GOAL = 100


@dataclass(frozen=True)
class Outcome:
    """What was done in one or two sentences and then more, as Markdown; what came of it, and toward which goal."""

    words: str
    more: str = ""
    effect: str = ""
    goal: str = ""

    def as_text(self) -> str:
        """As it is read: the sentences first, the rest below."""
        return "\n\n".join(part.strip() for part in (self.words, self.more) if part.strip())


def tell_outcome(
    answer: str, outcome: Outcome, *, by: Person, role: Role | None = None, key: str = ""
) -> str:
    """Tell what became of what the answer on this line said yes to; returns the line of what was told.

    Raises NotThere where ``by`` sees no answer; Refused without a mandate, after another verdict, or where the
    answer has been replaced.
    """

    def act() -> str:
        share, kind = share_to_act_on(answer, viewer_for(by.id))
        given = answer_said(share.contribution_id) if kind == Kind.ANSWER else None
        if given is None:
            raise NotThere
        if not may_tell_outcome(given, by=by):
            raise Refused(
                _(
                    "What came of it is told after a yes that still stands, by someone who holds the mandate now."
                )
            )
        check(outcome)
        told = contribute(answer, outcome.as_text(), by=by, kind=Kind.OUTCOME, role=role)
        note_effect(told.revision_id, one_line(outcome.effect), one_line(outcome.goal))
        record(
            "told outcome", by=by.id, answer=given.id, line=told.line_id, conversation=told.conversation_id
        )
        return address_of(told)[1]

    return once(by.id, key, act)


def answer_said(contribution: int) -> Answer | None:
    """The answer that has become this contribution, which the caller has from the gate."""
    found: Answer | None = Answer.everything.filter(contribution_id=contribution).first()
    return found


def may_tell_outcome(answer: Answer, *, by: Person) -> bool:
    """Whether the person may tell what came of an answer that the caller has from the gate."""
    # One that only its giver and the author read yet is not told of here.
    replaced = Answer.everything.filter(supersedes=answer, contribution_id__isnull=False).exists()
    within = Ask.everything.filter(id=answer.ask_id).values("mandate_id")
    mandate = Mandate.everything.get(id__in=within)
    return not replaced and rules.may_tell_outcome(
        Verdict(answer.verdict), [mandate, *_after(mandate)], by, now()
    )


def may_tell_here(answer: Seen, viewer: Viewer) -> bool:
    """Whether the viewer may tell what came of this answer, for the page that offers it."""
    if viewer.person_id is None:
        return False
    by, given = person_with(viewer.person_id), answer_said(answer.contribution)
    return given is not None and holds_any(by) and may_tell_outcome(given, by=by)


def _after(mandate: Mandate) -> QuerySet[Mandate]:
    """The same mandate as others hold it: the same words for the same unit."""
    same = Mandate.everything.filter(subject__iexact=mandate.subject, unit_id=mandate.unit_id)
    return same.exclude(id=mandate.id).order_by("id")


def check(outcome: Outcome) -> None:
    """Whether it can be told so. Raises Refused, which names the field."""
    if not outcome.words.strip():
        raise Refused(_("Say in one or two sentences what was done."), "words")
    if len(outcome.words) > LONGEST or len(sentences(outcome.words)) > MOST_SENTENCES:
        raise Refused(
            _("Say it in one or two sentences, 300 characters at most. The rest goes below."), "words"
        )
    if len(outcome.more) > LONGEST_MORE:
        raise Refused(_("At most 5,000 characters here."), "more")
    if len(one_line(outcome.effect)) > LONGEST_EFFECT:
        raise Refused(_("At most 500 characters here."), "effect")
    if len(one_line(outcome.goal)) > LONGEST_GOAL:
        raise Refused(_("Name the goal in at most 100 characters."), "goal")


def one_line(text: str) -> str:
    """Without line breaks, and without the one character that cannot be kept."""
    return " ".join(text.replace("\x00", "").split())
