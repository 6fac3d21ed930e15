"""A name server on this machine that knows what a test tells it, and can be told not to answer."""

import socket
import threading
from types import TracebackType

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class NameServer:
    """``records``: ``{(name, kind): [texts]}``, names without the last dot; what is not there has no such name."""

    def __init__(self, records: dict[tuple[str, str], list[str]] | None = None) -> None:
        self.records = records or {}
        self.silent = False
        self.asked: list[str] = []
        self._line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._line.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def place(self) -> tuple[str, int]:
        host, port = self._line.getsockname()
        return host, port

    def __enter__(self) -> "NameServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.sendto(b"", self.place)
        self._thread.join()
        self._line.close()

    def _serve(self) -> None:
        while True:
            said, peer = self._line.recvfrom(4096)
            if not said:
                return
            try:
                asked = dns.message.from_wire(said)
            except dns.exception.DNSException:
                continue
            self._line.sendto(self._answer(asked).to_wire(), peer)

    def _answer(self, asked: dns.message.Message) -> dns.message.Message:
        question = asked.question[0]
        name, kind = str(question.name).rstrip(".").lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append(name)
        answer = dns.message.make_response(asked, recursion_available=True)
        if self.silent:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif (name, kind) in self.records:
            found = self.records[name, kind]
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
        elif not any(one == name for one, _kind in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer


def text_of(key: str) -> str:
    """A text as a record holds it, in pieces of at most 255 letters."""
    return " ".join(f'"{key[start : start + 200]}"' for start in range(0, len(key), 200))
