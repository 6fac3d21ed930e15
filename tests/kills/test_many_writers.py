"""Eight who write through the action, one who reads, and checkpoints: nobody is turned away (K6)."""

import json

import pytest

from tests.kills.installation import Installation

pytestmark = pytest.mark.kills


def test_eight_writers_and_a_reader(installation: Installation) -> None:
    eight_writers(installation, "4")


@pytest.mark.nightly
def test_eight_writers_and_a_reader_for_ten_minutes(installation: Installation) -> None:
    eight_writers(installation, "600")


def eight_writers(installation: Installation, seconds: str) -> None:
    line = installation.made["line"]
    processes = [installation.begin("write", line, seconds) for _ in range(8)]
    processes.append(installation.begin("read", line, seconds))
    *writers, reader = [json.loads(process.communicate()[0]) for process in processes]
    written = sum(writer["written"] for writer in writers)
    longest = max(writer["longest"] for writer in writers)
    print(f"{written} written, longest wait {longest * 1000:.0f} ms, {reader['looks']} looks")
    assert [writer["errors"] for writer in writers] == [{}] * 8
    assert reader["errors"] == {}
    assert longest <= 2
    assert min(writer["written"] for writer in writers) > 0 < reader["looks"]
    verdict = installation.ask("verdict")
    assert sum(len(lines) for lines in verdict["texts"].values()) == written
    assert (verdict["integrity"], verdict["differences"]) == ("ok", [])
