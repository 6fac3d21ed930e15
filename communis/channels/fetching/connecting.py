"""Connects to public addresses alone, within a time: whatever a name, a redirect or a server says (trust section 8).

A name is resolved once, every address it has must be public, and the connection is made to one of those very
addresses. A name that is resolved again, to somewhere inside, is never asked.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
from django.utils.translation import gettext as _

Resolve = Callable[[str, int, float], list[str]]


class NotFetched(Exception):
    """Why, for a person. ``host_away``: its host cannot be asked for anything, so asking again now is idle."""

    def __init__(self, why: str, *, host_away: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.host_away = host_away


class Deadline:
    """A moment that passes however little comes at a time."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then. Raises NotFetched when it is past."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise too_slow()
        return left


def too_slow() -> NotFetched:
    return NotFetched(_("It did not come within ten seconds."), host_away=True)


def resolved(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a name, by the system's own way of looking them up. Raises NotFetched."""
    found: list[list[str]] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.append(list(dict.fromkeys(str(answer[4][0]) for answer in answers)))

    # The system gives no way to look up a name within a time, so a thread of its own is left behind.
    looking = threading.Thread(target=look_up, daemon=True)
    looking.start()
    looking.join(seconds)
    if not found:
        raise NotFetched(_("No server with that name is known."), host_away=True)
    return found[0]


class GuardedBackend(httpcore.NetworkBackend):
    """The only door out: the library asks it for each connection, so nothing in an address gets past it."""

    def __init__(
        self,
        deadline: Deadline,
        *,
        resolve: Resolve,
        may_connect: Callable[[str], bool],
        ports: frozenset[int],
        seconds: float,
    ) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._may_connect = may_connect
        self._ports = ports
        self._seconds = seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if port not in self._ports:
            raise NotFetched(_("Its address has an unusual port (%(port)d).") % {"port": port})
        connecting = Deadline(min(self._seconds, self._deadline.left()))
        addresses = self._resolve(host, port, connecting.left())
        if not addresses or not all(self._may_connect(address) for address in addresses):
            raise NotFetched(_("Its server is not on the public internet."), host_away=True)
        for address in addresses:
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, timeout=connecting.left())
            except (httpcore.NetworkError, httpcore.TimeoutException, NotFetched):
                continue
            return _Timed(stream, self._deadline)
        raise NotFetched(_("Its server does not answer."), host_away=True)


class _Timed(httpcore.NetworkStream):
    """A connection on which nothing lasts beyond the deadline, also when one byte comes at a time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
