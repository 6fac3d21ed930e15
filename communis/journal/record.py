"""Writing the journal."""

import secrets

from communis.journal.models import Entry, commitment
from communis.journal.moments import now


def record(verb: str, *, by: int | None, **about: int | str | list[int] | None) -> Entry:
    """Add one entry inside the caller's transaction. ``about`` holds ids only, never words.

    ``by`` is a person's id, or None when nobody acted or nobody may be known to have acted.
    """
    at = now()
    salt = secrets.token_bytes(16)
    said: dict[str, object] = dict(about)
    return Entry.objects.create(
        verb=verb,
        person_id=by,
        about=said,
        at=at,
        salt=salt,
        commitment=commitment(salt, verb, by, said, at),
    )


def abouts(entries: list[int]) -> dict[int, dict[str, object]]:
    """``{entry's id: the ids it is about}``."""
    return dict(Entry.objects.filter(id__in=entries).values_list("id", "about"))
