"""A folder and a database of its own for each installation that is measured, and the servers on it."""

import contextlib
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).parents[1]


@contextlib.contextmanager
def place(*, on_postgresql: bool = False) -> Iterator[dict[str, str]]:
    """The environment of a new, empty installation; everything in it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="communis-bench-") as folder:
        environment = os.environ | {
            "COMMUNIS_DATA": folder,
            "COMMUNIS_SECRET_KEY": "only-for-measurements-and-therefore-no-secret-0123456789",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": str(ROOT),
        }
        url = environment.pop("DATABASE_URL", "")
        if not on_postgresql:
            yield environment
            return
        database = f"bench_{os.getpid()}_{random.randrange(10**9)}"
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {database}")
        try:
            yield environment | {"DATABASE_URL": urlsplit(url)._replace(path=f"/{database}").geturl()}
        finally:
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def ask(environment: dict[str, str], module: str, *words: str) -> Any:
    """Run ``python -m bench.<module>`` there; the last line it prints is JSON."""
    command = [sys.executable, "-m", f"bench.{module}", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


@contextlib.contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    """A server that answers on the port; gives its process id."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    give_up_at = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        if process.poll() is not None or time.monotonic() > give_up_at:
            raise RuntimeError(f"{process.args} does not answer")
        time.sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
