"""What has to hold before anything is accepted (trust K19). Each refusal says what is wrong and what to do."""

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, NotSupportedError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from pysqlite3 import dbapi2 as sqlite

from communis.database.other_libraries import processes_with_another_library

# Clocks of two machines differ by a little; more than this is a clock set back.
CLOCK_TOLERANCE = 60 * 1_000_000
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Refusal(NamedTuple):
    """``name`` for programs, ``sentence`` for the person who has to mend it."""

    name: str
    sentence: str


def refusals(last_recorded: Callable[[], int | None]) -> list[Refusal]:
    """Everything that is wrong; empty when the installation may start.

    ``last_recorded`` gives the moment of the newest journal entry in microseconds since 1970. It is asked
    only when the database is whole, so it need not fear missing tables.
    """
    found = [*settings_refusals(), *folder_refusals(settings.DATA, settings.LEAST_FREE_MIB)]
    if found:
        # A database is not opened, and so not created, in a folder or under settings that are wrong.
        return found
    try:
        connection.ensure_connection()
        found = [*embedded_refusals()] if connection.vendor == "sqlite" else [*server_refusals()]
        if not found:
            found = [*migration_refusals()] or [*clock_refusals(last_recorded(), time.time_ns() // 1000)]
    except NotSupportedError:
        found = [old_server()]
    except Error as error:
        sentence = _("The database cannot be opened: %(error)s Look at DATABASE_URL and COMMUNIS_DATA.")
        found = [Refusal("database", sentence % {"error": f"{error}".strip().rstrip(".") + "."})]
    return found


def settings_refusals() -> Iterator[Refusal]:
    if not has_key():
        yield Refusal(
            "key",
            _(
                "There is no secret key. Set COMMUNIS_SECRET_KEY or COMMUNIS_SECRET_KEY_FILE, or put the key "
                "back in keys/secret in the data folder. Without the old key every session and link ends."
            ),
        )
    if settings.DEBUG:
        yield Refusal("debug", _("DEBUG is on: error pages would show words and secrets. Set it to False."))
    yield from address_refusals(settings.BASE_URL)


def has_key() -> bool:
    """Django raises when an empty key is read."""
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return False


def address_refusals(address: str) -> Iterator[Refusal]:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return
    sentence = _(
        "COMMUNIS_URL is %(address)s. Write an address that begins with https://; plain http:// is only for "
        "127.0.0.1 and localhost."
    )
    yield Refusal("address", sentence % {"address": address})


def folder_refusals(folder: Path, least_free_mib: int) -> Iterator[Refusal]:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        sentence = _(
            "The data folder %(folder)s cannot be written to (%(error)s). Create it for the user that runs "
            "Communis, or let COMMUNIS_DATA name another."
        )
        yield Refusal("folder", sentence % {"folder": folder, "error": error.strerror})
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        sentence = _("Others on this machine can read the data folder. Run: chmod 700 %(folder)s")
        yield Refusal("permissions", sentence % {"folder": folder})
    free = shutil.disk_usage(folder).free // 2**20
    if free < least_free_mib:
        sentence = _(
            "Only %(free)d MiB are free in %(folder)s; at least %(least)d are needed so that nothing accepted "
            "is lost. Make room, or set COMMUNIS_LEAST_FREE_MIB lower."
        )
        yield Refusal("space", sentence % {"free": free, "folder": folder, "least": least_free_mib})


def embedded_refusals() -> Iterator[Refusal]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        journal_mode = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]
    yield from library_refusals(sqlite.sqlite_version_info)
    yield from durability_refusals(journal_mode, synchronous)
    yield from second_library_refusals(Path(connection.settings_dict["NAME"]))


def library_refusals(version: tuple[int, int, int]) -> Iterator[Refusal]:
    """SQLite 3.7.0-3.51.2 can lose commits under WAL; mended in 3.51.3, 3.50.7 and 3.44.6 (trust finding 1)."""
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if not mended:
        sentence = _(
            "SQLite %(version)s can lose what it has accepted. Install the locked dependencies again: they "
            "bring pysqlite3 with SQLite 3.51.3 or newer."
        )
        yield Refusal("library", sentence % {"version": ".".join(map(str, version))})


def durability_refusals(journal_mode: str, synchronous: int) -> Iterator[Refusal]:
    if journal_mode != "wal":
        sentence = _(
            "The database does not keep a write-ahead log (journal_mode is %(mode)s). Put the data folder on "
            "a local disk; network disks cannot do it."
        )
        yield Refusal("log", sentence % {"mode": journal_mode})
    if synchronous < 2:
        yield Refusal(
            "synchronous",
            _(
                "The database does not wait for the disk (synchronous is not FULL), so a power cut would "
                "lose words. Use the backend communis.database.backend unchanged."
            ),
        )


def second_library_refusals(database: Path) -> Iterator[Refusal]:
    """Two SQLite libraries on one file undo each other's locks."""
    sentence = _(
        "Another SQLite library than ours opens %(database)s: %(who)s. Stop it; to look into the database, "
        "copy it with VACUUM INTO and open the copy."
    )
    for alias, other in connections.settings.items():
        same_file = os.path.abspath(str(other["NAME"])) == os.path.abspath(database)
        if same_file and other["ENGINE"] != "communis.database.backend":
            who = f"DATABASES[{alias!r}], {other['ENGINE']}"
            yield Refusal("second_library", sentence % {"database": database, "who": who})
    for process in processes_with_another_library(database):
        who = _("process %(id)d (%(name)s)") % {"id": process.id, "name": process.name}
        yield Refusal("second_library", sentence % {"database": database, "who": who})


def server_refusals() -> Iterator[Refusal]:
    # Only Django's wrapper for PostgreSQL knows its version.
    if getattr(connection, "pg_version", 0) < 150000:
        yield old_server()


def old_server() -> Refusal:
    sentence = _("DATABASE_URL names a PostgreSQL older than 15. Upgrade it, or name another server.")
    return Refusal("server", sentence)


def migration_refusals() -> Iterator[Refusal]:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        sentence = _("The database is from an older version: %(waiting)d steps wait. Run: communis migrate")
        yield Refusal("migrations", sentence % {"waiting": waiting})


def clock_refusals(last_recorded: int | None, now: int) -> Iterator[Refusal]:
    """Both in microseconds since 1970. Under a clock set back, new words would sort before old ones."""
    if last_recorded is None or now >= last_recorded - CLOCK_TOLERANCE:
        return
    sentence = _(
        "The clock of this machine stands %(minutes)d minutes before the last thing that was recorded. "
        "Set the clock right and start again."
    )
    yield Refusal("clock", sentence % {"minutes": (last_recorded - now) // 60_000_000})
