"""What somebody else wrote and came along with a mail: for its sender to look at, for nobody else (R9, trust L21)."""

from typing import NamedTuple

from communis.channels.email.destinations import destination_at
from communis.channels.email.intake.receiving import spool
from communis.channels.email.intake.spool import Broken
from communis.channels.email.intake.written import written_in
from communis.channels.email.models import Arrived
from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parting.forwards import Forwarded
from communis.conversations.gate import seen_contributions
from communis.people.holdings import viewer_for
from communis.people.models import Person

_MOST_SHOWN = 50


class PassedOn(NamedTuple):
    """Who wrote it, as the mail says, and the words with all that stood below them."""

    whose: str
    words: str


class Kept(NamedTuple):
    """What a mail of hers passed on, and the line on which her own words stand; empty where she reads it no longer."""

    arrived: Arrived
    passed_on: PassedOn
    line: str


def kept_for(by: Person) -> list[Kept]:
    """What her mails passed on, for as long as they are kept, the newest first; at most fifty."""
    rows = Arrived.objects.filter(person=by, passed_on=True, outcome=Arrived.Outcome.PUBLISHED)
    kept = []
    for row in rows.order_by("-arrived_at", "-id")[:_MOST_SHOWN]:
        found = found_in(row)
        if found is not None:
            said = seen_contributions([row.contribution_id or 0], viewer_for(by.id))
            kept.append(Kept(row, as_read(found), said[0].line if said else ""))
    return kept


def found_in(row: Arrived) -> Forwarded | None:
    """The mail that one of which it is known what became of it passed on; None where that is deleted by now."""
    try:
        envelope, raw = spool().read_settled(row.file)
    except (Broken, OSError):
        return None
    letter = read_in_child(raw)
    if not isinstance(letter, Letter):
        return None
    return written_in(letter, destination_at(envelope.recipient)).passed_on


def as_read(found: Forwarded) -> PassedOn:
    """All of it, and whose it is as the mail says."""
    name, address = found.sender
    whose = f"{name} <{address}>" if name and address else name or address
    words = "\n\n".join(part for part in (found.subject, found.body, found.older) if part.strip())
    return PassedOn(whose, words)
