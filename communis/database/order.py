"""Forgetting in which order things were written, where what was written must not tell when (trust DUMP-1)."""

from django.db import connection, transaction


def forget_order() -> None:
    """Once the transaction is over, move SQLite's log into the database and empty it: it holds what was written in
    the order it was. The database itself keeps rows by their numbers.

    Somebody who reads meanwhile can hold it up for a while; the worker does it again.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_the_log)


def _empty_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchone()
