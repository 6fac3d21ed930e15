"""The product as a person starts it: its own processes, on a data folder of its own."""

import atexit
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a fresh login would have: none of our settings but these."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("COMMUNIS_", "DJANGO_"))
    }
    kept.pop("DATABASE_URL", None)
    given = {"COMMUNIS_DATA": str(data), "COMMUNIS_LEAST_FREE_MIB": "1", "PYTHONPATH": str(ROOT)}
    return kept | given | more


def communis(data: Path, *words: str, seconds: float = 60, **more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "communis", *words]
    return subprocess.run(
        command,
        env=environment(data, **more),
        cwd=data.parent,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


def migrated(data: Path) -> Path:
    """A data folder in which ``communis migrate`` has just been run: a copy, for that takes seconds."""
    shutil.copytree(_migrated_once(), data)
    return data


@functools.cache
def _migrated_once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="communis-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    assert communis(folder / "data", "migrate").returncode == 0
    return folder / "data"


def last_object(run: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    """The one JSON object that ends the answer; nothing else may be on stdout."""
    lines = run.stdout.splitlines()
    assert len(lines) == 1, run.stdout + run.stderr
    answer = json.loads(lines[0])
    assert isinstance(answer, dict)
    return answer


def until(holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Look again and again; the seconds are only the limit after which it has failed."""
    give_up_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up_at, f"not within {seconds} s: {what}"
        time.sleep(0.02)


class Served:
    """A running ``communis serve`` and everything below it."""

    def __init__(self, data: Path, *words: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "communis", "serve", "--json", "--port", str(self.port), *words]
        self.process = subprocess.Popen(
            command,
            env=environment(data),
            cwd=data.parent,
            stdout=subprocess.PIPE,
            stderr=(data.parent / "log").open("w"),
            text=True,
        )
        assert self.process.stdout is not None
        self.answer = json.loads(self.process.stdout.readline() or "{}")
        until(self.answers, "the port answers")

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as call:
                call.sendall(b"GET / HTTP/1.0\r\n\r\n")
                return call.recv(5) == b"HTTP/"
        except OSError:
            return False

    def below(self, word: str) -> list[int]:
        """The processes below this one whose command line holds the word, nearest first."""
        found, parents = [], [self.process.pid]
        while parents:
            parents = [child for parent in parents for child in children(parent)]
            found += [child for child in parents if word in command_line(child)]
        return found

    def web_children(self) -> list[int]:
        """Those below the web server; they carry its command line, being forked from it."""
        return self.below("communis.cli.web_server")[1:]

    def everyone(self) -> list[int]:
        return [self.process.pid, *self.below("")]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def children(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


def command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def alive(process: int) -> bool:
    """Running; one that has ended but is not yet buried does not count."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False
