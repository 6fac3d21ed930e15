"""Choosing to open what can be opened; opening it when its time has come; and reminding once."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from communis.conversations.refusals import NotThere, Refused
from communis.conversations.wider import lock, open_wider
from communis.journal.idempotency import once
from communis.journal.moments import DAY, HOUR, now
from communis.journal.record import record
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening import rules
from communis.widening.future import Proposal
from communis.widening.models import Consent, Widening

State = Widening.State
# A proposal nobody chose anything about ends by itself so long after its time was out.
WAITS_FOR_CHOICE = 30 * DAY
# Rows changed by one statement.
TOGETHER = 200


def choose_to_open(widening: str, *, by: Person, key: str = "") -> None:
    """Open what can be opened, when the hours to take a yes back are out. Raises NotThere and Refused."""

    def act() -> str:
        found = _own(widening, by)
        proposal = Proposal(found)
        if not proposal.seen_whole_by(viewer_for(by.id)):
            raise Refused(_("You no longer see all of this conversation. Someone who does can propose it."))
        if not rules.may_choose(found, by) or not proposal.ready:
            raise Refused(_("Not everyone has answered yet, and the time is not out. Wait until then."))
        if not _still_allowed(proposal) or not proposal.openable:
            raise Refused(_("Nothing can be opened. Everything stays where it is."))
        _change(found, state=State.CHOSEN, opens_at=now() + settings.HOURS_TO_TAKE_BACK * HOUR)
        record("chose to open", by=by.id, widening=found.id, conversation=found.conversation_id)
        return found.public_id

    once(by.id, key, act)


def let_be(widening: str, *, by: Person, key: str = "") -> None:
    """Open nothing: at any time before it opens. Everything stays where it is. Raises NotThere."""

    def act() -> str:
        found = _own(widening, by)
        if found.state in (State.ASKING, State.CHOSEN):
            # Nobody can answer any more: from now on those who were asked are left in peace.
            _change(found, state=State.LEFT, answer_by=min(found.answer_by, now()))
            record("let widening be", by=by.id, widening=found.id, conversation=found.conversation_id)
        return found.public_id

    once(by.id, key, act)


def open_due() -> int:
    """Open everything whose time has come; returns how many lines opened. For the worker, and safe to repeat.

    There is no row for the future: consents and gate are asked now (gate rule 13).
    """
    opened = 0
    due = Widening.everything.filter(state=State.CHOSEN, opens_at__lte=now()).order_by("id")
    for number in due.values_list("id", flat=True):
        with transaction.atomic():
            opened += _open(Widening.everything.select_for_update().get(id=number))
    return opened


def _open(widening: Widening) -> int:
    if widening.state != State.CHOSEN:
        return 0
    # Whoever edits or narrows waits, or has done it before we look: what is opened is what was agreed to.
    lock(Proposal(widening).among.values())
    proposal = Proposal(widening)
    if not _still_allowed(proposal):
        _change(widening, state=State.LEFT)
        return 0
    due = [one for one in proposal.openable if one.not_before is None or one.not_before <= now()]
    opened = open_wider([one.wanted for one in due], proposal.audience)
    agreed = [one.consent for one in due if one.consent.line_id in opened]
    for consent in agreed:
        consent.opened_id = opened[consent.line_id]
    Consent.everything.bulk_update(agreed, ["opened"], batch_size=TOGETHER)
    if opened:
        lines = sorted(opened.values())
        about = {"widening": widening.id, "conversation": widening.conversation_id}
        record("opened wider", by=None, lines=lines, **about)
    if len(due) == len(proposal.openable):
        _change(widening, state=State.OPENED)
    return len(opened)


def _still_allowed(proposal: Proposal) -> bool:
    """The public rung may have been switched off since it was proposed."""
    return proposal.audience.rung != Rung.PUBLIC or settings.PUBLIC_RUNG


def remind_and_end() -> None:
    """Half-way, remind once those who have not answered; then tell who proposed that the choice is there.

    Long after the time, what nobody chose about ends.
    """
    asking = Widening.everything.filter(state=State.ASKING)
    for widening in asking.filter(reminded_at=None).order_by("id"):
        if now() >= (widening.proposed_at + widening.answer_by) // 2:
            _once(widening, "reminded_at", "reminded of widening")
    for widening in asking.filter(ready_at=None).order_by("id"):
        if Proposal(widening).ready:
            _once(widening, "ready_at", "widening can be chosen")
    asking.filter(answer_by__lt=now() - WAITS_FOR_CHOICE).update(state=State.LEFT)


@transaction.atomic
def _once(widening: Widening, field: str, verb: str) -> None:
    """Note that it was done in the same transaction as the news of it, so that nobody is told twice."""
    if Widening.everything.filter(id=widening.id, **{field: None}).update(**{field: now()}):
        record(verb, by=None, widening=widening.id, conversation=widening.conversation_id)


def _own(widening: str, by: Person) -> Widening:
    found: Widening | None = (
        Widening.visible.to(viewer_for(by.id))
        .select_for_update()
        .filter(public_id=widening, person_id=by.id)
        .first()
    )
    if found is None:
        raise NotThere
    return found


def _change(widening: Widening, **fields: int) -> None:
    Widening.everything.filter(id=widening.id).update(**fields)
    for name, value in fields.items():
        setattr(widening, name, value)
