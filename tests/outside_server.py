"""A server outside, on this machine: answers in whatever way a test needs, also badly. Keeps what it was asked."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from communis.channels.fetching.fetching import Fetcher

CERTIFICATES = Path(__file__).parent / "data" / "certificates"
AUTHORITY = str(CERTIFICATES / "authority.pem")
# The one name that the certificate in the folder is for.
HOST = "bilder.example"
Answer = Callable[[socket.socket], None]


def said(body: bytes, status: str = "200 OK", **headers: str) -> Answer:
    """A well-behaved answer."""
    named = {
        "Content-Length": str(len(body)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())

    def answer(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    return answer


def led_on(address: str, status: str = "302 Found") -> Answer:
    return said(b"", status, Location=address)


def without_end(head: bytes, piece: bytes, pause: threading.Event, seconds: float) -> Answer:
    """The head, then the same piece again and again until who asked is gone or the test is over."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        while not pause.wait(seconds):
            connection.sendall(piece)

    return answer


class OutsideServer:
    """``answers`` by path; ``asked`` holds the head of each request, in order."""

    def __init__(self, *, secure: bool = False) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._trust: ssl.SSLContext | None = None
        if secure:
            self._trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._trust.load_cert_chain(CERTIFICATES / "server.pem", CERTIFICATES / "server.key")
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    @property
    def paths(self) -> list[str]:
        return [head.split()[1] for head in self.asked]

    def address(self, path: str, host: str = HOST) -> str:
        return f"{'https' if self._trust else 'http'}://{host}:{self.port}{path}"

    def close(self) -> None:
        self.over.set()
        # A thread waits in accept: closing alone would leave the port open under it.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        # Who asked may go at any moment; that is what some tests are about.
        with contextlib.suppress(OSError), connection:
            if self._trust is not None:
                connection = self._trust.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(4096) or b"\r\n\r\n"
            self.asked.append(head.decode("latin-1"))
            path = self.paths[-1]
            self.answers.get(path, said(b"", "404 Not Found"))(connection)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)

    def fetcher(self, **more: float) -> Fetcher:
        """One that finds every name here. Only so, in code, is a fetcher told of another rule than its own."""
        return Fetcher(
            resolve=lambda host, port, seconds: ["127.0.0.1"],
            may_connect=lambda address: address == "127.0.0.1",
            ports=frozenset({self.port}),
            certificates=AUTHORITY,
            **more,
        )


@contextlib.contextmanager
def outside(*, secure: bool = False) -> Iterator[OutsideServer]:
    server = OutsideServer(secure=secure)
    try:
        yield server
    finally:
        server.close()
