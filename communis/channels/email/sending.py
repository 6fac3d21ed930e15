"""Sends what waits. Each mail asks the gate again for its one recipient, at the moment it leaves (trust L16)."""

import logging
from typing import NamedTuple

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Case, QuerySet, Value, When

from communis.attention.mail_choices import mail_choice
from communis.channels.email.composing import compose
from communis.channels.email.mail_ids import hashed, returns_key, stops_key
from communis.channels.email.models import Outgoing
from communis.channels.email.templates import AT_ONCE, DIGEST
from communis.journal.moments import DAY, MINUTE, now

# About two days in all: 2, 4, 8 … minutes between the tries, never more than six hours.
TRIES = 14
_LONGEST_WAIT = 6 * 60 * MINUTE

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
    sent again later with the same Message-ID, by which mail programs know it is the same.
    """
    sent = cancelled = failed = left = 0
    connection = get_connection()
    try:
        for waiting in _due()[:limit]:
            if not _claim(waiting):
                continue
            mail = compose(waiting)
            if mail is None:
                _settle(waiting, Outgoing.State.CANCELLED)
                cancelled += 1
            elif waiting.template in AT_ONCE and _has_had_enough(waiting.person_id):
                _settle(waiting, Outgoing.State.LEFT_TO_DIGEST)
                left += 1
            elif _send(mail, connection, waiting):
                _settle(waiting, Outgoing.State.SENT)
                sent += 1
            else:
                failed += 1
                if waiting.tries + 1 >= TRIES:
                    _settle(waiting, Outgoing.State.GIVEN_UP)
    finally:
        connection.close()
    return Sent(sent, cancelled, failed, left)


def _due() -> QuerySet[Outgoing]:
    """Oldest first; but a letter does not wait behind the digests of thousands."""
    due = Outgoing.objects.filter(state=Outgoing.State.WAITING, due_at__lte=now())
    return due.order_by(Case(When(template=DIGEST, then=Value(1)), default=Value(0)), "due_at", "id")


def _claim(waiting: Outgoing) -> bool:
    """Take the mail for one try; False when another worker took it first."""
    wait = min(2 ** (waiting.tries + 1) * MINUTE, _LONGEST_WAIT)
    mine = Outgoing.objects.filter(id=waiting.id, state=Outgoing.State.WAITING, due_at=waiting.due_at)
    # Before it leaves: a key that has gone out must open something.
    keys = {
        "returns": hashed(returns_key(waiting.message_id)),
        "stops": hashed(stops_key(waiting.message_id)),
    }
    return bool(mine.update(tries=waiting.tries + 1, due_at=now() + wait, **keys))


def _has_had_enough(person_id: int) -> bool:
    """Whether as many mails as the person wants in a day have gone out in the last one (rulings, Mail)."""
    today = Outgoing.objects.filter(person_id=person_id, template__in=AT_ONCE, sent_at__gt=now() - DAY)
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
    sent_at = now() if state == Outgoing.State.SENT else None
    Outgoing.objects.filter(id=waiting.id).update(state=state, sent_at=sent_at)
