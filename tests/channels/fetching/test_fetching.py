"""SSRF-1: nothing but the public internet is ever asked, and what comes is bounded in time and size."""

import gzip
import socket
import time
from collections.abc import Iterator

import pytest
from django.utils import translation

from communis.channels.fetching import connecting
from communis.channels.fetching.fetching import Fetcher, NotFetched
from communis.channels.fetching.public_addresses import is_public
from tests.outside_server import AUTHORITY, HOST, OutsideServer, led_on, outside, said, without_end

MOST = 2**20


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The reasons are words."""
    with translation.override("en"):
        yield


# 127.0.0.1 and its neighbours, as addresses have been written to get past a guard.
WRITTEN = """
    127.0.0.1 127.1 127.0.1 127.0.0.1. 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 017700000001 0177.0.0.1
    0177.0.1 0177.1 0x7f.0x0.0x0.0x1 127.127.127.127 0 0.0.0.0 localhost LOCALHOST localhost. １２７.０.０.１
    ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1
    192.168.255.255 0xa000001 100.64.0.1 100.127.255.254 169.254.169.254 169.254.0.1 2852039166
    0xa9fea9fe 0251.0376.0251.0376 192.0.0.1 192.0.0.170 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1
    198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 0.1.2.3
    [::1] [::] [0:0:0:0:0:0:0:1] [0000::1] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1]
    [0:0:0:0:0:ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:169.254.169.254] [::ffff:a9fe:a9fe]
    [::ffff:0:127.0.0.1] [2002:7f00:1::] [2002:7f00:1::1] [2002:a00:1::] [2002:c0a8:1::1]
    [2002:a9fe:a9fe::] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1]
    [64:ff9b::169.254.169.254] [64:ff9b:1::1] [64:ff9b::a9fe:a9fe] [2001:0:7f00:1::]
    [2001:0:4136:e378:8000:63bf:3fff:fdd2] [2001:0:1:1:1:1:80ff:fffe] [fe80::1] [fe80::1%25lo] [fec0::1]
    [fc00::1] [fd00::1] [fd00:ec2::254] [ff02::1] [ff0e::1] [2001:db8::1] [3fff::1] [100::1] [5f00::1]
    [2001:10::1] [2001:2::1] [4000::1] [1::1]
"""
INSIDE = WRITTEN.split()
NO_ADDRESS = [
    *["", "x", "//bilder.example/a.png", "/a.png", "ftp://bilder.example/a.png", "file:///etc/passwd", "gopher://x/"],
    *["data:image/png;base64,AAAA", "javascript:alert(1)", "http://", "http:///a.png", "https://[::1", "http://[x]/"],
    *["http://bilder.example:x/", "http://bilder.example:99999/", "http://a..b/", "jar:http://x!/", "dict://127.0.0.1/"],
    *[f"http://{'a' * 70}.example/", f"http://bilder.example/{'a' * 5000}"],
]  # fmt: skip
CREDENTIALS = [
    "http://me:secret@bilder.example/",
    "http://127.0.0.1@bilder.example/",
    "http://@bilder.example/",
]
PORTS = [
    "http://bilder.example:22/",
    "https://bilder.example:8443/",
    "http://bilder.example:0/",
    "http://1.1.1.1:6379/",
]


@pytest.fixture
def server() -> Iterator[OutsideServer]:
    with outside() as server:
        yield server


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own door is shut, so that a guard with a hole in it is found out."""

    def refuse(*_arguments: object, **_named: object) -> None:
        pytest.fail("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


def why(fetcher: Fetcher, address: str, most: int = MOST) -> str:
    with pytest.raises(NotFetched) as refused:
        fetcher.fetch(address, most=most)
    return refused.value.why


@pytest.mark.usefixtures("no_connection")
def test_more_than_a_hundred_ways_to_write_an_address_inside_reach_nothing() -> None:
    fetcher = Fetcher()
    hosts = [
        f"{scheme}://{host}{path}" for host in INSIDE for scheme, path in [("http", "/x.png"), ("https", "/")]
    ]
    for address in [*hosts, *NO_ADDRESS, *CREDENTIALS, *PORTS]:
        assert why(fetcher, address), address
    assert len(INSIDE) + len(NO_ADDRESS) + len(CREDENTIALS) + len(PORTS) >= 120


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "193.10.0.1", "2a00:801::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"],
)
def test_what_is_public_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.usefixtures("no_connection")
@pytest.mark.parametrize("inside", ["127.0.0.1", "::1", "64:ff9b::a00:1", "fe80::1%lo", "nonsense", ""])
def test_one_address_inside_among_those_of_a_name_is_enough_to_refuse(inside: str) -> None:
    fetcher = Fetcher(resolve=lambda host, port, seconds: ["1.1.1.1", inside])
    assert why(fetcher, f"http://{HOST}/")
    assert why(Fetcher(resolve=lambda host, port, seconds: []), f"http://{HOST}/")


