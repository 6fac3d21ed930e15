"""Asks a server again and again for some seconds, with wrk."""

import contextlib
import http.client
import re
import statistics
import subprocess
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


def median(windows: list[Window]) -> Window:
    """The middle of each figure by itself."""
    return Window(
        statistics.median(window.rate for window in windows),
        statistics.median(window.p50 for window in windows),
        statistics.median(window.p99 for window in windows),
        sum(window.failed for window in windows),
    )
