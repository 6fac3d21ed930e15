"""Choosing to open what can be opened; opening it when its time has come; and reminding once."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from communis.conversations.refusals import NotThere, Refused
from communis.conversations.wider import open_wider
from communis.journal.idempotency import once
from communis.journal.moments import DAY, HOUR, now
from communis.journal.record import record
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening import rules
from communis.widening.future import is_ready, openable
from communis.widening.models import Consent, Widening

State = Widening.State
# A proposal nobody chose anything about ends by itself so long after its time was out.
WAITS_FOR_CHOICE = 30 * DAY


def choose_to_open(widening: str, *, by: Person, key: str = "") -> None:
    """Open what can be opened, when the hours to take a yes back are out. Raises NotThere and Refused."""

    def act() -> str:
        found = _own(widening, by)
        if not rules.may_choose(found, by) or not is_ready(found):
            raise Refused(_("Not everyone has answered yet, and the time is not out. Wait until then."))
        if not openable(found):
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
            _change(found, state=State.LEFT)
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
    opened = 0
    waiting = False
    for one in openable(widening):
        if one.consent.opened_id is not None:
            continue
        if one.not_before is not None and one.not_before > now():
            waiting = True
            continue
        line = open_wider(one.shown.line, widening.audience, one.byline, one.consent.text)
        if line is not None:
            Consent.everything.filter(id=one.consent.id).update(opened=line)
            record(
                "opened wider",
                by=None,
                widening=widening.id,
                line=line,
                conversation=widening.conversation_id,
            )
            opened += 1
    if not waiting:
        _change(widening, state=State.OPENED)
    return opened


def remind_and_end() -> None:
    """Half-way, remind once those who have not answered; then tell who proposed that the choice is there.

    Long after the time, what nobody chose about ends.
    """
    asking = Widening.everything.filter(state=State.ASKING)
    for widening in asking.filter(reminded_at=None).order_by("id"):
        if now() >= (widening.proposed_at + widening.answer_by) // 2:
            _once(widening, "reminded_at", "reminded of widening")
    for widening in asking.filter(ready_at=None).order_by("id"):
        if is_ready(widening):
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
