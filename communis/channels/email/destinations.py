"""Where a mail leads: to a line, which one person answers; or to a person, whom anybody here writes a letter."""

import base64
import binascii
import re
from typing import NamedTuple

from django.conf import settings

from communis.channels.email.reply_addresses import reply_address_at
from communis.channels.email.returns import mail_returned_to
from communis.people.models import Person
from communis.people.naming import person_at, person_with

_PERSON = re.compile(r"p\.([a-z2-7]{26})")


class Destination(NamedTuple):
    """What is said by a mail to an address, and where."""

    # Who alone can write to it; None where anybody here can.
    person_id: int | None
    # The line that is answered, and the mail that told of it.
    line_id: int | None = None
    outgoing_id: int | None = None
    # Whom the letter is to.
    receiver_id: int | None = None


def letter_address(person: Person) -> str:
    """The address at which a person is written a letter: for who sees the person's page. Empty where no mail is taken.

    It follows from the public id, 128 bits that only those know who may see the person.
    """
    if not settings.MAIL_DOMAIN:
        return ""
    return f"p.{base64.b32encode(bytes.fromhex(person.public_id)).decode().rstrip('=').lower()}@{settings.MAIL_DOMAIN}"


def destination_at(address: str) -> Destination | None:
    """Where a mail to the address leads; None where to nothing, or where that has run out."""
    found = reply_address_at(address)
    if found is not None:
        return Destination(found.person_id, found.line_id, found.outgoing_id)
    person = _person_at(address)
    return Destination(None, receiver_id=person.id) if person is not None else None


def is_ours(address: str) -> bool:
    """Whether mail to the address is taken: an answer, a letter, or one of ours that came back."""
    return destination_at(address) is not None or mail_returned_to(address) is not None


def receiver_of(destination: Destination) -> str:
    """The public id of whom the letter is to. Raises LookupError where it is none."""
    if destination.receiver_id is None:
        raise LookupError(destination)
    return person_with(destination.receiver_id).public_id


def _person_at(address: str) -> Person | None:
    local, _at, domain = address.strip().lower().rpartition("@")
    found = _PERSON.fullmatch(local)
    if not settings.MAIL_DOMAIN or domain != settings.MAIL_DOMAIN or found is None:
        return None
    try:
        public_id = base64.b32decode(f"{found[1].upper()}======").hex()
    except binascii.Error:
        return None
    person = person_at(public_id)
    # Two spellings of one id would be two addresses of one person.
    same = person is not None and person.closed_at is None and letter_address(person) == f"{local}@{domain}"
    return person if same else None
