from collections.abc import Iterable

from django.core.management.base import CommandError
from django.db.backends.sqlite3.client import DatabaseClient as SqliteClient


class DatabaseClient(SqliteClient):
    """Refuses ``dbshell``: it would run the system's SQLite program, perhaps an old one, on our files."""

    def runshell(self, parameters: Iterable[str]) -> None:
        raise CommandError(
            "There is no shell for the embedded database: the system's SQLite program may be one that loses "
            "commits. Copy the database with VACUUM INTO and open the copy."
        )
