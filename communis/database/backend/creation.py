"""Test databases are files, so that threads and processes of one test see the same database."""

import contextlib
import os
from pathlib import Path

from django.db.backends.sqlite3.creation import DatabaseCreation as SqliteCreation

BESIDE = ["", "-wal", "-shm", "-queue", "-writer"]


class DatabaseCreation(SqliteCreation):
    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name: str = self._get_test_db_name()  # type: ignore[attr-defined]
        if not self.is_in_memory_db(name):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            if not keepdb:
                remove(name)
        created: str = super()._create_test_db(verbosity, autoclobber, keepdb)  # type: ignore[misc]
        return created

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        if not self.is_in_memory_db(test_database_name):
            remove(test_database_name)


def remove(database: str) -> None:
    """A log left from another database of the same name would corrupt the new one, so all five files go."""
    for suffix in BESIDE:
        with contextlib.suppress(FileNotFoundError):
            os.remove(f"{database}{suffix}")
