"""The import command as a process of its own: killed at any moment it goes on, and nothing comes twice (K1, K8)."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bench.made_export import write_export
from tests.kills.installation import ROOT, Installation

pytestmark = pytest.mark.kills


def begin(installation: Installation, path: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "communis", "import", "wxr", str(path), "--json"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=installation.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def finish(installation: Installation, path: Path) -> tuple[int, dict[str, Any]]:
    process = begin(installation, path)
    said = process.communicate(timeout=300)[0].splitlines()[-1]
    answer: dict[str, Any] = json.loads(said)
    return process.returncode, answer


def test_twenty_kills_and_nothing_is_lost_or_doubled(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    write_export(path, posts=400, comments=2_500, words=40)
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    small = tmp_path / "small.xml"
    write_export(small, posts=1, comments=0)
    began = time.monotonic()
    finish(installation, small)
    starting = time.monotonic() - began
    codes = []
    for _kill in range(20):
        process = begin(installation, path)
        # From just after it has started until it has been at work for a while, however slow the machine is.
        time.sleep(starting * chance.uniform(0.8, 1.6))
        process.kill()
        process.communicate()
        codes.append(process.returncode)
    between = installation.ask("imported")
    code, answer = finish(installation, path)
    whole = installation.ask("imported")
    print(f"seed {seed}: {between['rows']} after {codes.count(-9)} kills, {whole['rows']} in the end")
    # Otherwise the test would show nothing.
    assert codes.count(-9) >= 10 and between["rows"] > 1
    assert code == 0 and answer["refused"] == []
    for kind, count in answer["read"].items():
        assert answer["added"][kind] + answer["already_there"][kind] == count
    expected = sum(answer["read"].values()) - answer["read"]["authors"]
    assert whole["rows"] == whole["keys"] == expected
    assert whole["said"] == whole["public"] == expected - whole["held"]
    assert (whole["other"], whole["integrity"], whole["differences"]) == (0, "ok", [])
    assert sum(finish(installation, path)[1]["added"].values()) == 0
    assert installation.ask("imported") == whole


def test_the_command_answers_in_one_object(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    write_export(path, posts=10, comments=50)
    code, answer = finish(installation, path)
    kinds = ["posts", "pages", "comments", "pingbacks", "trackbacks", "authors"]
    assert code == 0 and answer["ok"] and answer["refused"] == []
    assert list(answer["read"]) == list(answer["added"]) == list(answer["already_there"]) == kinds
    assert answer["added"] == answer["read"] and answer["read"]["posts"] == 9
    cut = tmp_path / "cut.xml"
    cut.write_bytes(path.read_bytes()[:9_000])
    before = installation.ask("imported")
    code, answer = finish(installation, cut)
    assert code == 1 and not answer["ok"] and sum(answer["added"].values()) == 0
    (refused,) = answer["refused"]
    assert refused["where"].split()[-1].isdecimal() and refused["why"]
    assert installation.ask("imported") == before


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by /proc")
def test_ten_thousand_comments_in_flat_memory(installation: Installation, tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    write_export(path, posts=200, comments=10_000)
    began = time.monotonic()
    process = begin(installation, path)
    peak = 0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(0.05)
    answer = json.loads(process.communicate()[0])
    print(f"{time.monotonic() - began:.1f} s, {peak / 1024:.0f} MiB, {answer['added']}")
    assert process.returncode == 0 and sum(answer["added"].values()) > 9_000
    assert 0 < peak < 300 * 1024


def memory(process: int) -> int:
    """The most the process has held, in KiB."""
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM:")), 0)
