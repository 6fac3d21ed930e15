"""A real conversation with a mail server, over a socket: what is answered with 250 is kept, nothing else is."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from communis.channels.email.intake.listening import LARGEST, Intake, Lmtp, Smtp
from communis.channels.email.intake.spool import Spool
from tests.channels.email.listener import Listener

OURS = "till.karin@post.example"
ALSO_OURS = "krets.odling@post.example"
FROM = "elin@avinge.example"
MAIL = b"From: elin@avinge.example\r\nSubject: Hej\r\n\r\nT\xc3\xa4nk om vi bytte stol.\r\n"


def is_ours(address: str) -> bool:
    if address.startswith("trouble"):
        raise RuntimeError("the database is locked")
    return address in (OURS, ALSO_OURS)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    made = Spool(tmp_path / "spool")
    made.make()
    return made


@contextmanager
def listening(spool: Spool, kind: type[Lmtp] | type[Smtp] = Lmtp, least: int = 1) -> Iterator[int]:
    intake = Intake(spool, is_ours=is_ours, trusted=["127.0.0.0/8"], least_free_mib=least)
    listener = Listener(intake, kind)
    try:
        yield listener.port
    finally:
        listener.close()


class Told:
    """What a server that delivers is answered: for each recipient, and after the mail."""

    def __init__(self, port: int, kind: type[Lmtp] | type[Smtp]) -> None:
        self.kind = kind
        self.line = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.file = self.line.makefile("rb")
        self.reply()
        self.say(b"LHLO there" if kind is Lmtp else b"EHLO there")

    def reply(self) -> int:
        while (line := self.file.readline())[3:4] == b"-":
            pass
        return int(line[:3] or 0)

    def say(self, words: bytes) -> int:
        self.line.sendall(words + b"\r\n")
        return self.reply()

    def deliver(
        self, recipients: list[str], mail: bytes = MAIL, sender: str = FROM
    ) -> tuple[list[int], list[int]]:
        assert self.say(b"MAIL FROM:<%b>" % sender.encode()) == 250
        asked = [self.say(b"RCPT TO:<%b>" % one.encode()) for one in recipients]
        taken = asked.count(250)
        if not taken:
            self.say(b"RSET")
            return asked, []
        assert self.say(b"DATA") == 354
        self.line.sendall(mail + b".\r\n")
        return asked, [self.reply() for _ in range(taken if self.kind is Lmtp else 1)]

    def __enter__(self) -> "Told":
        return self

    def __exit__(self, *exception: object) -> None:
        # Nothing is answered that was not asked for.
        self.line.sendall(b"QUIT\r\n")
        assert self.file.read()[:3] == b"221"
        self.file.close()
        self.line.close()


both = pytest.mark.parametrize("kind", [Lmtp, Smtp])


def kept(spool: Spool) -> list[tuple[str, bytes]]:
    found = [spool.read(name) for name in spool.waiting()]
    return [(envelope.recipient, raw) for envelope, raw in found]


@both
def test_kept_for_each_recipient(spool: Spool, kind: type[Lmtp] | type[Smtp]) -> None:
    with listening(spool, kind) as port, Told(port, kind) as server:
        asked, said = server.deliver([OURS, "nobody@post.example", "trouble@post.example", ALSO_OURS])
        assert asked == [250, 550, 451, 250] and set(said) == {250}
        # What bounces has no sender.
        server.deliver([OURS], sender="")
    assert sorted(kept(spool)) == sorted([(OURS, MAIL), (OURS, MAIL), (ALSO_OURS, MAIL)])
    around = [spool.read(name)[0] for name in spool.waiting()]
    assert sorted(one.sender for one in around) == ["", FROM, FROM]
    assert {(one.peer, one.trusted) for one in around} == {("127.0.0.1", True)}


@both
@pytest.mark.parametrize(("trouble", "code"), [(OSError(28, "full"), 452), (RuntimeError("a fault"), 451)])
def test_trouble_of_ours_is_never_for_good(
    spool: Spool,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Lmtp] | type[Smtp],
    trouble: Exception,
    code: int,
) -> None:
    def fail(*arguments: object) -> str:
        raise trouble

    monkeypatch.setattr(Spool, "keep", fail)
    with listening(spool, kind) as port, Told(port, kind) as server:
        _asked, said = server.deliver([OURS, ALSO_OURS])
        assert set(said) == {code}
    assert kept(spool) == []


def test_no_room_is_said_before_the_data(spool: Spool) -> None:
    with listening(spool, least=10**9) as port, Told(port, Lmtp) as server:
        assert server.deliver([OURS]) == ([452], [])
    assert kept(spool) == []


@both
def test_too_large_and_lines_too_long(spool: Spool, kind: type[Lmtp] | type[Smtp]) -> None:
    with listening(spool, kind) as port, Told(port, kind) as server:
        assert set(server.deliver([OURS], MAIL + b"x" * 60_000 + b"\r\n")[1]) == {250}
        for large, code in (
            (b"y" * 70_000 + b"\r\n", 500),
            ((b"z" * 30_000 + b"\r\n") * (LARGEST // 30_000 + 1), 552),
        ):
            _asked, said = server.deliver([OURS, ALSO_OURS], MAIL + large)
            # Each recipient has an answer of its own.
            assert said == [code] * (2 if kind is Lmtp else 1)
        assert set(server.deliver([OURS])[1]) == {250}
    assert len(kept(spool)) == 2


# What some servers take for the end of a mail, and others do not (SMUG-1).
ENDS = [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\r", b"\r\n.\n", b"\r.\r\n", b"\n\x00.\r\n", b"\r\n..\r\n"]


@both
@pytest.mark.parametrize("end", ENDS)
def test_one_mail_in_is_one_mail_kept(spool: Spool, kind: type[Lmtp] | type[Smtp], end: bytes) -> None:
    hidden = (
        b"MAIL FROM:<chef@avinge.example>\r\nRCPT TO:<%b>\r\nDATA\r\nSubject: Smugglat\r\n\r\nx"
        % OURS.encode()
    )
    hello = b"LHLO x" if kind is Lmtp else b"EHLO x"
    with (
        listening(spool, kind) as number,
        socket.create_connection(("127.0.0.1", number), timeout=10) as line,
    ):
        # All at once, as a server that does not wait for answers sends it.
        said = [hello, b"MAIL FROM:<%b>" % FROM.encode(), b"RCPT TO:<%b>" % OURS.encode(), b"DATA"]
        line.sendall(
            b"\r\n".join(said) + b"\r\nSubject: Hej\r\n\r\nett" + end + hidden + b"\r\n.\r\nQUIT\r\n"
        )
        answered = b""
        while piece := line.recv(4096):
            answered += piece
    [(recipient, raw)] = kept(spool)
    assert recipient == OURS and raw.count(b"Smugglat") == 1 and raw.startswith(b"Subject: Hej")
    assert answered.count(b"2.0.0 Kept") == 1
