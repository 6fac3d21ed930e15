"""Where Django looks for the backend. What must hold of a connection is fixed here, not in settings."""

import datetime
import decimal
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from pysqlite3 import dbapi2 as Database

from communis.database.backend.client import DatabaseClient
from communis.database.backend.connection import PATIENCE, Connection, Cursor
from communis.database.backend.creation import DatabaseCreation
from communis.database.backend.features import DatabaseFeatures
from communis.database.backend.operations import DatabaseOperations
from communis.database.write_lock import WriteLock

# Django registers these with the system's library; this library keeps a list of its own.
Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", base.decoder(parse_date))
Database.register_converter("time", base.decoder(parse_time))
Database.register_converter("datetime", base.decoder(parse_datetime))
Database.register_converter("timestamp", base.decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, base.adapt_date)
Database.register_adapter(datetime.datetime, base.adapt_datetime)

# FULL: an acknowledged commit is on the disk. NORMAL loses commits at a power cut (trust finding 2).
PRAGMAS = [
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA mmap_size = 0",
]


class DatabaseWrapper(base.DatabaseWrapper):
    Database = Database
    client_class = DatabaseClient
    creation_class = DatabaseCreation
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """The arguments of ``Database.connect``; OPTIONS are refused because none may be loosened."""
        if self.settings_dict["OPTIONS"]:
            raise ImproperlyConfigured(
                "The embedded database takes no OPTIONS: they are fixed in its backend."
            )
        parameters: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = "IMMEDIATE"
        return parameters | {"timeout": PATIENCE, "factory": Connection}

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        connection: Connection = Database.connect(**conn_params)
        register_functions(connection)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        if not self.is_in_memory_db():
            connection.write_lock = WriteLock(str(conn_params["database"]))
            write_ahead(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


def write_ahead(connection: Connection) -> None:
    """Readers never wait for a writer. The mode is stored in the file, so this changes it only once."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    connection.stand_in_line()
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.leave_when_done()
