"""SMUG-1 through Postfix: whatever one mail has in it, it comes out as one mail at most (CVE-2023-51764)."""

import contextlib
import itertools
import re
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from communis.channels.email.intake.spool import Spool
from tests.mail_servers.servers import PATIENCE, TRIED_OUT, Servers
from tests.mail_servers.test_delivering import listening

pytestmark = pytest.mark.mail

OUTSIDE, CHIEF, TO = b"x@epost.example", b"chef@avinge.example", b"ett@" + TRIED_OUT.encode()
# What some servers take for the end of a mail.
ENDS = [
    b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\r", b"\r\n.\n",
    b"\r.\r\n", b"\r.\n", b"\n\x00.\r\n", b"\r\n..\r\n", b"\r\n.\x00\r\n",
]  # fmt: skip
HIDDEN = b"MAIL FROM:<%b>\r\nRCPT TO:<%b>\r\nDATA\r\nFrom: %b\r\nSubject: Smugglat\r\nX-Number: %%d\r\n\r\nx" % (
    CHIEF, TO, CHIEF,
)  # fmt: skip
COMMANDS = {
    "as it is": HIDDEN,
    "only line feeds": HIDDEN.replace(b"\r\n", b"\n"),
    "only carriage returns": HIDDEN.replace(b"\r\n", b"\r"),
    "greets again": b"EHLO there\r\n" + HIDDEN,
    "by BDAT": HIDDEN.replace(b"DATA\r\n", b"BDAT 80 LAST\r\n"),
}
HEADS = {
    "plain": b"Subject: Hej\r\n",
    "a bare carriage return": b"Subject: Hej\rX-Also: x\r\n",
    "a bare line feed": b"Subject: Hej\nX-Also: x\r\n",
    "an end in the head": b"Subject: Hej\r\n.\rX-Also: x\r\n",
}


# How it is sent: all at once with what is said before it, after the answers, cut in three within the end, by BDAT.
WAYS = ["at once", "waiting", "in pieces", "by BDAT"]
BEFORE = [b"EHLO there", b"MAIL FROM:<%b>" % OUTSIDE, b"RCPT TO:<%b>" % TO]


class Variant(NamedTuple):
    number: int
    way: str
    end: bytes
    commands: bytes
    head: bytes

    def pieces(self) -> list[bytes]:
        """What is sent after the recipient."""
        before = b"From: %b\r\nX-Number: %d\r\n%b\r\nett" % (OUTSIDE, self.number, self.head)
        after = self.commands % self.number + b"\r\n"
        if self.way == "by BDAT":
            whole = before + self.end + after
            return [b"BDAT %d LAST\r\n" % len(whole) + whole]
        if self.way == "in pieces":
            return [before + self.end[:1], self.end[1:], after + b".\r\n"]
        return [before + self.end + after + b".\r\n"]


VARIANTS = [
    Variant(number, WAYS[(number + number // 4 + number // 20) % 4], *parts)
    for number, parts in enumerate(itertools.product(ENDS, COMMANDS.values(), HEADS.values()))
]


def send(port: int, variants: list[Variant]) -> int:
    """Each on a connection of its own, for Postfix ends those it does not like; returns how many mails it took."""
    taken = 0
    for variant in variants:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            said = line.makefile("rb")
            said.readline()
            before = BEFORE if variant.way == "by BDAT" else [*BEFORE, b"DATA"]
            if variant.way == "at once":
                line.sendall(b"\r\n".join(before) + b"\r\n" + b"".join(variant.pieces()) + b"QUIT\r\n")
            else:
                for command in before:
                    line.sendall(command + b"\r\n")
                    while said.readline()[3:4] == b"-":
                        pass
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for piece in [*variant.pieces(), b"QUIT\r\n"]:
                    line.sendall(piece)
            # Postfix may end it in the middle.
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_WR)
                for answer in said:
                    taken += answer.count(b"queued as")
    return taken


def test_one_mail_in_is_at_most_one_mail_out(servers: Servers, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.make()
    with listening(servers, spool), ThreadPoolExecutor(4) as pool:
        port = servers.folder.ports["mx"]
        taken = sum(pool.map(lambda first: send(port, VARIANTS[first::4]), range(4)))
        servers.wait_for(
            lambda: len(list(spool.waiting())) >= taken and servers.queued() == 0, "all have come"
        )
    out = Counter(
        int(re.search(rb"X-Number: (\d+)", raw)[1]) for _around, raw in map(spool.read, spool.waiting())
    )
    senders = {spool.read(name)[0].sender for name in spool.waiting()}
    assert len(VARIANTS) == 200 and max(out.values()) == 1 and sum(out.values()) == taken
    assert senders == {OUTSIDE.decode()}
    print(f"{len(VARIANTS)} mails in, {sum(out.values())} out")
    # Otherwise the test would show nothing: Postfix refuses what is sent at once, and takes the rest.
    assert sum(out.values()) >= 100
