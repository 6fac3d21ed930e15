"""A connection and a cursor that stand in line before they write (see write_lock)."""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from pysqlite3 import dbapi2 as Database

from communis.database.write_lock import WriteLock

# Seconds a writer waits before it gives up with "database is locked".
PATIENCE = 20.0

# Statements that outside a transaction need no place in line. Whatever is not surely a read stands in line:
# that costs a moment, a write outside the line could make others wait for seconds.
READS = re.compile(
    r"\s*(SELECT|VALUES|EXPLAIN|VACUUM\s+INTO|WITH\b(?!.*\b(INSERT|UPDATE|DELETE|REPLACE\s+INTO)\b))",
    re.IGNORECASE | re.DOTALL,
)


class Connection(Database.Connection):  # type: ignore[misc]
    """Holds the write lock from BEGIN until the transaction is over, so also while SQLite checkpoints.

    ``write_lock`` is None for a database in memory, which no other process can open.
    """

    write_lock: WriteLock | None = None

    def stand_in_line(self) -> None:
        """Take the write lock, or raise the same error as SQLite would."""
        if self.write_lock is not None and not self.write_lock.acquire(PATIENCE):
            raise Database.OperationalError("database is locked")

    def leave_when_done(self) -> None:
        """Give the write lock back unless a transaction is still open."""
        if self.write_lock is not None and self.write_lock.held and not self.in_transaction:
            self.write_lock.release()

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self.leave_when_done()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self.leave_when_done()

    def close(self) -> None:
        """The last connection to close moves the log into the database: a write like any other.

        When the line does not move within PATIENCE, closing goes on; SQLite's own locks still hold.
        """
        if self.write_lock is None:
            super().close()
            return
        if not self.write_lock.held:
            self.write_lock.acquire(PATIENCE)
        try:
            super().close()
        finally:
            self.write_lock.close()


class Cursor(Database.Cursor):  # type: ignore[misc]
    """Understands Django's ``%s`` and ``%(name)s``, and stands in line for statements that write."""

    convert_query = SQLiteCursorWrapper.convert_query
    connection: Connection
    # The rows of a write outside a transaction, read before the lock was given back.
    rows: Iterator[Any] | None = None

    def execute(self, query: str, params: Sequence[Any] | Mapping[str, Any] | None = None) -> "Cursor":
        if params is None:
            return self.in_line(query, lambda: super(Cursor, self).execute(query))
        names = list(params) if isinstance(params, Mapping) else None
        converted = self.convert_query(query, param_names=names)
        return self.in_line(query, lambda: super(Cursor, self).execute(converted, params))

    def executemany(self, query: str, param_list: Iterable[Any]) -> "Cursor":
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], Mapping) else None
        converted = self.convert_query(query, param_names=names)
        return self.in_line(query, lambda: super(Cursor, self).executemany(converted, rows))

    def in_line(self, query: str, execute: Callable[[], Any]) -> "Cursor":
        """Run the statement with the write lock held if it may write; in a transaction it is held already."""
        self.rows = None
        if self.connection.in_transaction or READS.match(query):
            try:
                execute()
            finally:
                self.connection.leave_when_done()
            return self
        self.connection.stand_in_line()
        try:
            execute()
            if self.description is not None:
                # INSERT ... RETURNING commits when its last row is read, so that has to happen in line.
                self.rows = iter(super().fetchall())
        finally:
            self.connection.leave_when_done()
        return self

    def fetchone(self) -> Any:
        return super().fetchone() if self.rows is None else next(self.rows, None)

    def fetchall(self) -> list[Any]:
        return list(super().fetchall() if self.rows is None else self.rows)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        size = self.arraysize if size is None else size
        if self.rows is None:
            return list(super().fetchmany(size))
        return list(itertools.islice(self.rows, size))

    def __next__(self) -> Any:
        return super().__next__() if self.rows is None else next(self.rows)
