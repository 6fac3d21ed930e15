"""Where a mail leads: to a line that is answered, or with something new to a person, a circle or a question.

Every address is made for one who writes to it, and worth a key: that the mail comes from her organisation (DKIM) does
not tell her from her colleagues (trust 8). Only the address of a question that a steward has opened is for anybody.
"""

import base64
import binascii
import re
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare

from communis.channels.email.checks.addresses import check_at
from communis.channels.email.mail_ids import begin_key
from communis.channels.email.outside.addresses import outside_address_at
from communis.channels.email.reply_addresses import Does, reply_address_at
from communis.channels.email.returns import mail_returned_to
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.telling import kind_on, line_at
from communis.people.models import Circle, Person
from communis.people.naming import circle_at, person_at, person_with

# What it leads to, and the writer's key: shorter than the 64 characters that may stand before the at sign.
_LOCAL = re.compile(r"([pcqt])\.([a-z2-7]{26})\.[a-z2-7]{26}")


class Destination(NamedTuple):
    """What is said by a mail to an address, and where."""

    # Who alone can write to it; None where that shows only when it is known who wrote: see ``was_given_to``.
    person_id: int | None
    # The line that is answered, and the mail that told of it.
    line_id: int | None = None
    outgoing_id: int | None = None
    # Whom the letter is to, or which circle.
    receiver_id: int | None = None
    circle_id: int | None = None
    # Who receives the same letter besides.
    others: tuple[int, ...] = ()
    # All employees: of words alone, no address leads there.
    to_all: bool = False
    # Of a question: those who answer it read what is said there, and nobody else (rulings, Mail).
    to_hosts: bool = False
    # The address of it that anybody may write to: what a stranger writes waits for a steward (R81).
    outside_id: int | None = None
    # What a mail to a reply address does; about which opening, as which page showed it; or about which ask.
    does: Does = Does.ANSWERS
    widening_id: int | None = None
    page: str = ""
    ask_id: int | None = None


def letter_address(person: Person, *, by: Person) -> str:
    """The address at which ``by``, who sees the person's page, writes a letter. Empty where no mail is taken."""
    return _address("p", person.public_id, by)


def circle_address(circle: Circle, *, by: Person) -> str:
    """The address at which ``by``, who is in the circle, writes to it. Empty where no mail is taken."""
    return _address("c", circle.public_id, by)


def question_address(seen: Seen, *, by: Person) -> str:
    """The address at which ``by``, who reads the question, writes to those who answer it. Empty for anything else."""
    return _address("q", seen.line, by) if seen.kind == Kind.QUESTION else ""


def conversation_address(opening: Seen, *, by: Person) -> str:
    """The address at which ``by`` answers what begins a conversation, for those who read it on the line she reads."""
    return _address("t", opening.line, by)


def was_given_to(address: str, person_id: int) -> bool:
    """Whether an address that stands on a page was made for the person.

    A reply address says itself for whom; one that anybody may write to is hers as well.
    """
    kind, public_id = _said_by(address)
    if not kind:
        return True
    made = _address(kind, public_id, person_with(person_id))
    return constant_time_compare(made, address.strip().lower())


def destination_at(address: str) -> Destination | None:
    """Where a mail to the address leads; None where to nothing, or where that has run out."""
    found = reply_address_at(address)
    if found is not None:
        return Destination(
            found.person_id,
            found.line_id,
            found.outgoing_id,
            does=Does(found.does),
            widening_id=found.widening_id,
            page=found.page,
            ask_id=found.ask_id,
        )
    outside = outside_address_at(address)
    if outside is not None:
        return Destination(None, outside.line_id, to_hosts=True, outside_id=outside.id)
    kind, public_id = _said_by(address)
    if kind == "p":
        person = person_at(public_id)
        reachable = person is not None and person.closed_at is None
        return Destination(None, receiver_id=person.id) if person is not None and reachable else None
    if kind == "c":
        circle = circle_at(public_id)
        return Destination(None, circle_id=circle.id) if circle is not None else None
    line = line_at(public_id) if kind in ("q", "t") else None
    if line is None or (kind == "q" and kind_on(line) != Kind.QUESTION):
        return None
    return Destination(None, line, to_hosts=kind == "q")


def is_ours(address: str) -> bool:
    """Whether mail to the address is taken: an answer, something new, one that came back, or one to ourselves."""
    if destination_at(address) is not None or mail_returned_to(address) is not None:
        return True
    return check_at(address) is not None


def _address(kind: str, public_id: str, by: Person) -> str:
    if not settings.MAIL_DOMAIN:
        return ""
    leads_to = base64.b32encode(bytes.fromhex(public_id)).decode().rstrip("=").lower()
    return f"{kind}.{leads_to}.{begin_key(f'{kind}:{public_id}', by.public_id)}@{settings.MAIL_DOMAIN}"


def _said_by(address: str) -> tuple[str, str]:
    """Which kind of thing the address stands for, and its public id; both empty where for nothing."""
    local, _at, domain = address.strip().lower().rpartition("@")
    found = _LOCAL.fullmatch(local)
    if not settings.MAIL_DOMAIN or domain != settings.MAIL_DOMAIN or found is None:
        return "", ""
    try:
        return found[1], base64.b32decode(f"{found[2].upper()}======").hex()
    except binascii.Error:
        return "", ""
