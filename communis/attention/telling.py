"""Making notices: one a person and entry, and only of what that person may see at this moment."""

from communis.attention.models import Notice, address_of_notice
from communis.conversations import telling
from communis.conversations.lines import lines_seen
from communis.journal.models import Entry
from communis.people.holdings import viewer_for


def tell_by_itself(
    entry: Entry, persons: set[int], reason: Notice.Reason, *, line: int | None = None
) -> None:
    """Tell these persons of something about the entry's line, or another one, that is news by itself.

    It is of its own moment: whoever has looked at the conversation has not read this.
    """
    line = entry.about["line"] if line is None else line
    conversation = telling.conversation_of(line)
    if conversation is None:
        return
    for person in sorted(persons - {entry.person_id}):
        viewer = viewer_for(person)
        seen = lines_seen([line], viewer).get(line) if viewer.signed_in else None
        if seen is not None:
            about = {"line_id": line, "conversation_id": conversation, "opened_at": entry.at}
            note(entry, person, seen.share.line, reason=reason, **about)


def tell_of_name(entry: Entry, persons: set[int], reason: Notice.Reason) -> None:
    """Tell these persons of a name from outside. In a letter also those who do not read it: nothing of it is shown."""
    tell_by_itself(entry, persons, reason)
    if telling.written_to(entry.about["line"]):
        for person in sorted(persons - {entry.person_id}):
            if viewer_for(person).signed_in:
                note(entry, person, "name claim", reason=reason)


def note(entry: Entry, person: int, about: str, **fields: int) -> None:
    """The notice itself, once. ``about`` is the public id of the line or circle."""
    fields["made_at"] = entry.at
    defaults = {"public_id": address_of_notice(person, about, entry.at), **fields}
    Notice.everything.get_or_create(person_id=person, entry=entry.id, defaults=defaults)


def made_of(entry: Entry) -> list[Notice]:
    """The notices that follow from an entry, for passing on to their persons in another way, and never for showing."""
    return list(Notice.everything.filter(entry=entry.id).order_by("person_id"))