def test_a_name_is_looked_up_once_and_that_very_address_is_asked(server: OutsideServer) -> None:
    """A name that leads outside while it is checked and inside afterwards (rebinding)."""
    server.answers["/a.png"] = said(b"bytes")
    looked_up: list[str] = []

    def resolve(host: str, port: int, seconds: float) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

    fetcher = Fetcher(resolve=resolve, may_connect=lambda address: True, ports=frozenset({server.port}))
    assert fetcher.fetch(server.address("/a.png"), most=MOST) == b"bytes"
    assert looked_up == [HOST] and f"Host: {HOST}:{server.port}\r\n" in server.asked[0]


def test_each_step_of_a_redirect_is_checked_again(server: OutsideServer) -> None:
    fetcher = server.fetcher()
    server.answers["/inside"] = led_on("http://127.0.0.1:22/")
    server.answers["/file"] = led_on("file:///etc/passwd")
    server.answers["/password"] = led_on(f"http://a:b@{HOST}:{server.port}/")
    for path in ("/inside", "/file", "/password"):
        assert why(fetcher, server.address(path))
    # By name to somewhere inside: the second look-up is checked as the first one was.
    moved = Fetcher(
        resolve=lambda host, port, seconds: ["127.0.0.1"] if host == HOST else ["127.0.0.2"],
        may_connect=lambda address: address == "127.0.0.1",
        ports=frozenset({server.port}),
    )
    server.answers["/moved"] = led_on(server.address("/there", "intranet.example"))
    assert "public internet" in why(moved, server.address("/moved"))
    assert server.paths == ["/inside", "/file", "/password", "/moved"]


def test_three_redirects_and_no_more(server: OutsideServer) -> None:
    for number in range(5):
        server.answers[f"/{number}"] = led_on(f"/{number + 1}", "301 Moved Permanently")
    server.answers["/5"] = said(b"there")
    fetcher = server.fetcher()
    assert fetcher.fetch(server.address("/2"), most=MOST) == b"there"
    assert "more than three times" in why(fetcher, server.address("/1"))
    assert server.paths == ["/2", "/3", "/4", "/5", "/1", "/2", "/3", "/4"]


