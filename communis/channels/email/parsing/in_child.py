"""Reads a mail in a child process that has limits and no secrets (trust section 8, step 7).

One child serves many mails, so that each costs little; it is replaced when it dies and after some hundreds.
"""

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from communis.channels.email.parsing.child import OUT_OF_MEMORY, SECONDS
from communis.channels.email.parsing.frames import LENGTH, NoLetter, unpacked
from communis.channels.email.parsing.letter import Letter, Reason, Unreadable
from communis.channels.email.parsing.limits import LARGEST, MEBIBYTE

MAILS = 500  # one child reads so many: what one of them left behind does not stay
# The clock on the wall goes on while other processes have the processor, the child's own time does not.
PATIENCE = 4

_ROOT = Path(__file__).parents[4]


class _Dead(Exception):
    """The child ended before it answered; ``status`` is how, as the kernel says it."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


class _Child:
    def __init__(self, mebibytes: int) -> None:
        ours, theirs = socket.socketpair()
        self.mebibytes = mebibytes
        self.left = MAILS
        self.parent = os.getpid()
        self._connection = ours
        with theirs:
            module = "communis.channels.email.parsing.child"
            self._process = subprocess.Popen(  # noqa: S603 our own module, no shell, numbers only
                [sys.executable, "-P", "-s", "-m", module, str(mebibytes), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # No secret of the installation is in the child.
                env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            )

    def read(self, raw: bytes, *, seconds: int) -> Letter | Unreadable:
        """Raises _Dead if the child ends, TimeoutError if it neither ends nor answers, NoLetter."""
        self.left -= 1
        until = time.monotonic() + seconds * PATIENCE
        try:
            self._connection.settimeout(seconds * PATIENCE)
            self._connection.sendall(SECONDS.pack(seconds) + LENGTH.pack(len(raw)))
            self._connection.sendall(raw)
            (length,) = LENGTH.unpack(self._received(LENGTH.size, until))
            if length > LARGEST + 64 * MEBIBYTE:
                raise NoLetter
            return unpacked(self._received(length, until))
        except (ConnectionError, EOFError):
            raise _Dead(self.end()) from None

    def _received(self, length: int, until: float) -> bytearray:
        frame = bytearray(length)
        view, got = memoryview(frame), 0
        while got < length:
            self._connection.settimeout(max(until - time.monotonic(), 0.001))
            piece = self._connection.recv_into(view[got:])
            if not piece:
                raise EOFError
            got += piece
        return frame

    def end(self) -> int | None:
        """How it ended; it is killed if it has not by itself. Nothing is left running."""
        self._connection.close()
        if self.parent != os.getpid():  # this process was forked: the child is another's
            return None
        try:
            return self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


_lock = threading.Lock()
_child: _Child | None = None


def read_in_child(raw: bytes, *, seconds: int = 2, mebibytes: int = 200) -> Letter | Unreadable:
    """``seconds`` of the processor, and four times as many by the clock; ``mebibytes`` of address space in all.

    Raises nothing of its own, and never takes longer than twice the clock's time. A child that ended while it waited
    is replaced once without anyone noticing.
    """
    if len(raw) > LARGEST:
        return Unreadable(Reason.TOO_LARGE)
    with _lock:
        for last_try in (False, True):
            try:
                return _ready(mebibytes).read(raw, seconds=seconds)
            except TimeoutError:
                _drop()
                return Unreadable(Reason.TOO_SLOW)
            except _Dead as dead:
                _drop()
                if dead.status == -signal.SIGXCPU:
                    return Unreadable(Reason.TOO_SLOW)
                if dead.status == OUT_OF_MEMORY:
                    return Unreadable(Reason.TOO_MUCH_MEMORY)
                if last_try:
                    return Unreadable(Reason.BROKEN, f"child ended with {dead.status}")
            except (NoLetter, OSError, MemoryError) as error:
                _drop()
                return Unreadable(Reason.BROKEN, type(error).__name__)
            except BaseException:
                # Interrupted in the middle: its answer would be taken for that of the next mail.
                _drop()
                raise
    raise AssertionError("the last try returns")


def end_child() -> None:
    """Ends the child that waits, if there is one. Happens by itself when the process ends."""
    with _lock:
        _drop()


def _ready(mebibytes: int) -> _Child:
    global _child
    if _child is not None and (
        _child.left <= 0 or _child.mebibytes != mebibytes or _child.parent != os.getpid()
    ):
        _drop()
    if _child is None:
        _child = _Child(mebibytes)
    return _child


def _drop() -> None:
    global _child
    dropped, _child = _child, None
    if dropped is not None:
        dropped.end()


def _after_fork() -> None:
    """A forked process may not wait for a lock that nobody there holds."""
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(end_child)
