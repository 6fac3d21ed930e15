"""A mail is queued once: the same person, what it is about and the template are the same mail."""

from typing import Any

from communis.channels.email.mail_ids import message_id
from communis.channels.email.models import Outgoing


def queue(
    template: str,
    person_id: int,
    entry: int,
    named: str,
    *,
    line_id: int | None = None,
    about: dict[str, Any] | None = None,
) -> None:
    """Put the mail among those that wait, in one query and safe to repeat; one that is there stays as it is.

    ``entry`` is the number of what it tells of; ``named`` the same thing without a number, for its Message-ID: numbers
    of rows would count what others do.
    """
    waiting = Outgoing(
        person_id=person_id,
        entry=entry,
        template=template,
        line_id=line_id,
        about=about or {},
        message_id=message_id(person_id, named, template),
    )
    Outgoing.objects.bulk_create([waiting], ignore_conflicts=True)
