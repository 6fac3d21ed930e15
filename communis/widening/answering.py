"""An author's answer: yes as it stands, with other words, without the name, later, after something; or no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from communis.conversations import markdown
from communis.conversations.lines_shown import shown_on
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.wider import lock
from communis.journal.idempotency import once
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening import rules
from communis.widening.before_opening import stopping
from communis.widening.binding import YES, digest, html_for
from communis.widening.future import Asked, Proposal
from communis.widening.models import Consent, Widening

Way = Consent.Way
LONGEST_EVENT = 140


@dataclass(frozen=True)
class Answered:
    """An answer for one contribution. ``line`` is the number of its line; ``page`` the hash of what was shown."""

    line: int
    way: Consent.Way
    text: str = ""
    not_before: int | None = None
    page: str = ""
    waits_for: str = ""


def answer(widening: str, answers: Sequence[Answered], *, by: Person, key: str = "") -> None:
    """Answer for one's own words; what is left out stays as it was.

    Raises NotThere, and Refused with the field ``<line>`` when the words have changed since they were shown,
    when it is too late, or when other words are missing.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        found = Widening.visible.to(viewer).select_for_update().filter(public_id=widening).first()
        if found is None:
            raise NotThere
        own = {one.line_id: one for one in Consent.visible.to(viewer).filter(widening=found)}
        # Nobody edits between the look and the answer: what is bound is what was looked at.
        lock(shown_on(own, found.audience.rung).values())
        proposal = Proposal(found)
        asked = {one.consent.line_id: one for one in proposal.asked_of(by, viewer)}
        for given in _taken(proposal, own, asked, answers, now()):
            verb = "consented" if given.way in YES else "declined"
            record(verb, by=by.id, widening=found.id, line=given.line)
        return widening

    once(by.id, key, act)


@transaction.atomic
def answer_by_receipt(
    widening: str, answers: Sequence[Answered], *, receipt: int, viewer: Viewer, at: int
) -> list[int]:
    """Answer for words said under a receipt; returns the lines answered for. The journal is the caller's.

    ``viewer`` looks with the receipt; ``at`` is a moment that says no more than the day (gate rule 25). Raises
    NotThere and Refused as ``answer`` does.
    """
    found = Widening.everything.select_for_update().filter(public_id=widening).first()
    rows = Consent.everything.filter(widening=found, receipt_id=receipt) if found is not None else []
    own = {one.line_id: one for one in rows}
    if found is None or not own:
        raise NotThere
    lock(shown_on(own, found.audience.rung).values())
    proposal = Proposal(found)
    asked = {one.consent.line_id: one for one in proposal.asked_by_receipt(receipt, viewer)}
    return [given.line for given in _taken(proposal, own, asked, answers, at)]


def _taken(
    proposal: Proposal,
    own: Mapping[int, Consent],
    asked: Mapping[int, Asked],
    answers: Sequence[Answered],
    at: int,
) -> list[Answered]:
    """Keep the answers; returns those that changed something."""
    taken: list[Answered] = []
    for given in answers:
        consent = own.get(given.line)
        if consent is None:
            raise NotThere
        if given.line not in asked or not _changes(proposal.widening, consent, given):
            continue  # taken back meanwhile, so that there is nothing to open; or as it was
        if given.way in YES and given.page and given.page != asked[given.line].page:
            raise Refused(
                _("The words have changed since you looked. Read them again, then answer."),
                str(given.line),
            )
        _keep(consent, given, proposal, at)
        taken.append(given)
    return taken


def _changes(widening: Widening, consent: Consent, given: Answered) -> bool:
    """Whether the answer is to be kept. Raises Refused when it comes too late."""
    if rules.may_answer(widening, now()):
        return True
    as_before = (
        given.text.strip() in ("", consent.text)
        and given.not_before in (None, consent.not_before)
        and _one_line(given.waits_for) in ("", consent.waits_for)
    )
    if given.way == consent.way and as_before:
        # Nothing: what was said yes to is not bound anew after others have looked at it.
        return False
    if given.way == Way.NO and consent.opened_id is None and rules.may_take_back(widening):
        return consent.way in YES
    raise Refused(_("It is too late to answer now. Your words are where they were."), "")


def _keep(consent: Consent, given: Answered, proposal: Proposal, at: int) -> None:
    waited_for, happened_at = consent.waits_for, consent.happened_at
    consent.way, consent.text, consent.not_before, consent.digest = given.way, "", None, None
    consent.waits_for, consent.happened_at = "", None
    if given.way == Way.OTHER_WORDS:
        consent.text = _words(given)
    if given.way == Way.LATER:
        consent.not_before = _moment(given)
    if given.way == Way.AFTER:
        consent.waits_for = _event(given)
        # What has happened has happened, also when the form is sent once more.
        consent.happened_at = happened_at if consent.waits_for == waited_for else None
    if given.way in YES:
        shown = proposal.among[consent.line_id]
        found = stopping(html_for(shown, given.way, consent.text), shown, proposal.widening)
        if found:
            raise Refused(found[0].explanation, str(given.line))
        consent.digest = digest(
            shown,
            proposal.above(shown),
            proposal.widening.audience_id,
            way=given.way,
            text=consent.text,
            not_before=consent.not_before,
            waits_for=consent.waits_for,
        )
    consent.answered_at = at
    consent.save()


def _words(given: Answered) -> str:
    text = given.text.strip()
    if not text:
        raise Refused(_("Write the words you want to show instead."), str(given.line))
    try:
        markdown.render(text)
    except markdown.TextTooLong as error:
        raise Refused(str(error), str(given.line)) from error
    return text


def _moment(given: Answered) -> int:
    if given.not_before is None:
        raise Refused(_("Write the day before which it stays here, like this: 2026-03-31."), str(given.line))
    return given.not_before


def _event(given: Answered) -> str:
    words = _one_line(given.waits_for)
    if not words:
        raise Refused(_("Write what has to happen first."), str(given.line))
    if len(words) > LONGEST_EVENT:
        raise Refused(_("Say in at most 140 characters what has to happen first."), str(given.line))
    return words


def _one_line(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())
