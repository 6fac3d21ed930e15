"""``communis serve``: what was killed comes back, and nothing outlives it."""

import os
import signal
import stat
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.product import Served, alive, communis, last_object, migrated, until

pytestmark = pytest.mark.kills


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    yield from serving(migrated(tmp_path / "data"))


@pytest.fixture
def served_from_nothing(tmp_path: Path) -> Iterator[Served]:
    yield from serving(tmp_path / "data")


def serving(data: Path) -> Iterator[Served]:
    running = Served(data)
    everyone = running.everyone()
    yield running
    if running.process.poll() is None:
        everyone += running.everyone()
        assert running.stop() == 0
    until(lambda: not any(alive(process) for process in everyone), "everything has ended")


def test_an_empty_folder_is_filled_and_closed_to_others(served_from_nothing: Served, tmp_path: Path) -> None:
    served, data = served_from_nothing, tmp_path / "data"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert stat.S_IMODE((data / "keys" / "secret").stat().st_mode) == 0o600
    assert len((data / "keys" / "secret").read_text()) > 60
    assert (data / "communis.sqlite3").exists()
    assert served.answer["ok"] is True
    assert served.answer["address"] == f"http://127.0.0.1:{served.port}/"
    (link,) = served.answer["sign_in"]
    assert link.startswith(f"http://127.0.0.1:{served.port}/first-steward/")
    with urllib.request.urlopen(link, timeout=30) as page:
        assert page.status == 200


def test_a_killed_worker_comes_back(served: Served) -> None:
    until(lambda: len(served.below("communis worker")) == 1, "the worker runs")
    (worker,) = served.below("communis worker")
    os.kill(worker, signal.SIGKILL)
    until(lambda: served.below("communis worker") not in ([worker], []), "another worker runs")
    assert served.answers()


def test_a_killed_web_child_comes_back(served: Served) -> None:
    before = served.web_children()
    assert len(before) == 1
    os.kill(before[0], signal.SIGKILL)
    until(lambda: served.web_children() not in (before, []), "another web child runs")
    until(served.answers, "the port answers")


def test_a_killed_web_server_comes_back(served: Served) -> None:
    (server, child) = served.below("communis.cli.web_server")
    os.kill(server, signal.SIGKILL)
    until(lambda: not alive(child), "its child has ended with it")
    until(served.answers, "the port answers")
    assert server not in served.everyone()


def a_web_child(served: Served) -> int:
    """The first that is seen: between two looks one may just have ended."""
    seen: list[int] = []

    def look() -> bool:
        seen.extend(served.web_children())
        return bool(seen)

    until(look, "a web child runs")
    return seen[0]


def test_web_children_killed_again_and_again_come_back(served: Served) -> None:
    for _ in range(3):
        child = a_web_child(served)
        os.kill(child, signal.SIGKILL)
        until(lambda killed=child: not alive(killed), "it is gone")
    until(served.answers, "the port answers")


def test_told_to_stop_it_stops_with_all_its_children(served: Served) -> None:
    until(lambda: len(served.below("communis worker")) == 1, "the worker runs")
    everyone = served.everyone()
    assert len(everyone) == 4
    assert served.stop() == 0
    assert not any(alive(process) for process in everyone)


def test_killed_it_leaves_none(served: Served) -> None:
    until(lambda: len(served.below("communis worker")) == 1, "the worker runs")
    everyone = served.everyone()
    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait()
    assert served.process.stdout is not None
    served.process.stdout.close()
    until(lambda: not any(alive(process) for process in everyone), "none is left", seconds=10)


def test_web_only_runs_no_worker(tmp_path: Path) -> None:
    running = Served(migrated(tmp_path / "data"), "--web-only", "--workers", "2")
    try:
        until(lambda: len(running.web_children()) == 2, "two web children run")
        assert running.below("communis worker") == []
    finally:
        assert running.stop() == 0


def test_a_port_that_is_taken_is_named(served: Served, tmp_path: Path) -> None:
    run = communis(tmp_path / "data", "serve", "--json", "--port", str(served.port))
    assert run.returncode == 1
    assert [wrong["name"] for wrong in last_object(run)["wrong"]] == ["port"]
    assert str(served.port) in last_object(run)["error"]


def test_the_demonstration_refuses_any_other_host(tmp_path: Path) -> None:
    run = communis(
        tmp_path / "data", "serve", "--json", "--host", "0.0.0.0", "--port", "0", COMMUNIS_DEMONSTRATION="1"
    )
    assert run.returncode == 1
    assert [wrong["name"] for wrong in last_object(run)["wrong"]] == ["host"]
