"""Asks a server again and again for some seconds, with wrk; without it with Python threads, which ask less."""

import contextlib
import http.client
import re
import shutil
import statistics
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}


class Window(NamedTuple):
    """What came of one window: answers a second, and milliseconds until an answer."""

    rate: float
    p50: float
    p99: float
    failed: int


def ask_for(
    port: int, path: str, *, at_once: int, seconds: float, cookie: str = "", script: str = ""
) -> Window:
    """One window on loopback. ``script`` is the path of a script of wrk's own that makes the requests."""
    if shutil.which("wrk") is None:
        if script:
            raise RuntimeError("Posting is measured with wrk, which is not installed.")
        return _with_threads(port, path, at_once, seconds, cookie)
    headers = ["-H", f"Cookie: {cookie}"] if cookie else []
    command = [
        "wrk",
        "-t1",
        f"-c{at_once}",
        f"-d{max(1, round(seconds))}s",
        "--timeout",
        "30s",
        "--latency",
        *headers,
    ]
    command += ["-s", script] if script else []
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    )
    return _read(said.stdout)


def wait_until_idle(port: int) -> None:
    """A server goes on with what was asked when a window ended; the next window should not pay for it.

    Every worker answers in order, so when a handful of new requests has been answered, the old ones have been.
    """

    def ask(_: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", "/nothing-here")
            connection.getresponse().read()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))


def _read(said: str) -> Window:
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    lost = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    if rate is None or float(rate[1]) == 0:
        raise RuntimeError(f"Nothing was answered in a window. Take longer ones.\n{said}")
    failed = int(refused[1]) if refused else 0
    failed += sum(int(number) for number in lost.groups()) if lost else 0
    return Window(float(rate[1]), _latency(said, "50%"), _latency(said, "99%"), failed)


def _latency(said: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s|m)", said)
    return float(found[1]) * MILLISECONDS[found[2]] if found else 0.0


def _with_threads(port: int, path: str, at_once: int, seconds: float, cookie: str) -> Window:
    took: list[float] = []
    failed: list[int] = []
    until = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        with contextlib.closing(connection):
            while time.monotonic() < until:
                began = time.monotonic()
                connection.request("GET", path, headers={"Cookie": cookie})
                response = connection.getresponse()
                response.read()
                took.append((time.monotonic() - began) * 1000)
                if response.status >= 400:
                    failed.append(response.status)

    threads = [threading.Thread(target=ask) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    return Window(len(took) / seconds, statistics.median(took), took[int(len(took) * 0.99)], len(failed))


def median(windows: list[Window]) -> Window:
    """The middle of each figure by itself."""
    return Window(
        statistics.median(window.rate for window in windows),
        statistics.median(window.p50 for window in windows),
        statistics.median(window.p99 for window in windows),
        sum(window.failed for window in windows),
    )
