"""The product's worker in a hurry: moments between its jobs, and not the minute in which all can be undone."""

import threading

import django

django.setup()

from communis.cli.work import JOBS, LONG_JOBS, work  # noqa: E402
from communis.journal import reactions  # noqa: E402

MAIL = {"reactions", "mail that came in", "mail that goes out"}

if __name__ == "__main__":
    reactions.UNDO = 0
    assert {job.name for job in JOBS + LONG_JOBS} >= MAIL
    hurried = [job._replace(seconds=0.2) for job in JOBS + LONG_JOBS if job.name in MAIL]
    work(hurried, threading.Event())