def test_nothing_of_the_environment_and_no_cookie_goes_along(
    server: OutsideServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answers["/"] = said(b"", "302 Found", Location="/a b?c=å#d", Set_Cookie="a=b")
    server.answers["/a%20b?c=%C3%A5"] = said(b"ok")
    fetcher = server.fetcher()
    assert fetcher.fetch(server.address("/"), most=MOST) == b"ok"
    assert fetcher.fetch(server.address("/"), most=MOST) == b"ok"
    for head in server.asked:
        names = [line.split(":")[0].lower() for line in head.split("\r\n")[1:] if line]
        assert names == ["host", "user-agent", "accept", "accept-encoding", "connection"]


def test_too_much_is_refused_before_and_while_it_comes(server: OutsideServer) -> None:
    server.answers["/fits"] = said(b"x" * MOST)
    server.answers["/told"] = without_end(
        b"HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n", b"", server.over, 60
    )
    server.answers["/untold"] = without_end(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, server.over, 0)
    server.answers["/lied"] = said(b"x" * 100, Content_Length="10")
    fetcher = server.fetcher()
    assert len(fetcher.fetch(server.address("/fits"), most=MOST)) == MOST
    assert "larger than 1 MB" in why(fetcher, server.address("/told"))
    assert "larger than 1 MB" in why(fetcher, server.address("/untold"))


def test_what_comes_packed_is_not_unpacked(server: OutsideServer) -> None:
    bomb = gzip.compress(bytes(50 * 2**20))
    for coding in ("gzip", "br", "deflate", "gzip, gzip"):
        server.answers["/bomb"] = said(bomb, Content_Encoding=coding)
        assert "packed" in why(server.fetcher(), server.address("/bomb"))
    server.answers["/plain"] = said(b"x", Content_Encoding="identity")
    assert server.fetcher().fetch(server.address("/plain"), most=MOST) == b"x"


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"", b""),
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    ],
)
def test_what_drips_is_given_up_in_time(server: OutsideServer, head: bytes, piece: bytes) -> None:
    server.answers["/"] = without_end(head, piece, server.over, 0.02)
    began = time.monotonic()
    assert why(server.fetcher(seconds=0.6), server.address("/"))
    assert time.monotonic() - began < 3


def test_redirects_share_one_time(server: OutsideServer) -> None:
    def slowly(connection: socket.socket) -> None:
        server.over.wait(0.4)
        led_on("/")(connection)

    server.answers["/"] = slowly
    assert "within ten seconds" in why(server.fetcher(seconds=0.6), server.address("/"))
    assert len(server.asked) == 2


def test_a_name_that_takes_too_long_to_look_up_is_given_up(
    server: OutsideServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_arguments: object, **_named: object) -> list[object]:
        server.over.wait(60)
        return []

    monkeypatch.setattr(connecting.socket, "getaddrinfo", never)
    began = time.monotonic()
    assert why(Fetcher(connect_seconds=0.3), f"http://{HOST}/")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_an_answer_that_is_none_is_said_so(server: OutsideServer, answer: bytes) -> None:
    server.answers["/"] = lambda connection: connection.sendall(answer)
    assert why(server.fetcher(), server.address("/"))


@pytest.mark.parametrize(
    "status", ["404 Not Found", "410 Gone", "403 Forbidden", "500 Fault", "206 Partial", "304 Not Modified"]
)
def test_the_reason_names_the_answer(server: OutsideServer, status: str) -> None:
    server.answers["/"] = said(b"", status)
    assert status[:3] in why(server.fetcher(), server.address("/"))


def test_a_host_that_refuses_is_away() -> None:
    with outside() as gone:
        fetcher, address = gone.fetcher(), gone.address("/")
    with pytest.raises(NotFetched) as refused:
        fetcher.fetch(address, most=MOST)
    assert refused.value.host_away


def test_the_certificate_has_to_be_for_the_name_and_from_someone_trusted() -> None:
    with outside(secure=True) as server:
        server.answers["/a.png"] = said(b"bytes")
        assert server.fetcher().fetch(server.address("/a.png"), most=MOST) == b"bytes"
        assert "cannot prove" in why(server.fetcher(), server.address("/a.png", "annan.example"))
        believing_only_the_usual = Fetcher(
            resolve=lambda host, port, seconds: ["127.0.0.1"],
            may_connect=lambda address: True,
            ports=frozenset({server.port}),
        )
        assert "cannot prove" in why(believing_only_the_usual, server.address("/a.png"))
        assert server.paths == ["/a.png"]


def test_the_environment_cannot_say_whom_to_trust(monkeypatch: pytest.MonkeyPatch) -> None:
    with outside(secure=True) as server:
        monkeypatch.setenv("SSL_CERT_FILE", AUTHORITY)
        fetcher = Fetcher(
            resolve=lambda host, port, seconds: ["127.0.0.1"],
            may_connect=lambda address: True,
            ports=frozenset({server.port}),
        )
        assert "cannot prove" in why(fetcher, server.address("/a.png"))
