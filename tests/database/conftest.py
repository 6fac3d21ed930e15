from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS = "embedded"


@pytest.fixture
def embedded(tmp_path: Path, django_db_blocker: pytest.FixtureRequest) -> Iterator[BaseDatabaseWrapper]:
    """A new embedded database in a file, also when the suite runs on PostgreSQL."""
    connections.settings[ALIAS] = {
        **connections.settings["default"],
        "ENGINE": "communis.database.backend",
        "NAME": str(tmp_path / "words.sqlite3"),
        "OPTIONS": {},
    }
    with django_db_blocker.unblock():
        yield connections[ALIAS]
        connections[ALIAS].close()
    del connections[ALIAS], connections.settings[ALIAS]
