"""Accepted mail lies here until it is known what became of it: on disk before it is acknowledged (trust 8).

A mail is one file for each recipient. It is written beside the others, flushed, and moved in among them, and the
folder is flushed too: it is there whole or not at all, also when the power is cut. Its last line tells that it is.

    in/     accepted, and nothing done about it yet
    held/   waits for its sender; kept until she has decided, a year at most; from outside it waits for a steward, for
            thirty days
    done/   it is known what became of it; kept for thirty days
    broken/ not whole: nothing that was acknowledged looks so, and somebody has to look at it
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from communis.journal.ids import public_id
from communis.journal.moments import DAY, now

DAYS_KEPT = 30
DAYS_HELD = 365
# What is being written is moved away within seconds; what is left after a day was killed while it was written.
_FORGOTTEN_AFTER = 1
_END = b"END "


class Broken(Exception):
    """A file in the spool is not what was put there."""


@dataclass(frozen=True)
class Envelope:
    """Around one mail to one recipient: as the sending server said it. ``sender`` is empty for what bounces."""

    recipient: str
    sender: str
    # Who delivered it: an address of the network, ``local`` for a program on this machine.
    peer: str
    # Whether the server that delivered it is one whose word on the sender we take.
    trusted: bool
    # Microseconds since 1970.
    arrived_at: int


class Spool:
    """The folder of accepted mail. Several processes may put mails in, and one takes them out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Make the folders that are missing, for this user alone."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for name in ("tmp", "in", "held", "done", "broken"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)

    def keep(self, envelope: Envelope, raw: bytes) -> str:
        """Put a mail in; returns its name. When it returns, the mail outlives a cut of power. Raises OSError."""
        # In the order in which they came, as far as the clock tells.
        name = f"{envelope.arrived_at:017}-{public_id()}"
        written = self.folder / "tmp" / name
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_packed(envelope, raw))
                file.flush()
                os.fsync(file.fileno())
            os.rename(written, self.folder / "in" / name)
        except OSError:
            written.unlink(missing_ok=True)
            raise
        flush_folder(self.folder / "in")
        return name

    def waiting(self) -> Iterator[str]:
        """The names of what was accepted and not settled, the oldest first."""
        yield from sorted(entry.name for entry in os.scandir(self.folder / "in"))

    def read(self, name: str) -> tuple[Envelope, bytes]:
        """What was put in. Raises Broken when the file is not whole, OSError when it cannot be read."""
        return _unpacked((self.folder / "in" / name).read_bytes())

    def read_held(self, name: str) -> tuple[Envelope, bytes]:
        """The same of one that waits for its sender."""
        return _unpacked((self.folder / "held" / name).read_bytes())

    def read_settled(self, name: str) -> tuple[Envelope, bytes]:
        """The same of one of which it is known what became of it."""
        return _unpacked((self.folder / "done" / name).read_bytes())

    def waiting_to(self, recipient: str) -> int:
        """How many that are not settled were accepted for this address."""
        return sum(self._is_to(recipient.strip().lower(), name) for name in self.waiting())

    def _is_to(self, recipient: str, name: str) -> bool:
        try:
            with open(self.folder / "in" / name, "rb") as file:
                said = json.loads(file.readline())["recipient"]
        except (OSError, ValueError, KeyError, TypeError):
            # Settled meanwhile, or broken, which is found out elsewhere.
            return False
        return str(said).strip().lower() == recipient

    def settled(self, name: str) -> None:
        """It is known what became of it. Nothing happens when that was said before."""
        self._move(name, "done")

    def hold(self, name: str) -> None:
        """It waits for its sender. Nothing happens when that was said before."""
        self._move(name, "held")

    def decided(self, name: str) -> None:
        """Its sender has decided about one that waited."""
        self._move(name, "done", came_from="held")

    def forget(self, name: str) -> None:
        """It is known what became of it, and nothing of it may be kept."""
        (self.folder / "in" / name).unlink(missing_ok=True)

    def forget_held(self, name: str) -> None:
        """Nobody has decided about it in time."""
        (self.folder / "held" / name).unlink(missing_ok=True)

    def set_aside(self, name: str) -> None:
        """It is broken, and must not hold up the others."""
        self._move(name, "broken")

    def sweep(self) -> int:
        """Delete what was settled thirty days ago, and what was killed while it was written; returns how many."""
        old = [("done", DAYS_KEPT), ("held", DAYS_HELD), ("tmp", _FORGOTTEN_AFTER)]
        gone = 0
        for folder, days in old:
            for entry in os.scandir(self.folder / folder):
                if entry.stat().st_mtime < (now() - days * DAY) / 1_000_000:
                    os.unlink(entry.path)
                    gone += 1
        return gone

    def free_mib(self) -> int:
        """How much room there is, in MiB."""
        return shutil.disk_usage(self.folder).free // 2**20

    def _move(self, name: str, to: str, came_from: str = "in") -> None:
        try:
            os.rename(self.folder / came_from / name, self.folder / to / name)
        except FileNotFoundError:
            return
        os.utime(self.folder / to / name)


def flush_folder(folder: Path) -> None:
    """What was moved into the folder is there after a cut of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _packed(envelope: Envelope, raw: bytes) -> bytes:
    """One line of envelope, the mail as it came, and a line that only a whole file ends with."""
    head = json.dumps(asdict(envelope) | {"length": len(raw)}).encode()
    return b"%b\n%b\n%b%b\n" % (head, raw, _END, _digest(head, raw))


def _unpacked(packed: bytes) -> tuple[Envelope, bytes]:
    head, _newline, rest = packed.partition(b"\n")
    try:
        about = json.loads(head)
        length = about.pop("length")
        envelope = Envelope(**about)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Broken(f"no envelope: {type(error).__name__}") from error
    raw, end = rest[:length], rest[length:]
    if end != b"\n%b%b\n" % (_END, _digest(head, raw)):
        raise Broken("not whole")
    return envelope, raw


def _digest(head: bytes, raw: bytes) -> bytes:
    return hashlib.sha256(head + b"\n" + raw).hexdigest().encode()
