"""First come, first served: nobody sees "database is locked" and nobody waits long."""

import fcntl
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from communis.database.backend import connection as backend_connection
from communis.database.write_lock import WriteLock
from tests.database.conftest import ALIAS

WRITER = Path(__file__).with_name("writer.py")


def held_by_someone(embedded: BaseDatabaseWrapper) -> bool:
    onlooker = WriteLock(str(embedded.settings_dict["NAME"]))
    free = onlooker.acquire(patience=0)
    onlooker.close()
    return not free


@pytest.fixture
def table(embedded: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    with embedded.cursor() as cursor:
        cursor.execute("CREATE TABLE word (id integer PRIMARY KEY, writer integer, text text)")
    return embedded


def test_a_transaction_holds_the_lock_until_it_is_over(table: BaseDatabaseWrapper) -> None:
    assert not held_by_someone(table)
    with transaction.atomic(using=ALIAS):
        assert held_by_someone(table)
        with transaction.atomic(using=ALIAS), table.cursor() as cursor:
            cursor.execute("INSERT INTO word (text) VALUES ('a')")
        assert held_by_someone(table)
    assert not held_by_someone(table)


def test_a_transaction_that_fails_gives_the_lock_back(table: BaseDatabaseWrapper) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=ALIAS):
        assert held_by_someone(table)
        raise ZeroDivisionError
    assert not held_by_someone(table)


def test_a_commit_that_is_refused_gives_the_lock_back(table: BaseDatabaseWrapper) -> None:
    with table.cursor() as cursor:
        cursor.execute("CREATE TABLE reply (word integer REFERENCES word DEFERRABLE INITIALLY DEFERRED)")
    with (
        pytest.raises(IntegrityError, match="FOREIGN KEY"),
        transaction.atomic(using=ALIAS),
        table.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO reply VALUES (99)")
    assert not held_by_someone(table)


def test_closing_inside_a_transaction_gives_the_lock_back(table: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=ALIAS):
        table.close()
    assert not held_by_someone(table)


@pytest.mark.parametrize("begin", ["BEGIN", "BEGIN IMMEDIATE", "SAVEPOINT here"])
def test_a_transaction_begun_by_hand_holds_the_lock_too(table: BaseDatabaseWrapper, begin: str) -> None:
    with table.cursor() as cursor:
        cursor.execute(begin)
        assert held_by_someone(table)
        cursor.execute("RELEASE here" if begin.startswith("SAVEPOINT") else "COMMIT")
    assert not held_by_someone(table)


@pytest.mark.parametrize(
    ("statement", "waits"),
    [
        ("SELECT * FROM word", False),
        ("  select 1", False),
        ("WITH w AS (SELECT 1) SELECT * FROM w", False),
        ("EXPLAIN INSERT INTO word (text) VALUES ('a')", False),
        ("INSERT INTO word (text) VALUES ('a')", True),
        ("WITH w AS (SELECT 1) INSERT INTO word (text) SELECT * FROM w", True),
        ("UPDATE word SET text = 'b'", True),
        ("DELETE FROM word RETURNING id", True),
        ("CREATE INDEX by_text ON word (text)", True),
        ("PRAGMA wal_checkpoint(TRUNCATE)", True),
    ],
)
def test_single_statements_wait_only_when_they_write(
    table: BaseDatabaseWrapper, statement: str, waits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backend_connection, "PATIENCE", 0)
    with transaction.atomic(using=ALIAS):
        other = table.copy()
        with other.cursor() as cursor:
            if waits:
                with pytest.raises(OperationalError, match="database is locked"):
                    cursor.execute(statement)
            else:
                cursor.execute(statement)
        other.close()
    with table.cursor() as cursor:
        cursor.execute(statement)
    assert not held_by_someone(table)


def test_a_database_in_memory_has_no_lock(embedded: BaseDatabaseWrapper) -> None:
    connections.settings[ALIAS]["NAME"] = "file:in_memory_here?mode=memory&cache=shared"
    with transaction.atomic(using=ALIAS):
        assert embedded.connection.write_lock is None
    assert not list(Path.cwd().glob("*in_memory_here*"))


def test_threads_stand_in_line_in_the_order_they_came(tmp_path: Path) -> None:
    """Each newcomer is let in only when the one before it is seen waiting, so the order is known."""
    first = WriteLock(str(tmp_path / "db"))
    first.acquire(patience=1)
    served: list[str] = []

    def wait_for_turn(name: str) -> None:
        lock = WriteLock(str(tmp_path / "db"))
        lock.acquire(patience=10)
        served.append(name)
        lock.close()

    head = threading.Thread(target=wait_for_turn, args=["head"])
    head.start()
    give_up_at = time.monotonic() + 10
    while first_in_line_is_free(tmp_path / "db-queue"):
        assert time.monotonic() < give_up_at, "nobody stands in line"
    # The one who has just written goes to the back of the line, however quick it is.
    first.release()
    first.acquire(patience=10)
    served.append("first again")
    first.close()
    head.join()
    assert served == ["head", "first again"]


def first_in_line_is_free(queue: Path) -> bool:
    with queue.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_killed_writer_leaves_nothing_locked(table: BaseDatabaseWrapper) -> None:
    with start_writer(table, "hold") as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "holding\n"
            assert held_by_someone(table)
        finally:
            writer.kill()
    assert not held_by_someone(table)
    with table.cursor() as cursor:
        cursor.execute("INSERT INTO word (text) VALUES ('after')")
        cursor.execute("SELECT text FROM word")
        assert cursor.fetchall() == [("after",)]


def eight_writers(table: BaseDatabaseWrapper, seconds: str) -> None:
    writers = [start_writer(table, seconds, str(number)) for number in range(8)]
    reports = [json.loads(writer.communicate()[0]) for writer in writers]
    written = sum(report["written"] for report in reports)
    longest = max(report["longest"] for report in reports)
    print(f"\n8 writers: {written} written, longest wait {longest * 1000:.0f} ms")
    assert [report["errors"] for report in reports] == [[]] * 8
    assert longest <= 2
    assert min(report["written"] for report in reports) > 0
    with table.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM word")
        assert cursor.fetchone() == (written,)
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)


def test_eight_writers_never_see_a_locked_database(table: BaseDatabaseWrapper) -> None:
    eight_writers(table, "4")


@pytest.mark.nightly
def test_eight_writers_for_ten_minutes(table: BaseDatabaseWrapper) -> None:
    eight_writers(table, "600")


def start_writer(table: BaseDatabaseWrapper, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(WRITER), str(table.settings_dict["NAME"]), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
