"""What was accepted is there, whole, however the process that accepted it ends."""

import multiprocessing
import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communis.channels.email.intake import spool as spooling
from communis.channels.email.intake.spool import Broken, Envelope, Spool
from communis.journal.moments import DAY
from tests.clock import Clock

AROUND = Envelope("till.karin@post.example", "elin@avinge.example", "127.0.0.1", True, 1_800_000_000_000_000)
RAW = b"Subject: Hej\r\n\r\nH\xe4r \x00 \n.\r\n\r\nEND slut\n"


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    made = Spool(tmp_path / "spool")
    made.make()
    return made


def test_as_it_was_put_in(spool: Spool) -> None:
    first, second = spool.keep(AROUND, RAW), spool.keep(AROUND, b"")
    assert sorted(spool.waiting()) == sorted([first, second])
    assert spool.read(first) == (AROUND, RAW) and spool.read(second) == (AROUND, b"")
    assert (spool.folder / "in" / first).stat().st_mode & 0o077 == 0
    spool.settled(first)
    spool.settled(first)
    assert list(spool.waiting()) == [second]


def test_what_is_not_whole_is_never_read(spool: Spool) -> None:
    name = spool.keep(AROUND, RAW)
    file = spool.folder / "in" / name
    whole = file.read_bytes()
    changed = whole.replace(b"Subject", b"subject")
    for wrong in (
        *(whole[:at] for at in range(len(whole))),
        changed,
        b"",
        b"[]\n",
        b'{"length": 1}\n',
        b"\xff\n",
    ):
        file.write_bytes(wrong)
        with pytest.raises(Broken):
            spool.read(name)
    spool.set_aside(name)
    assert list(spool.waiting()) == [] and (spool.folder / "broken" / name).exists()


def test_a_full_disk_leaves_nothing_behind(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        spool.keep(AROUND, RAW)
    assert list(spool.waiting()) == [] and os.listdir(spool.folder / "tmp") == []


def test_swept_after_thirty_days(spool: Spool, clock: Clock) -> None:
    name = spool.keep(AROUND, RAW)
    spool.settled(name)
    (spool.folder / "tmp" / "killed").write_bytes(b"half")
    for file in (spool.folder / "done" / name, spool.folder / "tmp" / "killed"):
        os.utime(file, (clock.at / 1_000_000, clock.at / 1_000_000))
    assert spool.sweep() == 0
    clock.forward(2 * DAY)
    assert spool.sweep() == 1
    clock.forward(29 * DAY)
    assert spool.sweep() == 1


# What happens while a mail is put in, in order; killed before or after any of them.
STEPS = ["open", "write", "fsync", "rename", "fsync", "say"]


@pytest.mark.parametrize("seed", [0])
def test_a_hundred_kills_lose_nothing_that_was_acknowledged(spool: Spool, seed: int) -> None:
    """K2, the part before the 250: a process is killed at each step, and once in a while it is let go on."""
    chance = random.Random(seed)
    acknowledged: list[str] = []
    for _ in range(100):
        acknowledged += puts_in_until_killed(spool, after=chance.randint(0, 11), sends=chance.randint(1, 3))
    kept = list(spool.waiting())
    # Whole, each of them, and one whose 250 was never heard may be there too: its sender sends again.
    assert all(spool.read(name) == (AROUND, RAW) for name in kept)
    assert set(acknowledged) <= set(kept) and len(acknowledged) >= 20


def puts_in_until_killed(spool: Spool, *, after: int, sends: int) -> list[str]:
    """The names that were acknowledged before a process killed itself ``after`` so many steps."""
    mine, its = multiprocessing.get_context("fork").Pipe()
    child = multiprocessing.get_context("fork").Process(target=_put_in, args=(spool, its, after, sends))
    child.start()
    its.close()
    names = []
    try:
        while True:
            names.append(mine.recv())
    except EOFError:
        child.join()
    return names


def _put_in(spool: Spool, its: Any, after: int, sends: int) -> None:
    steps = 0

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps > after:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*arguments, **named)

        return step

    for name in ("open", "fsync", "rename"):
        setattr(spooling.os, name, counted(getattr(os, name)))
    for _ in range(sends):
        its.send(spool.keep(AROUND, RAW))
    os.kill(os.getpid(), signal.SIGKILL)
