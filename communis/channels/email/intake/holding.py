"""Mail that waits for whose it is: she looks at it, and says that it is hers or throws it away (trust L23)."""

import logging
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from communis.channels.email.destinations import Destination, destination_at
from communis.channels.email.intake.readers import readers_of
from communis.channels.email.intake.receiving import Said, cannot_be_said, say, spool, words_of
from communis.channels.email.intake.spool import Broken
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.templates import HELD
from communis.conversations.refusals import NotThere, Refused
from communis.journal.moments import MINUTE, now
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import person_with

_log = logging.getLogger("communis.email")
_MOST_SHOWN = 50
# So long after the mail that tells of it was accepted, what is proved to be hers is said without a yes.
MINUTES_TO_THROW_AWAY = 10


class Waiting(NamedTuple):
    """A held mail as its person sees it: what it says, and which address it says to come from."""

    arrived: Arrived
    says_from: str
    words: str
    files: int
    # Who reads it when it is sent, in words; empty where that cannot be told.
    readers: str
    # Whether it can be sent as it is.
    can_be_sent: bool


def held_for(by: Person) -> list[Waiting]:
    """The person's own, the oldest first; at most fifty, for each of them is read."""
    rows = Arrived.objects.filter(person=by, outcome=Arrived.Outcome.HELD).order_by("arrived_at", "id")
    return [_waiting(row) for row in rows[:_MOST_SHOWN]]


def send_held(arrived: str, *, by: Person) -> str:
    """It is hers: say it where it was to be said; returns the public id of the line. Files do not come along.

    Raises NotThere for anyone else's, and for one that is decided; Refused where it cannot be said.
    """
    # Read before the transaction, in which nobody else can write.
    found = _read(_own(arrived, by))
    if found is None:
        raise NotThere
    letter, destination = found
    words = words_of(letter)
    with transaction.atomic():
        row = _own(arrived, by)
        line = _said(words, destination, letter.subject)
        row.outcome = Arrived.Outcome.PUBLISHED
        row.contribution_id = line.contribution_id
        row.save()
    spool().decided(row.file)
    return line.line


def say_unconfirmed() -> int:
    """Say what more than a letter's readers will read, where nobody said no in time; returns how many.

    For the worker, and safe to repeat. Nothing where the organisation wants a yes for each.
    """
    if settings.MAIL_MUST_BE_CONFIRMED:
        return 0
    told = Outgoing.objects.filter(
        template=HELD, state=Outgoing.State.SENT, sent_at__lte=now() - MINUTES_TO_THROW_AWAY * MINUTE
    )
    waiting = Arrived.objects.filter(outcome=Arrived.Outcome.HELD, reason=Arrived.Reason.WIDER)
    said = 0
    for row in waiting.filter(id__in=told.values("entry")).order_by("id")[:_MOST_SHOWN]:
        if row.person_id is None:
            continue
        try:
            send_held(row.public_id, by=person_with(row.person_id))
        except (NotThere, Refused):
            # It waits on, and the page says why.
            still = Arrived.objects.filter(id=row.id, outcome=Arrived.Outcome.HELD)
            still.update(reason=Arrived.Reason.REFUSED)
        except (DatabaseError, OSError):
            raise
        except Exception as error:
            # A fault of ours must not hold up the others; it is tried again. Only its kind: it could carry words.
            _log.error("mail not said", extra={"mail": row.file, "error": type(error).__name__})
        else:
            said += 1
    return said


def _said(words: str, destination: Destination, subject: str) -> Said:
    try:
        return say(words, destination, subject=subject)
    except NotThere:
        raise Refused(_("It could not be said there, or what you answered is gone.")) from None


def throw_held_away(arrived: str, *, by: Person) -> None:
    """It is not to be said. The mail itself is deleted with the others, after thirty days."""
    with transaction.atomic():
        row = _own(arrived, by)
        row.outcome = Arrived.Outcome.THROWN_AWAY
        row.save()
    spool().decided(row.file)


def _own(arrived: str, by: Person) -> Arrived:
    held = Arrived.objects.filter(outcome=Arrived.Outcome.HELD, public_id=arrived, person=by)
    row = (held.select_for_update() if connection.in_atomic_block else held).first()
    if row is None:
        raise NotThere
    return row


def _waiting(row: Arrived) -> Waiting:
    found = _read(row)
    if found is None:
        return Waiting(row, "", "", 0, "", can_be_sent=False)
    letter, destination = found
    says_from = ", ".join(sender.address for sender in letter.senders if sender.address)
    words = words_of(letter)
    readers = readers_of(row, viewer_for(row.person_id)) if row.person_id is not None else ""
    files = len(letter.attachments)
    can_be_sent = bool(words.strip()) and not cannot_be_said(words, destination)
    return Waiting(row, says_from, words, files, readers, can_be_sent=can_be_sent)


def _read(row: Arrived) -> tuple[Letter, Destination] | None:
    """The mail, and where it leads; None where it cannot be read or the address has run out."""
    try:
        envelope, raw = spool().read_held(row.file)
    except (Broken, OSError):
        return None
    letter, destination = read_in_child(raw), destination_at(envelope.recipient)
    if not isinstance(letter, Letter) or destination is None:
        return None
    # Whose it is was found out when it came.
    return letter, destination._replace(person_id=row.person_id)
