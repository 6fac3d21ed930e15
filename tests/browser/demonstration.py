"""The demonstration as its commands start it: its own processes, on a data folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Demonstration:
    """A running demonstration in English or Swedish words, with more settings if need be; it answers at ``address``."""

    def __init__(self, folder: Path, language: str = "sv", **settings: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("COMMUNIS_", "DJANGO_"))
        }
        kept.pop("DATABASE_URL", None)
        self.environment = kept | {
            "COMMUNIS_DATA": str(folder / "data"),
            "COMMUNIS_DEMONSTRATION": "1",
            "COMMUNIS_LEAST_FREE_MIB": "1",
            "COMMUNIS_URL": self.address,
            "COMMUNIS_SECRET_KEY": "only-for-browser-tests-and-therefore-no-secret-at-all-0123456789",
            **settings,
        }
        self.communis("migrate")
        self.communis("demo", "--language", language)
        self.log = (folder / "server.log").open("wb")
        self.server = subprocess.Popen(
            [sys.executable, "-m", "communis", "serve", "--port", str(self.port)],
            env=self.environment,
            cwd=ROOT,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def communis(self, *words: str) -> str:
        """Run one command on the same data; returns what it printed."""
        command = [sys.executable, "-m", "communis", *words]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=20)
        self.log.close()

    def _wait(self) -> None:
        give_up_at = time.monotonic() + 60
        while time.monotonic() < give_up_at:
            if self.server.poll() is not None:
                raise RuntimeError(f"the server ended with {self.server.returncode}")
            try:
                urllib.request.urlopen(f"{self.address}/accessibility", timeout=2).close()
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("the server did not answer within a minute")
