"""The wider lines that one has said yes to, so that one can end them or take one's name away there."""

from communis.conversations.narrowing import Wider, narrow, own_wider_lines, without_name
from communis.conversations.refusals import NotThere
from communis.journal.idempotency import result_of
from communis.people.models import Person
from communis.widening.models import Consent


def own_openings(line: str, *, by: Person) -> list[Wider]:
    """Where one's own contribution on this line has been opened with one's consent; nothing for another's."""
    lines = own_wider_lines(line, by=by)
    opened = Consent.everything.filter(person=by, opened_id__in=[one.number for one in lines])
    agreed = set(opened.values_list("opened_id", flat=True))
    return [one for one in lines if one.number in agreed]


def end_opening(line: str, which: str, *, by: Person, key: str = "") -> None:
    """End one of them, and what is wider still. Raises NotThere."""
    # Done again with the same key it is done already, and not among them any more.
    narrow(which if result_of(by.id, key) else _among(line, which, by), by=by, key=key)


def take_name_away(line: str, which: str, *, by: Person) -> None:
    """Show it without one's name, and all that is wider. Raises NotThere."""
    without_name(_among(line, which, by), by=by)


def _among(line: str, which: str, by: Person) -> str:
    if which not in {one.line for one in own_openings(line, by=by)}:
        raise NotThere
    return which
