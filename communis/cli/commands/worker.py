import argparse
import signal
import threading

from django.utils.translation import gettext as _

from communis.cli.checking import what_is_wrong
from communis.cli.result import Result
from communis.cli.work import JOBS, LONG_JOBS, work

NAME = "worker"
HELP = _("do what follows from what was done: notices, mails, seals")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(arguments: argparse.Namespace) -> Result:
    if wrong := what_is_wrong():
        return Result("\n".join(refusal.sentence for refusal in wrong), failed=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    for job in LONG_JOBS:
        # A long job bears being cut off at any moment, so nobody waits for it when the worker stops.
        threading.Thread(target=work, args=([job], stop), daemon=True).start()
    work(JOBS, stop)
    return Result(_("The worker has stopped."))
