"""To whom a mail is that names several addresses of ours: a letter to all, or its sender is asked (trust L22)."""

from collections.abc import Iterator
from typing import NamedTuple

from communis.channels.email.destinations import Destination, destination_at, was_given_to
from communis.channels.email.parsing.letter import Letter
from communis.people.models import Person

# Of the head of one mail; nobody has more.
_MOST = 100


class Addressed(NamedTuple):
    """Where the mail leads from the address it came to, with all who receive the same letter.

    ``mixed``: it names something of ours besides that other people read.
    """

    destination: Destination
    mixed: bool


def addressed(recipient: str, destination: Destination, letter: Letter, *, by: Person) -> Addressed:
    """What the head of the mail says of one that came to ``recipient``, which leads to ``destination``.

    Only addresses that ``by`` was given count: of others a mail can hold as many as it likes. Persons are one letter's
    receivers, but for whom the head does not name: the others are not to know.
    """
    named = dict(_named(letter, by))
    here = recipient.strip().lower()
    is_named = named.pop(here, None) is not None
    receivers = {one.receiver_id for one in named.values() if one.receiver_id is not None}
    elsewhere = [one for one in named.values() if _place(one) != _place(destination)]
    if destination.receiver_id is None:
        return Addressed(destination, bool(elsewhere))
    mixed = any(one.receiver_id is None for one in elsewhere)
    # A copy to oneself is no receiver.
    others = sorted(receivers - {destination.receiver_id, by.id}) if is_named else []
    return Addressed(destination._replace(others=tuple(others)), mixed)


def _named(letter: Letter, by: Person) -> Iterator[tuple[str, Destination]]:
    for mailbox in (*letter.to, *letter.cc)[:_MOST]:
        address = mailbox.address.strip().lower()
        found = destination_at(address) if address else None
        if found is None:
            continue
        if found.person_id == by.id or (found.person_id is None and was_given_to(address, by.id)):
            yield address, found


def _place(destination: Destination) -> tuple[object, ...]:
    return (
        destination.does,
        destination.line_id,
        destination.receiver_id,
        destination.circle_id,
        destination.to_hosts,
    )
