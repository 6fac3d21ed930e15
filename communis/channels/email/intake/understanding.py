"""What a mail says, to whom, and whether it is proved: everything that is asked of it before something is done."""

from typing import NamedTuple

from communis.channels.email.correcting import line_corrected
from communis.channels.email.destinations import Destination, was_given_to
from communis.channels.email.intake.addressed import addressed
from communis.channels.email.intake.named_readers import NamedReaders, named_readers
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.intake.written import Written
from communis.channels.email.models import Arrived
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.reply_addresses import Does
from communis.looking.viewers import Viewer
from communis.people.addresses import mail_address, persons_at
from communis.people.holdings import viewer_for
from communis.people.models import Circle
from communis.people.naming import person_with

Reason = Arrived.Reason


class Understood(NamedTuple):
    """Where a mail leads, what is said there, and what about that is its sender's to say: ``mixed``, ``unclear``."""

    destination: Destination
    written: Written
    subject: str
    mixed: bool = False
    unclear: bool = False


def understood(recipient: str, destination: Destination, letter: Letter, written: Written) -> Understood:
    """With the receivers that its head and its words name. Who wrote it has to be in ``destination``."""
    assert destination.person_id is not None
    by = person_with(destination.person_id)
    if destination.does == Does.CORRECTS:
        # Of several pieces the one that is named: who reads it is asked of its own line.
        line = line_corrected(written.words, destination)
        destination = destination._replace(line_id=line or destination.line_id)
    leads_to, mixed = addressed(recipient, destination, letter, by=by)
    own = Understood(leads_to, written, letter.subject, mixed)
    if destination.line_id is not None or destination.widening_id is not None:
        return own
    named = named_readers(letter.subject, written.words)
    if not (named.circle or named.everyone or named.unclear):
        return own
    chosen = _chosen(leads_to, named, viewer_for(by.id))
    # Words and several addresses contradict one another.
    if chosen is None or mixed or leads_to.others:
        return own._replace(unclear=True)
    return Understood(chosen, written._replace(words=named.words), named.subject)


def _chosen(destination: Destination, named: NamedReaders, viewer: Viewer) -> Destination | None:
    """Those whom the words name, where the writer sees one circle of that name."""
    to_nobody = destination._replace(receiver_id=None, circle_id=None)
    if named.unclear:
        return None
    if named.everyone:
        return to_nobody._replace(to_all=True)
    sought = _folded(named.circle)
    circles = [circle for circle in Circle.visible.to(viewer) if _folded(circle.name) == sought]
    return to_nobody._replace(circle_id=circles[0].id) if len(circles) == 1 else None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def by_whom(destination: Destination, letter: Letter) -> Destination:
    """With the person whose address the mail says to come from, where the address does not say itself whose it is."""
    if destination.person_id is not None or letter.sender is None or not letter.sender.address:
        return destination
    persons = persons_at([letter.sender.address])
    return destination._replace(person_id=persons[0].id) if persons else destination


def doubt(envelope: Envelope, sender: str | None, person_id: int | None) -> Arrived.Reason:
    """Why it is not certain that this person sent the mail; NONE where it is. ``sender``: who is proved to have."""
    if person_id is None:
        return Reason.NOBODY_WE_KNOW
    if sender is None or not was_given_to(envelope.recipient, person_id):
        return Reason.NOT_PROVED
    if sender != (mail_address(person_id) or "").lower():
        return Reason.ANOTHER_SENDER
    return Reason.NONE
