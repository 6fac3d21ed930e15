"""An installation of its own for a test: a data folder, a database, and servers that can be killed."""

import atexit
import contextlib
import functools
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from email.message import Message
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import psycopg

ROOT = Path(__file__).parents[2]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
LOST = (OSError, http.client.HTTPException)


class Place:
    """A folder and, when the suite runs on it, a PostgreSQL database; and how a process finds them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "COMMUNIS_DATA": str(folder),
            "COMMUNIS_SECRET_KEY": "only-for-tests-and-therefore-no-secret-at-all-0123456789",
            "DJANGO_SETTINGS_MODULE": "communis.settings",
        }
        self.on_postgresql = "DATABASE_URL" in os.environ
        self.database = f"kills_{os.getpid()}_{random.randrange(10**9)}"
        if self.on_postgresql:
            address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.database}")
            self.environment["DATABASE_URL"] = address.geturl()

    def ask(self, *words: str, module: str = "inside") -> Any:
        """The answer of ``tests.kills.inside``, or of another module there."""
        return json.loads(self.begin(*words, module=module).communicate()[0].splitlines()[-1])

    def begin(self, *words: str, module: str = "inside") -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", f"tests.kills.{module}", *words]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)

    def make(self, like: str = "") -> None:
        """Make the database, as a copy of another where one is named."""
        if self.on_postgresql:
            self.administer(f"CREATE DATABASE {self.database}" + (f" TEMPLATE {like}" if like else ""))

    def administer(self, statement: str) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(statement.encode())

    def remove(self) -> None:
        if self.on_postgresql:
            self.administer(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")


class Installation(Place):
    """Processes run as users run them, in a place of their own with the cast in it. ``more``: other settings."""

    def __init__(self, folder: Path, **more: str) -> None:
        super().__init__(folder)
        self.environment |= more
        prepared, self.made = _prepared()
        shutil.copytree(prepared.folder, folder, dirs_exist_ok=True)
        self.make(like=prepared.database)


@functools.cache
def _prepared() -> tuple[Place, dict[str, Any]]:
    """A place with the cast in a new database, and what is in it: made once, for that takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="communis-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    place = Place(folder)
    place.make()
    atexit.register(place.remove)
    return place, place.ask("prepare")


class Server:
    """The real server with one web worker, on a port of its own."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it unless it runs, and wait until it answers."""
        give_up_at = time.monotonic() + 60
        while not self.answers():
            if self.process is None or self.process.poll() is not None:
                self.process = self._begin()
            assert time.monotonic() < give_up_at, "the server does not come back"
            time.sleep(0.05)

    def _begin(self) -> "subprocess.Popen[bytes]":
        """What ``communis serve`` keeps running; here the test does that itself."""
        command = [sys.executable, "-m", "communis.cli.web_server", "127.0.0.1", str(self.port), "1"]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.installation.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def answers(self) -> bool:
        with contextlib.suppress(*LOST):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            with contextlib.closing(connection):
                connection.request("GET", "/nothing-here")
                return connection.getresponse().status == 404
        return False

    def kill_web_worker(self) -> None:
        assert self.process is not None
        for child in children_of(self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def kill(self) -> None:
        """Everything at once: all processes that it started have its session."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def children_of(process: int) -> list[int]:
    try:
        return [
            int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]
    except FileNotFoundError:
        return []


class Browser:
    """A signed-in person who gets a form and posts it."""

    def __init__(self, installation: Installation, session: str) -> None:
        self.csrf = f"{installation.made['csrf']}="
        self.cookie = f"{installation.made['cookie']}={session}"

    def form(self, server: Server, path: str) -> "Form":
        """A new form at this address. Raises one of ``LOST`` when nobody answered."""
        answer, headers = self._ask(server, "GET", path, "", self.cookie, expected=200)
        _, _, form = answer.partition('id="compose"')
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(form)}
        (csrf,) = (
            cookie.split(";")[0]
            for cookie in headers.get_all("Set-Cookie") or []
            if cookie.startswith(self.csrf)
        )
        return Form(path, hidden, f"{self.cookie}; {csrf}")

    def post(self, server: Server, form: "Form", text: str, audience: str) -> str:
        """The address of what was said. Raises one of ``LOST`` when nobody answered."""
        fields = form.hidden | {"text": text, "audience": audience, "do": "send"}
        _, headers = self._ask(server, "POST", form.path, urlencode(fields), form.cookie, expected=302)
        return headers["Location"].rpartition("#")[2]

    def post_if_there_is_room(self, server: Server, form: "Form", text: str, audience: str) -> bool:
        """Whether it is said; else the page that says so has the words. Raises one of ``LOST``."""
        fields = form.hidden | {"text": text, "audience": audience, "do": "send"}
        answer, headers = self._ask(
            server, "POST", form.path, urlencode(fields), form.cookie, expected=(302, 507)
        )
        said = headers["Location"] is not None
        assert said or f">\n{text}</textarea>" in answer, answer[-2000:]
        return said

    def _ask(
        self,
        server: Server,
        method: str,
        path: str,
        body: str,
        cookie: str,
        *,
        expected: int | tuple[int, ...],
    ) -> tuple[str, Message]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        with contextlib.closing(connection):
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer = response.read().decode()
            statuses = (expected,) if isinstance(expected, int) else expected
            assert response.status in statuses, f"{method} {response.status} {answer[-2000:]}"
            return answer, response.headers


class Form(NamedTuple):
    """What the page gave: where it goes, its hidden fields, and the cookies that belong to it."""

    path: str
    hidden: dict[str, str]
    cookie: str
