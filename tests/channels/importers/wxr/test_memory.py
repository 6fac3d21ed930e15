"""Memory does not grow with the export: measured in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.made_export import write_export
from communis.channels.importers.wxr.reading import inspect

MEBIBYTE = 1024  # in KiB, as memory is told
ROOT = Path(__file__).parents[4]

needs_linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by /proc")


def measured(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.channels.importers.wxr.measuring", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_made_export_is_the_same_each_time_and_as_ordered(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xml", tmp_path / "second.xml"
    for path in (first, second):
        write_export(path, posts=40, comments=333, seed=7)
    assert first.read_bytes() == second.read_bytes()
    summary = inspect(first)
    counts = summary.counts
    assert (counts.posts, counts.pages, counts.authors) == (36, 4, 3)
    said = counts.comments + counts.pingbacks + counts.trackbacks
    assert said + counts.spam + counts.bin == 333
    assert (
        min(counts.comments, counts.pingbacks, counts.trackbacks, counts.unapproved, counts.spam, counts.bin)
        > 0
    )
    assert (summary.refused_total, summary.broken_parents, summary.repaired) == (0, 0, 0)


@needs_linux
def test_a_hundred_megabytes_stay_flat(tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    write_export(path, posts=4_000, comments=20_000, words=3_500)
    assert path.stat().st_size > 100_000_000
    told = measured(path)
    assert told["counts"]["posts"] == 3_600
    assert told["records"] == 1 + 3 + 4_000
    assert told["peak"] - told["before"] < 30 * MEBIBYTE, told


@needs_linux
def test_thirty_thousand_comments_below_one_post(tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    write_export(path, posts=1, comments=30_000)
    told = measured(path)
    assert told["records"] == 1 + 3 + 1
    assert told["peak"] - told["before"] < 60 * MEBIBYTE, told


@needs_linux
@pytest.mark.nightly
def test_two_gigabytes_stay_flat(tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    write_export(path, posts=60_000, comments=300_000, words=4_800)
    assert path.stat().st_size > 2_000_000_000
    told = measured(path)
    path.unlink()
    assert told["counts"]["posts"] == 54_000
    assert told["peak"] - told["before"] < 60 * MEBIBYTE, told
    assert told["peak"] < 300 * MEBIBYTE, told
