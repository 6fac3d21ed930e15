"""The wider lines that one has said yes to, so that one can end them or take one's name away there."""

from communis.conversations import wider
from communis.conversations.refusals import NotThere
from communis.people.models import Person
from communis.widening.models import Consent


def own_openings(line: str, *, by: Person) -> list[wider.Wider]:
    """Where one's own contribution on this line has been opened with one's consent; nothing for another's."""
    lines = wider.own_wider_lines(line, by=by)
    opened = Consent.everything.filter(person=by, opened_id__in=[one.number for one in lines])
    agreed = set(opened.values_list("opened_id", flat=True))
    return [one for one in lines if one.number in agreed]


def end_opening(line: str, which: str, *, by: Person) -> None:
    """End one of them. Raises NotThere."""
    wider.narrow(_among(line, which, by), by=by)


def take_name_away(line: str, which: str, *, by: Person) -> None:
    """Show it without one's name, and all that is wider. Raises NotThere."""
    wider.without_name(_among(line, which, by), by=by)


def _among(line: str, which: str, by: Person) -> str:
    if which not in {one.line for one in own_openings(line, by=by)}:
        raise NotThere
    return which
