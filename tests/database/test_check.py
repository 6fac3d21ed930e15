"""The start-up check refuses each wrong thing by name, with a sentence that says what to do (trust K19)."""

import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from communis.database import check
from communis.database.check import Refusal, refusals
from tests.database.conftest import ALIAS

HOUR = 3600 * 1_000_000


def nothing_recorded() -> int | None:
    return None


def names(found: Iterator[Refusal] | list[Refusal]) -> list[str]:
    return [refusal.name for refusal in found]


@pytest.fixture
def sound(db: None, tmp_path: Path, settings: object) -> Path:
    """An installation with nothing wrong: whatever a test then breaks is the only thing refused."""
    tmp_path.chmod(0o700)
    settings.DATA = tmp_path
    settings.LEAST_FREE_MIB = 1
    assert refusals(nothing_recorded) == []
    return tmp_path


def only(found: list[Refusal]) -> Refusal:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("version", "refused"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_an_sqlite_that_can_lose_commits(version: tuple[int, int, int], refused: bool) -> None:
    assert names(check.library_refusals(version)) == (["library"] if refused else [])


def test_no_write_ahead_log() -> None:
    assert names(check.durability_refusals("delete", 2)) == ["log"]


def test_not_waiting_for_the_disk() -> None:
    assert names(check.durability_refusals("wal", 1)) == ["synchronous"]
    assert names(check.durability_refusals("wal", 2)) == []


def test_synchronous_is_read_from_the_connection_itself(sound: Path, transactional_db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the embedded database only")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")
    try:
        assert only(refusals(nothing_recorded)).name == "synchronous"
    finally:
        connection.close()


def test_the_systems_library_in_our_settings(embedded: BaseDatabaseWrapper) -> None:
    embedded.ensure_connection()
    database = Path(str(embedded.settings_dict["NAME"]))
    assert names(check.second_library_refusals(database)) == []
    connections.settings["old"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}
    try:
        found = only(list(check.second_library_refusals(database)))
        assert "django.db.backends.sqlite3" in found.sentence
    finally:
        del connections.settings["old"]


def test_another_program_with_the_systems_library(embedded: BaseDatabaseWrapper) -> None:
    embedded.ensure_connection()
    database = str(embedded.settings_dict["NAME"])
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('select 1 from sqlite_master')\n"
    )
    script += "print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script, database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        found = only(list(check.second_library_refusals(Path(database))))
        assert f"{other.pid}" in found.sentence
        other.communicate("\n")
    assert names(check.second_library_refusals(Path(database))) == []
    assert ALIAS in connections.settings


def test_a_clock_before_the_last_entry(sound: Path) -> None:
    future = check.time.time_ns() // 1000 + HOUR
    found = only(refusals(lambda: future))
    assert found.name == "clock"
    assert refusals(lambda: future - 2 * HOUR) == []


def test_a_folder_that_cannot_be_written(sound: Path, settings: object) -> None:
    settings.DATA = sound / "missing"
    assert only(refusals(nothing_recorded)).name == "folder"
    # Nobody, not even root, can write here.
    settings.DATA = Path("/proc/self")
    assert "/proc/self" in only(refusals(nothing_recorded)).sentence


def test_a_folder_that_others_can_read(sound: Path) -> None:
    sound.chmod(0o750)
    found = only(refusals(nothing_recorded))
    assert found.name == "permissions"
    assert f"chmod 700 {sound}" in found.sentence


def test_too_little_room(sound: Path, settings: object) -> None:
    settings.LEAST_FREE_MIB = 10**9
    assert only(refusals(nothing_recorded)).name == "space"


def test_no_key(sound: Path, settings: object) -> None:
    settings.SECRET_KEY = ""
    assert only(refusals(nothing_recorded)).name == "key"


def test_debug(sound: Path, settings: object) -> None:
    settings.DEBUG = True
    assert only(refusals(nothing_recorded)).name == "debug"


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("https://communis.avinge.example", False),
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("http://[::1]:8000", False),
        ("http://communis.avinge.example", True),
        ("http://127.0.0.1.avinge.example", True),
        ("communis.avinge.example", True),
    ],
)
def test_an_address_without_https(address: str, refused: bool, sound: Path, settings: object) -> None:
    settings.BASE_URL = address
    assert names(refusals(nothing_recorded)) == (["address"] if refused else [])


def test_migrations_that_wait(sound: Path) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="communis").delete()
    found = only(refusals(nothing_recorded))
    assert found.name == "migrations"
    assert "communis migrate" in found.sentence


@pytest.fixture
def old_server() -> Iterator[int]:
    """Speaks just enough of PostgreSQL's protocol to say that it is version 13. Gives its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def message(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack(">i", len(body) + 4) + body

    def welcome() -> None:
        caller, _ = listening.accept()
        with caller:
            if caller.recv(4096)[4:8] == struct.pack(">i", 80877103):  # asks for TLS
                caller.sendall(b"N")
                caller.recv(4096)
            status = b"server_version\x0013.20\x00", b"client_encoding\x00UTF8\x00", b"TimeZone\x00UTC\x00"
            caller.sendall(message(b"R", struct.pack(">i", 0)))
            caller.sendall(b"".join(message(b"S", one) for one in status) + message(b"Z", b"I"))
            while caller.recv(4096):
                pass

    thread = threading.Thread(target=welcome, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    listening.close()


def test_a_postgresql_older_than_15(old_server: int, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://someone:word@127.0.0.1:{old_server}/communis?sslmode=disable",
        "DJANGO_SETTINGS_MODULE": "communis.settings",
        "COMMUNIS_DATA": str(tmp_path),
        "COMMUNIS_SECRET_KEY": "only for this test",
        "COMMUNIS_LEAST_FREE_MIB": "1",
    }
    script = "import django; django.setup(); from communis.database.check import refusals\n"
    script += "print([refusal.name for refusal in refusals(lambda: None)])"
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.stdout.strip() == "['server']", run.stderr[-2000:]
