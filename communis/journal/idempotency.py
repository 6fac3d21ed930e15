"""The same form sent twice is done once (gate rule 26)."""

from collections.abc import Callable

from django.db import IntegrityError, connection, models, transaction
from django.utils.crypto import salted_hmac

from communis.journal.moments import DAY, now

KEPT = 2 * DAY


class Done(models.Model):
    """A key that was used, and what came of it. Keys are kept as hashes, for two days."""

    key = models.BinaryField(max_length=32, unique=True)
    result = models.CharField(max_length=200)
    day = models.IntegerField(db_index=True)


def digest(person_id: int, key: str) -> bytes:
    """The stored form of a form's key: another person's same key is another key."""
    return salted_hmac("communis.idempotency", f"{person_id}:{key}", algorithm="sha256").digest()


def result_of(person_id: int, key: str) -> str | None:
    """What came of the key earlier, or None when it is new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT result FROM communis_done WHERE key = %s", [digest(person_id, key)])
        row = cursor.fetchone()
    return str(row[0]) if row is not None else None


def keep(person_id: int, key: str, result: str) -> None:
    """Remember the result in the action's transaction. Raises IntegrityError when the key was used."""
    Done.objects.create(key=digest(person_id, key), result=result, day=now() // DAY)


def forget() -> int:
    """Delete keys older than two days; returns how many."""
    return Done.objects.filter(day__lt=(now() - KEPT) // DAY).delete()[0]


def once(person_id: int, key: str, act: Callable[[], str]) -> str:
    """Do ``act`` in a transaction unless this key was used; return what came of it, now or then.

    An empty key means the caller cannot be repeated (a command), and always acts.
    """
    try:
        with transaction.atomic():
            earlier = result_of(person_id, key) if key else None
            if earlier is not None:
                return earlier
            result = act()
            if key:
                keep(person_id, key, result)
            return result
    except IntegrityError:
        # The same form arrived twice at the same moment: the other one won.
        earlier = result_of(person_id, key) if key else None
        if earlier is None:
            raise
        return earlier
