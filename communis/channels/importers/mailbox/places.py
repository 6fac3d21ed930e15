"""Which mails are here already, from this archive or from another, and what hangs on them.

By what a mail is known is kept as a hash: a Message-ID often holds a name and a machine.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from communis.channels.importers.mailbox.threads import Placed, Traced
from communis.channels.importers.models import Imported

TOGETHER = 500

# The kinds of rows: the mail itself; its Message-ID, for what answers it; and the Message-ID of what was answered
# and was not there, for others that answer the same, or should it come later.
MAIL, NAME, MISSED = "mail", "mail name", "mail missed"


class Note(NamedTuple):
    """One row to be written: that a hash leads to a contribution, known here by the key of its mail."""

    kind: str
    key: str
    mail: str


def mail_key(mail: Traced) -> str:
    """The same for the same mail, whatever a list added to it: one archive may have it with a footer."""
    if mail.message_id and mail.date is not None:
        return _digest(f"{mail.message_id}\0{mail.date}".encode())
    return _digest(mail.fingerprint)


def name_key(message_id: str) -> str:
    return _digest(message_id.encode("utf-8", "surrogatepass"))


def _digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()


@dataclass
class Places:
    """What is here of some threads, read at once before any of them is brought in: ``{key: contribution id}``.

    ``mails`` by mail_key; ``names`` and ``missed`` by name_key, only of what the mailbox itself does not hold.
    """

    mails: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)


def places_of(mails: Sequence[Placed], destination: str, in_mailbox: set[str]) -> Places:
    """``in_mailbox``: every Message-ID the mailbox holds. They lead to what is in it and to nothing else, so that a
    run which was killed ends as one which was not.
    """
    answered = {name for placed in mails for name in placed.mail.answers} - in_mailbox
    own = {placed.mail.message_id for placed in mails if placed.mail.message_id}
    return Places(
        _found(destination, MAIL, {mail_key(placed.mail) for placed in mails}),
        _found(destination, NAME, map(name_key, answered)),
        _found(destination, MISSED, map(name_key, answered | own)),
    )


def _found(destination: str, kind: str, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), TOGETHER):
        rows = Imported.objects.filter(
            source=destination, kind=kind, key__in=wanted[start : start + TOGETHER]
        ).exclude(contribution=None)
        found.update(rows.values_list("key", "contribution_id"))
    return found


def write_down(
    destination: str, made: dict[str, int], notes: Sequence[Note], here: Mapping[str, int]
) -> None:
    """``made``: ``{mail_key: contribution id}`` of what has come; ``here`` the same of that and of all the notes name.

    A Message-ID that two mails bear leads to the first. Raises IntegrityError when another run was faster.
    """
    Imported.objects.bulk_create(
        Imported(source=destination, kind=MAIL, key=key, contribution_id=number)
        for key, number in made.items()
    )
    Imported.objects.bulk_create(
        (
            Imported(source=destination, kind=note.kind, key=note.key, contribution_id=here[note.mail])
            for note in notes
        ),
        ignore_conflicts=True,
    )
