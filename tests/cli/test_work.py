"""The worker does each job when it is due, and goes on when one fails, without writing what it was about."""

import json
import logging
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from communis.cli.log import JsonLines
from communis.cli.work import JOBS, LONG_JOBS, Job, work
from communis.journal.models import Entry
from communis.journal.moments import now
from communis.journal.record import record
from communis.people.sessions import SessionStore

# A job may use the database, so the worker looks after its connection around each.
pytestmark = pytest.mark.django_db

CANARY = "kanariefågeln sjunger"


def test_a_failing_job_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    done: list[str] = []

    def fail() -> None:
        done.append("fail")
        raise ValueError(CANARY)

    def go_on() -> None:
        done.append("go on")
        if len(done) >= 6:
            stop.set()

    work([Job("first", fail, 0), Job("second", go_on, 0)], stop)
    assert done == ["fail", "go on"] * 3
    lines = [JsonLines().format(entry) for entry in caplog.records if entry.name == "communis.work"]
    assert len(lines) == 3
    assert json.loads(lines[0])["job"] == "first"
    assert json.loads(lines[0])["error"] == "ValueError"
    assert CANARY not in "".join(lines)


def test_a_job_waits_until_it_is_due_again() -> None:
    stop = threading.Event()
    done: list[str] = []

    def often() -> None:
        done.append("often")
        if done.count("often") == 5:
            stop.set()

    work([Job("seldom", lambda: done.append("seldom"), 3600), Job("often", often, 0)], stop)
    assert done.count("seldom") == 1


def test_the_jobs_have_names_of_their_own() -> None:
    assert len({job.name for job in JOBS + LONG_JOBS}) == len(JOBS + LONG_JOBS)
    assert all(job.seconds >= 1 for job in JOBS + LONG_JOBS)


@pytest.mark.django_db(transaction=True)
def test_the_workers_own_jobs_run_on_a_real_journal() -> None:
    entry = record("test.happened", by=None)
    Entry.objects.filter(pk=entry.pk).update(at=now() - 3600 * 1_000_000)
    stop = threading.Event()
    work([*JOBS, *LONG_JOBS, Job("stop", stop.set, 3600)], stop)
    assert Entry.objects.get(pk=entry.pk).reacted_at is not None


def test_a_sign_in_that_is_over_is_deleted() -> None:
    over, lasting = SessionStore(), SessionStore()
    for session, days in ((over, -1), (lasting, 1)):
        session["of"] = "somebody"
        session.set_expiry(timezone.now() + timedelta(days=days))
        session.save()
    next(job for job in JOBS if job.name == "ended sign-ins").run()
    assert not SessionStore().exists(over.session_key)
    assert SessionStore().exists(lasting.session_key)


def written(logger: str, message: str, *arguments: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return JsonLines().format(
        logging.LogRecord(logger, logging.ERROR, __file__, 1, message, arguments, info, "here")
    )


def test_log_lines_hold_no_words_addresses_or_ip_numbers() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as raised:
        error = raised
    lines = [
        written("communis.mail", "not sent to %s", "elin@avinge.example"),
        written("django.request", f"Internal Server Error: /{CANARY}", error=error),
        written("somebody.else", f"{CANARY} 192.0.2.7"),
    ]
    for line in lines:
        for secret in (CANARY, "avinge", "192.0.2.7"):
            assert secret not in line
    assert json.loads(lines[0])["event"] == "not sent to %s"
    assert json.loads(lines[1])["error"] == "ValueError"
