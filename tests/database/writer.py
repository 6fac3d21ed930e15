"""A process of its own that writes: ``writer.py DATABASE SECONDS NUMBER``, or ``writer.py DATABASE hold``."""

import json
import signal
import sys
import time
from pathlib import Path

import django
from django.conf import settings

sys.path.insert(0, str(Path(__file__).parents[2]))
settings.configure(DATABASES={"default": {"ENGINE": "communis.database.backend", "NAME": sys.argv[1]}})
django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402


def hold() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO word (text) VALUES ('never committed')")
        print("holding", flush=True)
        signal.pause()


def write_for(seconds: float, number: int) -> None:
    """Transactions and single statements by turns, a checkpoint now and then."""
    written, longest, errors = 0, 0.0, []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            write_one(number, written)
            written += 1
        except OperationalError as error:
            errors.append(str(error))
        longest = max(longest, time.monotonic() - began)
    print(json.dumps({"written": written, "longest": longest, "errors": errors}))


def write_one(number: int, turn: int) -> None:
    insert = "INSERT INTO word (writer, text) VALUES (%s, %s)"
    if turn % 2:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM word")
            cursor.execute(insert, [number, "word " * 100])
        return
    with connection.cursor() as cursor:
        if turn % 50 == 0:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        cursor.execute(f"{insert} RETURNING id", [number, "word " * 100])
        cursor.fetchone()


if sys.argv[2] == "hold":
    hold()
else:
    write_for(float(sys.argv[2]), int(sys.argv[3]))
