"""The check of the database layer, with what only higher layers know put in."""

from communis.channels.email.signing_key import key_refusals
from communis.database.check import Refusal, refusals
from communis.journal.models import Entry


def what_is_wrong() -> list[Refusal]:
    """Empty when Communis may start."""
    return [*refusals(last_recorded), *key_refusals()]


def last_recorded() -> int | None:
    """The moment of the newest journal entry, in microseconds since 1970."""
    return Entry.objects.order_by("-id").values_list("at", flat=True).first()
