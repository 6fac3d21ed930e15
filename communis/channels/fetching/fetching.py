"""Fetches one thing from an address that somebody outside wrote, without harm to this machine or its neighbours.

No cookies, no names, no proxies and no passwords: of the environment nothing is read. What comes is bytes, and only
so many; what they are is for the caller to find out from the bytes themselves.
"""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import certifi
import httpcore
from django.utils.translation import gettext as _

from communis import __version__
from communis.channels.fetching.connecting import (
    Deadline,
    GuardedBackend,
    NotFetched,
    Resolve,
    resolved,
    too_slow,
)
from communis.channels.fetching.public_addresses import is_public

__all__ = ["Fetcher", "NotFetched"]

USUAL_PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
LONGEST_ADDRESS = 4_000


@dataclass(frozen=True)
class _Place:
    """An address taken apart once; ``host`` is what is resolved, asked for by name, and on the certificate."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def named(self) -> str:
        """The host as the server is told it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == USUAL_PORTS[self.scheme] else f"{host}:{self.port}"


class Fetcher:
    """Fetches from the public internet, over the two usual ports.

    Everything can be said otherwise by whoever makes one in code, as the tests do to reach a server of their own;
    nothing of it is a setting.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolved,
        may_connect: Callable[[str], bool] = is_public,
        ports: frozenset[int] = frozenset(USUAL_PORTS.values()),
        connect_seconds: float = 5,
        seconds: float = 10,
        certificates: str | None = None,
    ) -> None:
        self._resolve = resolve
        self._may_connect = may_connect
        self._ports = ports
        self._connect_seconds = connect_seconds
        self._seconds = seconds
        # A list that comes with the program: which ones the system believes can be said in the environment.
        self._trust = ssl.create_default_context(cafile=certificates or certifi.where())

    def fetch(self, address: str, *, most: int, accept: str = "*/*") -> bytes:
        """The bytes behind the address, at most ``most``. Raises NotFetched, with a reason for a person."""
        deadline = Deadline(self._seconds)
        for _step in range(1 + MOST_REDIRECTS):
            came = self._ask(_place(address), deadline, most, accept)
            if isinstance(came, bytes):
                return came
            address = urljoin(address, came)
        raise NotFetched(_("It leads on to other addresses more than three times."))

    def _ask(self, place: _Place, deadline: Deadline, most: int, accept: str) -> bytes | str:
        """What lies there, or the address it leads on to."""
        backend = GuardedBackend(
            deadline,
            resolve=self._resolve,
            may_connect=self._may_connect,
            ports=self._ports,
            seconds=self._connect_seconds,
        )
        url = httpcore.URL(
            scheme=place.scheme, host=place.host, port=place.port, target=place.target.encode("ascii")
        )
        headers: list[tuple[bytes | str, bytes | str]] = [
            ("Host", place.named),
            ("User-Agent", f"Communis/{__version__}"),
            ("Accept", accept),
            # What is never packed cannot grow when it is unpacked.
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ]
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._trust, network_backend=backend) as pool,
                pool.stream("GET", url, headers=headers) as response,
            ):
                return _came(response, most)
        except httpcore.TimeoutException as error:
            raise too_slow() from error
        except httpcore.ConnectError as error:
            if any(isinstance(fault, ssl.SSLCertVerificationError) for fault in error.args):
                raise NotFetched(
                    _("Its server cannot prove that it is the one named."), host_away=True
                ) from error
            raise NotFetched(_("Its server does not answer."), host_away=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise NotFetched(_("The answer was broken off or not understood.")) from error


def _place(address: str) -> _Place:
    """The address in the form that everything after it uses. Raises NotFetched for what is none."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii").rstrip(".")
        port = parts.port
    except ValueError as error:
        raise _no_address() from error
    if parts.scheme not in USUAL_PORTS or not host or len(address) > LONGEST_ADDRESS:
        raise _no_address()
    if parts.username is not None or parts.password is not None:
        raise NotFetched(_("Its address holds a name or a password."))
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]")
    return _Place(parts.scheme, host, USUAL_PORTS[parts.scheme] if port is None else port, target)


def _no_address() -> NotFetched:
    return NotFetched(_("This is no address of the web."))


def _came(response: httpcore.Response, most: int) -> bytes | str:
    said = {name.lower(): value.decode("utf-8", "replace") for name, value in response.headers}
    if response.status in REDIRECTS and said.get(b"location"):
        return said[b"location"]
    if response.status != 200:
        raise _refused(response.status)
    if said.get(b"content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise NotFetched(_("It came packed, though it was asked for as it is."))
    told = said.get(b"content-length", "")
    if told.isdecimal() and int(told) > most:
        raise _too_large(most)
    pieces, length = [], 0
    for piece in response.iter_stream():
        length += len(piece)
        if length > most:
            raise _too_large(most)
        pieces.append(piece)
    return b"".join(pieces)


def _refused(status: int) -> NotFetched:
    if status in (404, 410):
        return NotFetched(_("It is not there any more (%(status)d).") % {"status": status})
    if status in (401, 403, 451):
        return NotFetched(_("Its server does not give it out (%(status)d).") % {"status": status})
    return NotFetched(_("Its server answered with a fault (%(status)d).") % {"status": status})


def _too_large(most: int) -> NotFetched:
    return NotFetched(_("It is larger than %(size)d MB.") % {"size": most // 10**6})
