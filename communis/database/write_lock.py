"""One writer at a time, first come, first served, over every process and thread that opens the database.

SQLite lets one connection write and the others try again after naps of their own; who naps longest can wait
many seconds while newcomers pass. Here writers queue at two lock files beside the database:

    <database>-queue    held by the one who stands first in line, and only while it waits
    <database>-writer   held by the one who writes

Only the first in line may reach for the writer's lock, so whoever has just written has to go to the back. The
kernel drops both locks when a process dies, however it dies: there is nothing to clean up.
"""

import fcntl
import time
from typing import IO

# How often the first in line looks again. A write with its fsync takes about two milliseconds.
PAUSE = 0.0005


class WriteLock:
    """The place in line of one connection. Not for use by two threads at once."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.held = False
        self.queue: IO[bytes] | None = None
        self.writer: IO[bytes] | None = None

    def acquire(self, patience: float) -> bool:
        """Wait in line; False when it is still someone else's turn after ``patience`` seconds.

        A writer that hangs makes all who wait give up in about the same time, not one after another:
        the clock starts on arrival and everyone who reaches the front has at least one try.
        """
        give_up_at = time.monotonic() + patience
        if self.queue is None or self.writer is None:
            self.queue = open(f"{self.database}-queue", "ab")  # noqa: SIM115 - kept open
            self.writer = open(f"{self.database}-writer", "ab")  # noqa: SIM115
        fcntl.flock(self.queue, fcntl.LOCK_EX)
        try:
            while not self.held:
                try:
                    fcntl.flock(self.writer, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.held = True
                except BlockingIOError:
                    if time.monotonic() >= give_up_at:
                        break
                    time.sleep(PAUSE)
        finally:
            fcntl.flock(self.queue, fcntl.LOCK_UN)
        return self.held

    def release(self) -> None:
        if self.held and self.writer is not None:
            self.held = False
            fcntl.flock(self.writer, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leave the line for good; closing the files drops the locks."""
        self.held = False
        for file in (self.queue, self.writer):
            if file is not None:
                file.close()
        self.queue = self.writer = None
