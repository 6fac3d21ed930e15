"""Giving an answer: a verdict and its reason, read first by whoever wrote what is answered (R18-R24, R54, R55).

There is one verdict, so what its author reads and what everybody else reads cannot differ in it (R20). An answer is
never wider than its idea: it becomes a contribution for those who read what was asked about.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from communis.answers import heads_up, rules
from communis.answers.absences import stands_in
from communis.answers.asking import mandate_of, own_ask
from communis.answers.models import Answer, Ask, Mandate
from communis.answers.promises import today
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations import activity
from communis.conversations.contributing import contribute, say_as_given
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_open
from communis.conversations.models import Share
from communis.conversations.readability import sentences
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.rules import may_speak_as
from communis.conversations.telling import author_of
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.openness.audiences import audiences_with
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person, Role
from communis.people.naming import person_with

MOST_SENTENCES = 2
LONGEST = 300
LONGEST_REASON = 5000


@dataclass(frozen=True)
class Wording:
    """An answer in words, as Markdown: one or two sentences, the reason, and what its author could not have known."""

    words: str
    reason: str = ""
    unknown: str = ""

    def as_text(self) -> str:
        """As it is read: the sentences first, the rest below."""
        return "\n\n".join(part.strip() for part in (self.words, self.reason, self.unknown) if part.strip())


@dataclass(frozen=True)
class Given:
    """What was chosen and written. ``for_all``: other words for everybody but the author, under the same verdict."""

    verdict: Verdict
    wording: Wording
    reason_kind: ReasonKind | None = None
    # The day it is taken up again.
    again: datetime.date | None = None
    for_all: Wording | None = None


def give_answer(ask: str, given: Given, *, by: Person, role: Role | None = None, key: str = "") -> str:
    """Answer what was asked; returns the answer's public id.

    Whoever wrote what is answered reads it at once. Others who read the idea do so after the heads-up, except where
    there are no others. Raises NotThere; Refused without a mandate, or when something the verdict needs is missing.
    """

    def act() -> str:
        found, share = own_ask(ask, by=by, or_instead=True)
        mandate = mandate_of(found)
        _check_right(found, mandate, by)
        check(given)
        if role is not None and not may_speak_as(by, role, now()):
            raise Refused(
                _("You do not hold that role now. Choose your own name, or a role you hold."), "byline"
            )
        earlier = _standing(found)
        alone = only_the_two(found, share.audience_id)
        answer = Answer.everything.create(
            public_id=public_id(),
            ask=found,
            person=by,
            role=role,
            verdict=given.verdict,
            reason_kind=given.reason_kind,
            again=given.again,
            for_author=given.wording.as_text(),
            for_all=(given.wording if alone else given.for_all or given.wording).as_text(),
            given_at=now(),
            line_id=line_open(found.line_id, viewer_for(by.id)).seen.line_number,
            supersedes=earlier,
            **({"opens_at": now()} if alone else heads_up.begun()),
        )
        asks_back = given.verdict == Verdict.NEED_TO_KNOW
        state = Ask.State.AUTHORS_TURN if asks_back else Ask.State.ANSWERED
        Ask.everything.filter(id=found.id).update(state=state)
        activity.touch(share.conversation_id, share.audience)
        record(
            "gave answer",
            by=by.id,
            ask=found.id,
            answer=answer.id,
            line=share.line_id,
            conversation=share.conversation_id,
        )
        if alone:
            _open(answer)
        return answer.public_id

    return once(by.id, key, act)


def _check_right(ask: Ask, mandate: Mandate, by: Person) -> None:
    if ask.conflict:
        raise Refused(_("You have a stake in this. Hand it over to someone who has none."))
    if not rules.may_answer(ask, mandate, by, now(), instead=stands_in(ask, by)):
        raise Refused(_("You hold no mandate for this now. Hand it over to someone who does."))


def check(given: Given) -> None:
    """Whether a verdict has what it needs. Raises Refused, which names the field."""
    words = given.wording.words.strip()
    if not words:
        raise Refused(_("Write the answer in one or two sentences."), "words")
    for wording, prefix in ((given.wording, ""), (given.for_all, "all_")):
        if wording is None:
            continue
        if not wording.words.strip():
            raise Refused(_("Write the answer in one or two sentences."), f"{prefix}words")
        if len(wording.words) > LONGEST or len(sentences(wording.words)) > MOST_SENTENCES:
            raise Refused(
                _("Say it in one or two sentences, 300 characters at most. The rest goes with the reason."),
                f"{prefix}words",
            )
        if len(wording.reason) > LONGEST_REASON or len(wording.unknown) > LONGEST_REASON:
            raise Refused(_("At most 5,000 characters here."), f"{prefix}reason")
        if given.verdict == Verdict.NO and not wording.reason.strip():
            raise Refused(_("A no needs its reason. Whoever asked can answer it."), f"{prefix}reason")
    if given.verdict == Verdict.NO and given.reason_kind is None:
        raise Refused(_("Choose what kind of reason it is."), "reason_kind")
    if given.verdict == Verdict.NOT_NOW and (given.again is None or given.again <= today()):
        raise Refused(_("Say on which day you take it up again: one that is still to come."), "again")


def _standing(ask: Ask) -> Answer | None:
    """The answer that the new one follows: the last to the same words by the same ask."""
    return Answer.everything.filter(ask=ask).order_by("-id").first()


def only_the_two(ask: Ask, audience: int) -> bool:
    """Whether nobody reads the idea but who wrote it and who answers: then there is no one to wait for.

    Also where nobody here wrote it whom a heads-up could reach: behind the scenes, or from outside.
    """
    authors = author_of(ask.line_id)
    if not authors:
        return True
    read = audiences_with([audience])[audience]
    readers = read.readers() if read.rung == Rung.DIRECT else None
    return readers is not None and readers <= {*authors, ask.person_id}


def replace_answer(answer: str, given: Given, *, by: Person, role: Role | None = None, key: str = "") -> str:
    """*I have changed my mind*: a new answer in place of one's own earlier one, which stays readable (R21).

    Raises NotThere for anyone but who gave it; Refused as ``give_answer`` does.
    """

    def act() -> str:
        earlier = Answer.everything.filter(public_id=answer, person=by).first()
        if earlier is None:
            raise NotThere
        if Answer.everything.filter(supersedes=earlier).exists():
            raise Refused(_("You have replaced this answer already. Replace the newest one."))
        Ask.everything.filter(id=earlier.ask_id).exclude(state=Ask.State.TAKEN_BACK).update(
            state=Ask.State.WAITING
        )
        if earlier.opens_at is not None and earlier.contribution_id is None:
            # Nobody but its author has read it, and nobody else will.
            Answer.everything.filter(id=earlier.id).update(opens_at=None)
        asked = Ask.everything.get(id=earlier.ask_id).public_id
        return give_answer(asked, given, by=by, role=role)

    return once(by.id, key, act)


def open_answers() -> int:
    """Show the answers whose heads-up is over; returns how many. For the worker, and safe to repeat.

    There is no row for the future: the gate is asked now (gate rule 13). Whether its giver might was asked when it was
    given.
    """
    waiting = Answer.everything.filter(opens_at__isnull=False, contribution_id__isnull=True).order_by("id")
    opened = 0
    for number in [one.id for one in waiting if heads_up.is_over(one)]:
        with transaction.atomic():
            answer = Answer.everything.select_for_update().get(id=number)
            if answer.contribution_id is None and answer.opens_at is not None:
                opened += _open(answer)
    return opened


def _open(answer: Answer) -> bool:
    """Say the answer to those who read what was asked about. When that is gone, only its author has read it."""
    ask = Ask.everything.get(id=answer.ask_id)
    try:
        share = _said(answer, ask)
    except NotThere:
        Answer.everything.filter(id=answer.id).update(opens_at=None)
        return False
    Answer.everything.filter(id=answer.id).update(opens_at=None, contribution_id=share.contribution_id)
    record(
        "opened answer",
        by=None,
        answer=answer.id,
        ask=ask.id,
        line=share.line_id,
        conversation=share.conversation_id,
    )
    return True


def _said(answer: Answer, ask: Ask) -> Share:
    """As whoever gave it; and where that person can look or speak so no longer, as it was given then.

    Somebody who leaves during the heads-up takes nothing away from those who wait. Raises NotThere.
    """
    giver = person_with(answer.person_id)
    try:
        on = line_open(ask.line_id, viewer_for(answer.person_id)).seen.line
        return contribute(on, answer.for_all, by=giver, kind=Kind.ANSWER, role=answer.role)
    except (NotThere, Refused):
        if answer.line_id is None:
            raise NotThere from None
        return say_as_given(answer.line_id, answer.for_all, by=giver, kind=Kind.ANSWER, role=answer.role)
