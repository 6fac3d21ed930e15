"""Sends what waits. Each mail asks the gate again for its one recipient, at the moment it leaves (trust L16)."""

import logging
from collections import Counter
from typing import NamedTuple

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Case, QuerySet, Value, When

from communis.attention.mail_choices import mail_choice
from communis.channels.email.composing import compose
from communis.channels.email.mail_ids import hashed, returns_key, stops_key
from communis.channels.email.models import Outgoing
from communis.channels.email.templates import COUNTED, DIGEST
from communis.journal.moments import DAY, MINUTE, now

# About two days in all: 2, 4, 8 … minutes between the tries, never more than six hours.
TRIES = 14
_LONGEST_WAIT = 6 * 60 * MINUTE
# A mail at which whoever sends it has died so often goes after all others.
DEATHS = 5

State = Outgoing.State

_log = logging.getLogger("communis.email")


class Sent(NamedTuple):
    """How many mails were sent, cancelled because they no longer concern anyone, failed for now, left to a digest."""

    sent: int
    cancelled: int
    failed: int
    left: int = 0


def send_due(limit: int = 200) -> Sent:
    """Send what is due.

    A mail is claimed by moving its time on before it is sent. Killed between sending and noting so, it is
    sent again later with the same Message-ID, by which mail programs know it is the same. That the sender died is no
    failed try: a mail is given up for what the server says, or for a fault of ours that is told.
    """
    became: Counter[Outgoing.State] = Counter()
    connection = get_connection()
    try:
        for waiting in _due()[:limit]:
            if _claim(waiting):
                state = _tried(waiting, connection)
                _settle(waiting, state)
                became[state] += 1
    finally:
        connection.close()
    failed = became[State.WAITING] + became[State.GIVEN_UP]
    return Sent(became[State.SENT], became[State.CANCELLED], failed, became[State.LEFT_TO_DIGEST])


def _due() -> QuerySet[Outgoing]:
    """Oldest first; but a letter does not wait behind the digests of thousands, and nothing behind what kills."""
    due = Outgoing.objects.filter(state=State.WAITING, due_at__lte=now())
    kills, digest = When(deaths__gte=DEATHS, then=Value(2)), When(template=DIGEST, then=Value(1))
    return due.order_by(Case(kills, digest, default=Value(0)), "due_at", "id")


def _claim(waiting: Outgoing) -> bool:
    """Take the mail for one try; False when another worker took it first."""
    wait = min(2 ** (waiting.tries + waiting.deaths + 1) * MINUTE, _LONGEST_WAIT)
    mine = Outgoing.objects.filter(id=waiting.id, state=State.WAITING, due_at=waiting.due_at)
    # Before it leaves: a key that has gone out must open something.
    keys = {
        "returns": hashed(returns_key(waiting.message_id)),
        "stops": hashed(stops_key(waiting.message_id)),
    }
    return bool(mine.update(deaths=waiting.deaths + 1, due_at=now() + wait, **keys))


def _tried(waiting: Outgoing, connection: BaseEmailBackend) -> Outgoing.State:
    """What became of one mail; WAITING is tried again."""
    not_now = State.GIVEN_UP if waiting.tries + 1 >= TRIES else State.WAITING
    try:
        mail = compose(waiting)
    except Exception as error:
        # A fault of ours in one mail must not hold up the others; tried again, it may be mended.
        _log.error("mail not composed", extra={"mail": waiting.id, "error": type(error).__name__})
        return not_now
    if mail is None:
        return State.CANCELLED
    if waiting.template in COUNTED and _has_had_enough(waiting.person_id):
        return State.LEFT_TO_DIGEST
    return State.SENT if _send(mail, connection, waiting) else not_now


def _has_had_enough(person_id: int) -> bool:
    """Whether as many mails as the person wants in a day have gone out in the last one (rulings, Mail)."""
    today = Outgoing.objects.filter(person_id=person_id, template__in=COUNTED, sent_at__gt=now() - DAY)
    return today.count() >= mail_choice(person_id).at_once


def _send(mail: EmailMessage, connection: BaseEmailBackend, waiting: Outgoing) -> bool:
    try:
        connection.open()
        connection.send_messages([mail])
    except Exception as error:
        # Only the kind of error and the number: what a mail server answers repeats addresses.
        _log.warning("mail not sent", extra={"mail": waiting.id, "error": type(error).__name__})
        connection.close()
        return False
    return True


def _settle(waiting: Outgoing, state: Outgoing.State) -> None:
    sent_at = now() if state == State.SENT else None
    failed = state in (State.WAITING, State.GIVEN_UP)
    Outgoing.objects.filter(id=waiting.id).update(
        state=state, sent_at=sent_at, tries=waiting.tries + failed, deaths=0
    )
