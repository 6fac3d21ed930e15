"""Giving an answer by mail: a verdict alone on the first line, the answer and its reason below it (R7, R19)."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import override, pgettext

from communis.answers.answering import Given, Wording, give_answer
from communis.answers.drafts import drafted, keep_draft
from communis.answers.models import Ask
from communis.answers.queue import Waiting, ask_waiting
from communis.answers.verdicts import ReasonKind, Verdict
from communis.channels.email.destinations import Destination
from communis.channels.email.models import Arrived
from communis.channels.email.offered_words import below_the_word, word_first_in
from communis.conversations.refusals import NotThere, Refused
from communis.openness.audiences import audiences_with
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import person_with

Outcome, Reason = Arrived.Outcome, Arrived.Reason
# *Not now* needs a day, which is chosen on the page.
BY_MAIL = (Verdict.YES, Verdict.YES_IF, Verdict.NOT_MINE, Verdict.NEED_TO_KNOW)


class Said(NamedTuple):
    """A verdict, and of a no the kind of its reason."""

    verdict: Verdict
    reason_kind: ReasonKind | None = None


@lru_cache(maxsize=1)
def verdicts_by_word() -> dict[str, Said]:
    """In both languages, whichever the mail was in; a no has the kind of its reason with it."""
    words: dict[str, Said] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words |= {word.casefold(): said for word, said in words_here().items()}
    return words


def words_here() -> dict[str, Said]:
    """``{what is written: the verdict}`` in the active language."""
    no = pgettext("word in a mail", "no")
    words = {str(verdict.label).lower(): Said(verdict) for verdict in BY_MAIL}
    return words | {f"{no}: {kind.label}": Said(Verdict.NO, kind) for kind in ReasonKind}


def ask_by_mail(ask: int | None, *, by: Person) -> Waiting | None:
    """What the person can answer by mail; None for what is not hers to answer, or does not wait any more."""
    viewer = viewer_for(by.id)
    found = Ask.visible.to(viewer).filter(id=ask).first()
    try:
        waiting = ask_waiting(found.public_id, viewer, by=by) if found is not None else None
    except NotThere:
        return None
    if waiting is None or waiting.ask.state not in (Ask.State.WAITING, Ask.State.AUTHORS_TURN):
        return None
    return waiting


def takes_verdict(waiting: Waiting) -> bool:
    """Whether a verdict can be given by mail: of what more than a letter's readers read only where there is time to
    think again before they do (rulings, Mail)."""
    rung = audiences_with([waiting.audience])[waiting.audience].rung
    thinks_again = settings.HOURS_OF_HEADS_UP > 0 and not settings.MAIL_MUST_BE_CONFIRMED
    return rung == Rung.DIRECT or (thinks_again and waiting.others_read)


def has_verdict(written: str) -> bool:
    """Whether one of the words stands alone on the first line."""
    return bool(word_first_in(written, verdicts_by_word()))


def give_verdict(written: str, destination: Destination) -> tuple[Arrived.Outcome, Arrived.Reason]:
    """Answer what was asked, with the checks of the page; what becomes of the mail, and why.

    Where something is missing, what was written is kept as the draft of the page's form, over nothing that is there.
    """
    assert destination.person_id is not None  # the address says whose it is
    person = person_with(destination.person_id)
    waiting = ask_by_mail(destination.ask_id, by=person)
    if waiting is None:
        return Outcome.HELD, Reason.TOO_LATE
    said = verdicts_by_word()[word_first_in(written, verdicts_by_word())]
    words, reason = _answer_and_reason(below_the_word(written))
    given = Given(said.verdict, Wording(words, reason), said.reason_kind)
    if not takes_verdict(waiting):
        return _kept(waiting, said, words, reason, person)
    try:
        give_answer(waiting.ask.public_id, given, by=person)
    except (NotThere, Refused):
        return _kept(waiting, said, words, reason, person)
    return Outcome.OFFERED_WORD, Reason.NONE


def _answer_and_reason(below: str) -> tuple[str, str]:
    """The first paragraph is the answer, what follows it the reason."""
    words, _blank, reason = below.partition("\n\n")
    return words.strip(), reason.strip()


def _kept(
    waiting: Waiting, said: Said, words: str, reason: str, person: Person
) -> tuple[Arrived.Outcome, Arrived.Reason]:
    if drafted(waiting.ask.public_id, by=person) is not None:
        # She has begun on the page: that is hers to go on with, and the mail waits beside it.
        return Outcome.HELD, Reason.NOT_WHOLE
    typed = {
        "verdict": str(said.verdict.value),
        "words": words,
        "reason": reason,
        "reason_kind": str(said.reason_kind.value) if said.reason_kind else "",
    }
    try:
        keep_draft(waiting.ask.public_id, typed, by=person)
    except (NotThere, Refused):
        return Outcome.HELD, Reason.NOT_WHOLE
    return Outcome.OFFERED_WORD, Reason.NOT_WHOLE
