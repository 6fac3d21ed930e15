"""Mails damaged in every way we could think of: each gives a Letter or a reason, none takes long (trust POISON)."""

import base64
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from communis.channels.email.parsing.in_child import end_child, read_in_child
from communis.channels.email.parsing.kinds import kind_of
from communis.channels.email.parsing.letter import Letter, Reason, Unreadable
from communis.channels.email.parsing.limits import MEBIBYTE
from tests.channels.email.parsing.nordic import ORDINARY

_CHARSETS = [
    b"utf-7",
    b"utf-16",
    b"utf-32",
    b"iso-2022-jp",
    b"hz",
    b"gb18030",
    b"cp037",
    b"idna",
    b"zip",
    b"\xff",
    b"",
]
_ENCODINGS = [b"base64", b"quoted-printable", b"x-uuencode", b"8bit", b"binary", b"?"]
_KINDS = [
    b"multipart/alternative",
    b"multipart/digest",
    b"text/html",
    b"message/rfc822",
    b"text/plain; format=flowed",
]


def _without(name: bytes) -> Callable[[bytes, Random], bytes]:
    def mutate(raw: bytes, random: Random) -> bytes:
        return b"\n".join(line for line in raw.split(b"\n") if not line.lower().startswith(name + b":"))

    return mutate


def _charset(raw: bytes, random: Random) -> bytes:
    return b"Content-Type: text/plain; charset=" + random.choice(_CHARSETS) + b"\r\n" + raw


def _encoding(raw: bytes, random: Random) -> bytes:
    return b"Content-Transfer-Encoding: " + random.choice(_ENCODINGS) + b"\r\n" + raw


def _kind(raw: bytes, random: Random) -> bytes:
    return b"Content-Type: " + random.choice(_KINDS) + b"; boundary=b\r\n" + raw


def _nested(raw: bytes, random: Random) -> bytes:
    depth = random.choice([2, 29, 31, 1000])
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth)
    )
    return opened + raw


def _many_parts(raw: bytes, random: Random) -> bytes:
    part = b"--b\r\n\r\n" + raw[: random.choice([0, 10, 200])] + b"\r\n"
    return b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * random.choice([3, 900, 3000])


def _eight_bits(raw: bytes, random: Random) -> bytes:
    name = random.choice([b"Subject", b"From", b"To", b"Message-ID", b"Date", b"Content-Type"])
    return name + b": " + random.randbytes(random.choice([5, 300])).replace(b"\n", b" ") + b"\r\n" + raw


def _long_header(raw: bytes, random: Random) -> bytes:
    piece = random.choice([b"<a@b> ", b"(", b'"\\', b"=?utf-8?q?", b"a@b.example, ", b';a*1*="', b"\r\n x"])
    return (
        random.choice([b"From: ", b"References: ", b"Subject: ", b"Content-Type: x/y"])
        + piece * 20_000
        + b"\r\n"
        + raw
    )


def _flipped(raw: bytes, random: Random) -> bytes:
    damaged = bytearray(raw)
    for _ in range(random.randrange(1, 40)):
        damaged[random.randrange(len(damaged))] = random.randrange(256)
    return bytes(damaged)


def _cut(raw: bytes, random: Random) -> bytes:
    start, end = sorted(random.choices(range(len(raw)), k=2))
    return raw[:start] + raw[end:]


def _doubled(raw: bytes, random: Random) -> bytes:
    start, end = sorted(random.choices(range(len(raw)), k=2))
    return raw[:end] + raw[start:end] * random.randrange(1, 50) + raw[end:]


def _line_ends(raw: bytes, random: Random) -> bytes:
    return raw.replace(b"\r\n", random.choice([b"\n", b"\r", b"\n\r", b"\r\r\n", b"\0", b"\r\n\r\n"]))


_MUTATIONS: list[Callable[[bytes, Random], bytes]] = [
    *(_without(name) for name in (b"to", b"from", b"message-id", b"date", b"content-type", b"mime-version")),
    _charset, _encoding, _kind, _nested, _many_parts, _eight_bits, _long_header, _flipped, _cut, _doubled, _line_ends,
]  # fmt: skip


def _seeds(shared: Path | None) -> list[bytes]:
    found = [mail.raw for mail in ORDINARY]
    if shared is not None:
        found += [path.read_bytes() for path in sorted((shared / "mime").rglob("*.eml"))]
        found += [path.read_bytes() for path in sorted((shared / "bounces").glob("*.eml"))]
    return found


def _poison(count: int, seeds: list[bytes]) -> Counter[str]:
    """Reads so many damaged mails, the same ones each time, and counts what became of them."""
    became: Counter[str] = Counter()
    for number in range(count):
        random = Random(number)
        raw = seeds[number % len(seeds)]
        for mutate in random.choices(_MUTATIONS, k=random.randrange(1, 4)):
            raw = mutate(raw or b"x", random)
        began = time.monotonic()
        found = read_in_child(raw)
        assert time.monotonic() - began < 10, number
        if isinstance(found, Letter):
            kind_of(found, own_hosts=["ideas.example"])
        else:
            assert found.reason not in {Reason.BROKEN, Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY}, (
                number,
                found,
            )
        became[type(found).__name__ if isinstance(found, Letter) else found.reason] += 1
    end_child()
    return became


def test_a_thousand_poisoned_mails() -> None:
    became = _poison(1000, _seeds(None))
    assert became.total() == 1000
    assert became["Letter"] > 800


@pytest.mark.nightly
def test_ten_thousand_poisoned_mails(shared_data: Path) -> None:
    assert _poison(10_000, _seeds(shared_data)).total() == 10_000


@pytest.mark.nightly
def test_fifty_megabytes_are_read_or_refused() -> None:
    for size in (30, 37, 49, 51):
        pdf = base64.encodebytes(bytes(size * MEBIBYTE * 3 // 4 * 76 // 78))
        raw = b"From: a@b.example\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n" + pdf
        found = read_in_child(raw)
        if isinstance(found, Unreadable):
            assert found.reason in {Reason.TOO_LARGE, Reason.TOO_MUCH_MEMORY}
    end_child()
