"""The child has limits, cannot take the worker with it, and leaves nothing running."""

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from communis.channels.email.parsing import in_child
from communis.channels.email.parsing.frames import NoLetter, packed, unpacked
from communis.channels.email.parsing.in_child import end_child, read_in_child
from communis.channels.email.parsing.letter import Letter, Reason, Unreadable
from communis.channels.email.parsing.limits import LARGEST, MEBIBYTE
from communis.channels.email.parsing.reading import read
from tests.channels.email.parsing.nordic import ORDINARY

_MAIL = ORDINARY[0].raw
_LARGE = (
    b"From: a@b.example\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(bytes(18 * MEBIBYTE))
)


@pytest.fixture(autouse=True)
def _no_child() -> Iterator[None]:
    yield
    end_child()


def _child() -> int:
    child = in_child._child
    assert child is not None
    return child._process.pid


def _limits(pid: int) -> dict[str, str]:
    """The soft limits, as the kernel tells them."""
    lines = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()[1:]
    return {line[:26].strip(): line[26:].split()[0] for line in lines}


def _gone(pid: int) -> bool:
    for _ in range(200):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def test_one_child_reads_many_mails_and_what_they_say_comes_through() -> None:
    assert [read_in_child(mail.raw) for mail in ORDINARY] == [read(mail.raw) for mail in ORDINARY]
    first = _child()
    assert read_in_child(b"") == Unreadable(Reason.EMPTY)
    assert read_in_child(_LARGE) == read(_LARGE)  # as large as a mail may be, within 200 MiB
    assert _child() == first


def test_it_is_replaced_after_some_hundreds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_child, "MAILS", 2)
    seen = []
    for _ in range(5):
        assert isinstance(read_in_child(_MAIL), Letter)
        seen.append(_child())
    assert seen[0] == seen[1] != seen[2] == seen[3] != seen[4]
    assert _gone(seen[0]) and _gone(seen[2])


def test_it_has_limits_and_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIS_SECRET", "s3cret")
    assert isinstance(read_in_child(_MAIL, seconds=2, mebibytes=150), Letter)
    limits = _limits(_child())
    assert limits["Max address space"] == str(150 * MEBIBYTE)
    assert int(limits["Max cpu time"]) <= 4
    assert limits["Max file size"] == limits["Max core file size"] == "0"
    environment = Path(f"/proc/{_child()}/environ").read_bytes()
    assert b"s3cret" not in environment and b"DATABASE" not in environment


def test_too_much_memory_is_a_reason_and_the_next_mail_is_read() -> None:
    assert read_in_child(_LARGE, mebibytes=50) == Unreadable(Reason.TOO_MUCH_MEMORY)
    assert isinstance(read_in_child(_MAIL, mebibytes=50), Letter)
    assert read_in_child(bytes(LARGEST + 1)) == Unreadable(Reason.TOO_LARGE)


def test_a_child_that_hangs_is_ended_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_child, "PATIENCE", 1)
    read_in_child(_MAIL)
    hanging = _child()
    os.kill(hanging, signal.SIGSTOP)
    began = time.monotonic()
    assert read_in_child(_MAIL, seconds=1) == Unreadable(Reason.TOO_SLOW)
    assert time.monotonic() - began < 10
    assert _gone(hanging)
    assert isinstance(read_in_child(_MAIL), Letter)


def test_a_child_that_used_up_its_time_is_told_from_one_that_was_killed() -> None:
    read_in_child(_MAIL)
    os.kill(_child(), signal.SIGXCPU)  # as the kernel does
    assert read_in_child(_MAIL) == Unreadable(Reason.TOO_SLOW)
    read_in_child(_MAIL)
    killed = _child()
    os.kill(killed, signal.SIGKILL)
    assert isinstance(read_in_child(_MAIL), Letter)  # replaced: nobody notices
    assert _child() != killed


def test_an_interrupted_mail_is_never_taken_for_the_next() -> None:
    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    read_in_child(_MAIL)
    os.kill(_child(), signal.SIGSTOP)
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            read_in_child(_MAIL)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert read_in_child(ORDINARY[1].raw) == read(ORDINARY[1].raw)


@pytest.mark.parametrize("how", ["by itself", "killed"])
def test_nothing_is_left_when_the_worker_is_gone(how: str) -> None:
    program = (
        "import sys; from communis.channels.email.parsing import in_child\n"
        "in_child.read_in_child(b'From: a@b.example\\n\\nhej')\n"
        "print(in_child._child._process.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", program]
    root = Path(__file__).parents[4]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as worker:
        assert worker.stdout is not None
        child = int(worker.stdout.readline())
        assert not _gone_now(child)
        if how == "killed":
            worker.kill()
        else:
            worker.communicate(timeout=20)
    assert _gone(child)


def _gone_now(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_nothing_but_a_letter_comes_back() -> None:
    letter = read(_MAIL)
    assert unpacked(b"".join(packed(letter)[1:])) == letter
    assert unpacked(b"".join(packed(Unreadable(Reason.BROKEN, "ValueError"))[1:])) == Unreadable(
        Reason.BROKEN, "ValueError"
    )
    for frame in (
        b"",
        b"\0" * 7,
        b"\0" * 8 + b"{}",
        b"\0" * 7 + b"\x02[]",
        b"\0" * 7 + b"\x0e" + b'{"subject": 1}',
    ):
        with pytest.raises(NoLetter):
            unpacked(frame)
