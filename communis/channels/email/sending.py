"""Sends what waits. Each mail asks the gate again for its one recipient, at the moment it leaves (trust L16)."""

import logging
from typing import NamedTuple

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from communis.attention.plain_mail import wants_letters
from communis.channels.email.letters import HELD, held_mail, letter_mail
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.reply_addresses import reply_address
from communis.conversations import telling
from communis.conversations.lines import lines_seen
from communis.journal.moments import MINUTE, now
from communis.people.addresses import mail_address
from communis.people.holdings import viewer_for
from communis.people.models import Person

# About two days in all: 2, 4, 8 … minutes between the tries, never more than six hours.
TRIES = 14
_LONGEST_WAIT = 6 * 60 * MINUTE

_log = logging.getLogger("communis.email")


class Sent(NamedTuple):
    """How many mails were sent, cancelled because they no longer concern anyone, and failed for now."""

    sent: int
    cancelled: int
    failed: int


def send_due(limit: int = 100) -> Sent:
    """Send what is due, oldest first.

    A mail is claimed by moving its time on before it is sent. Killed between sending and noting so, it is
    sent again later with the same Message-ID, by which mail programs know it is the same.
    """
    sent = cancelled = failed = 0
    connection = get_connection()
    try:
        for waiting in Outgoing.objects.filter(state=Outgoing.State.WAITING, due_at__lte=now()).order_by(
            "due_at", "id"
        )[:limit]:
            if not _claim(waiting):
                continue
            mail = _mail(waiting)
            if mail is None:
                _settle(waiting, Outgoing.State.CANCELLED)
                cancelled += 1
            elif _send(mail, connection, waiting):
                _settle(waiting, Outgoing.State.SENT)
                sent += 1
            else:
                failed += 1
                if waiting.tries + 1 >= TRIES:
                    _settle(waiting, Outgoing.State.GIVEN_UP)
    finally:
        connection.close()
    return Sent(sent, cancelled, failed)


def _claim(waiting: Outgoing) -> bool:
    """Take the mail for one try; False when another worker took it first."""
    wait = min(2 ** (waiting.tries + 1) * MINUTE, _LONGEST_WAIT)
    mine = Outgoing.objects.filter(id=waiting.id, state=Outgoing.State.WAITING, due_at=waiting.due_at)
    return bool(mine.update(tries=waiting.tries + 1, due_at=now() + wait))


def _mail(waiting: Outgoing) -> EmailMessage | None:
    """The mail, if its person may still see the line, still wants to know, and can be reached."""
    viewer = viewer_for(waiting.person_id)
    address = mail_address(waiting.person_id)
    if not viewer.signed_in or address is None:
        return None
    language = Person.visible.to(viewer).values_list("language", flat=True).get(id=waiting.person_id)
    if waiting.template == HELD:
        held = Arrived.objects.filter(public_id=waiting.about["arrived"], outcome=Arrived.Outcome.HELD)
        if not held.exists():
            return None
        return held_mail(to=address, message_id=waiting.message_id, language=language)
    if not wants_letters(waiting.person_id):
        return None
    if waiting.person_id in telling.silent_in(waiting.about["conversation"]):
        return None
    seen = lines_seen([waiting.about["line"]], viewer).get(waiting.about["line"])
    if seen is None:
        return None
    return letter_mail(
        to=address,
        line=seen.share.line,
        message_id=waiting.message_id,
        language=language,
        answered_at=reply_address(waiting.person_id, waiting.about["line"], mail=waiting.message_id),
    )


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
    Outgoing.objects.filter(id=waiting.id).update(state=state)
