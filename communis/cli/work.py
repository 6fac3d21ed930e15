"""What the worker does, and how often. News goes up: the jobs are reactions, seals and what waits to be sent.

The rows themselves are the queue (docs/decisions/0002), so a job that fails or is killed is simply done again.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from django.db import close_old_connections

from communis.answers.answering import open_answers
from communis.answers.clarity import count_clarity
from communis.answers.reminding import remind
from communis.answers.trials.reviewing import remind_of_reviews
from communis.behind_the_scenes.keys import forget_spent
from communis.behind_the_scenes.release import forget_order_of_waiting, release
from communis.channels.email.checks.running import run_asked_check
from communis.channels.email.digests import queue_digests
from communis.channels.email.intake.holding import say_unconfirmed
from communis.channels.email.intake.receiving import fetch_mail, receive, sweep
from communis.channels.email.outside.held import forget_old
from communis.channels.email.outside.telling import tell_of_outside
from communis.channels.email.sending import send_due
from communis.channels.importers.running import run_next
from communis.journal.idempotency import forget
from communis.journal.reactions import react
from communis.journal.seals import seal
from communis.people.sessions import SessionStore
from communis.search.indexing import catch_up
from communis.search.trials import catch_up_with_trials
from communis.widening.completing import open_due, remind_and_end
from communis.widening.lessons import open_lessons

log = logging.getLogger("communis.work")


class Job(NamedTuple):
    """``run`` must bear being called again after it failed or was killed; ``seconds`` is from end to start."""

    name: str
    run: Callable[[], object]
    seconds: float


JOBS = [
    Job("reactions", react, 5),
    Job("mail that goes out", send_due, 5),
    Job("mail that waited for a no", say_unconfirmed, 30),
    Job("openings", open_due, 30),
    Job("lessons", open_lessons, 30),
    Job("answers", open_answers, 30),
    Job("clarity of answers", count_clarity, 3600),
    Job("reminders of answers", remind, 300),
    Job("reviews of what was tried", remind_of_reviews, 300),
    Job("reminders of openings", remind_and_end, 300),
    Job("what waits behind the scenes", release, 60),
    Job("order of what waits", forget_order_of_waiting, 60),
    Job("seals", seal, 60),
    Job("spent keys", forget, 3600),
    Job("spent keys behind the scenes", forget_spent, 3600),
    Job("mail settled long ago", sweep, 3600),
    Job("mail from outside that waited long", forget_old, 3600),
    Job("news of mail from outside", tell_of_outside, 300),
    # What the privacy page promises: a sign-in that is over is gone.
    Job("ended sign-ins", SessionStore.clear_expired, 3600),
]
# One of these may take an hour, which the others must not wait for, or must not wait for the others: the worker gives
# each a thread of its own.
LONG_JOBS = [
    # Each mail that comes in makes others that go out, and those take longer.
    Job("mail that came in", receive, 1),
    Job("digests", queue_digests, 60),
    Job("imports", run_next, 5),
    # It waits for a mail to come back.
    Job("check of mail", run_asked_check, 5),
    # A mailbox far away may answer slowly.
    Job("mail that is fetched", fetch_mail, 60),
    Job("what can be found", catch_up, 3600),
    Job("what was tried can be found", catch_up_with_trials, 3600),
]


def work(jobs: list[Job], stop: threading.Event) -> None:
    """Run each job when it is due, until ``stop`` is set. The job at hand is always finished."""
    due = dict.fromkeys(range(len(jobs)), 0.0)
    while not stop.is_set():
        for number, job in enumerate(jobs):
            if time.monotonic() >= due[number] and not stop.is_set():
                run(job)
                due[number] = time.monotonic() + job.seconds
        stop.wait(max(0.0, min(due.values(), default=time.monotonic() + 60) - time.monotonic()))


def run(job: Job) -> bool:
    """One job, once. A failure is logged by its kind alone, for its message could carry words (LOG-1)."""
    close_old_connections()
    try:
        job.run()
    except Exception as error:
        log.error("job failed", extra={"job": job.name, "error": type(error).__name__})
        return False
    finally:
        close_old_connections()
    return True
