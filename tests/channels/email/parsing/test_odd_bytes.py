"""Bytes that no careful program would send, and what is made of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communis.channels.email.parsing.addresses import mailboxes
from communis.channels.email.parsing.dates import moment
from communis.channels.email.parsing.letter import Letter, Mailbox, Reason, Unreadable
from communis.channels.email.parsing.limits import WORDS
from communis.channels.email.parsing.names import safe_name
from communis.channels.email.parsing.reading import read

_FROM = b"From: a@b.example\r\n"
_PARTS = _FROM + b"Content-Type: multipart/%s; boundary=b\r\n\r\n"
_MIXED, _ALTERNATIVE = _PARTS % b"mixed", _PARTS % b"alternative"
_HTML = b"\r\n--b\r\nContent-Type: text/html\r\n\r\n"


def _letter(raw: bytes) -> Letter:
    letter = read(raw)
    assert isinstance(letter, Letter), letter
    return letter


def _typed(content_type: bytes, body: bytes, *more: bytes) -> bytes:
    return (
        _FROM
        + b"".join(line + b"\r\n" for line in (b"Content-Type: " + content_type, *more))
        + b"\r\n"
        + body
    )


def _encoded(encoding: bytes, body: bytes) -> bytes:
    return _typed(b"text/plain", body, b"Content-Transfer-Encoding: " + encoding)


def _nested(depth: int) -> bytes:
    part = b"Content-Type: text/plain\r\n\r\nhej\r\n"
    for number in range(depth):
        name = b"b%d" % number
        part = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n%s\r\n--%s--\r\n" % (
            name,
            name,
            part,
            name,
        )
    return _FROM + part


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(_typed(b"text/plain; charset=utf-7", b"+AOUA5AD2-"), "åäö", id="utf-7"),
        pytest.param(_typed(b"text/plain; charset=utf-7", b"+2AA-x"), "\ufffdx", id="half a letter"),
        pytest.param(_typed(b"text/plain; charset=rot13", b"hej"), "hej", id="a charset that is none"),
        pytest.param(_typed(b"text/plain; charset=idna", b"xn--5cab8c"), "xn--5cab8c", id="a slow one"),
        pytest.param(_typed(b"text/plain; charset=utf-16le", "å".encode("utf-16le") + b"x"), "å\ufffd", id="cut"),
        pytest.param(_typed(b"text/plain", "å\n".encode() + b"\xe5\n"), "å\nå", id="two charsets in one text"),
        pytest.param(_typed(b"text/plain", b"a\0b\x1b[31mc\x07"), "ab[31mc", id="control characters"),
        pytest.param(_typed(b"text/plain", "bib\u00adlio\u00adtek".encode()), "bibliotek", id="soft hyphens"),
        pytest.param(_typed(b"text/plain; format=flowed; delsp=yes", b"bib \r\nlio \r\ntek"), "bibliotek", id="DelSp"),
        pytest.param(_typed(b"text/plain; format=flowed", b"> varf \r\nja"), "> varf\nja", id="an answer flows"),
        pytest.param(_typed(b"text/plain; format=flowed", b" From me \r\nto you"), "From me to you", id="stuffed"),
        pytest.param(_FROM.replace(b"\r\n", b"\r") + b"\rhej\r\rd\xe5", "hej\n\ndå", id="an old Macintosh"),
        pytest.param(_FROM + b"Hej, utan tom rad\r\noch mer", "Hej, utan tom rad\noch mer", id="no blank line"),
        pytest.param(b"Subject: x\rBcc: y\n\nhej", "hej", id="a bare CR ends no header"),
        pytest.param(b"From a Mon Mar  2 09:12:00 2026\n" + _FROM + b"\nhej", "hej", id="the line of an mbox"),
        pytest.param(_FROM + b"not a header\r\nSubject: x\r\n\r\nhej", "hej", id="a broken header"),
        pytest.param(_typed(b"nonsense", b"hej"), "hej", id="a type that is none"),
        pytest.param(b"\xef\xbb\xbf\r\n\r\n" + _FROM + b"\r\nhej", "hej", id="a mark and blank lines before"),
        pytest.param(_typed(b"multipart/mixed boundary=b", b"--b\nA: b\n\nhej\n--b--"), "hej", id="no semicolon"),
        pytest.param(_encoded(b"BASE64", b"aGVq"), "hej", id="base64"),
        pytest.param(_encoded(b"base64", b"aGVqIG"), "hej ", id="cut base64"),
        pytest.param(_encoded(b"quoted-printable", b"a=20b=\r\nc=ZZ"), "a bc=ZZ", id="broken quoted-printable"),
        pytest.param(_encoded(b"x-uuencode", b"begin 644 x\n#0V%T\n`\nend\n"), "Cat", id="uuencode"),
        pytest.param(_MIXED + b"--b\r\n\r\nett\r\n--b\r\n\r\ntv\xc3\xa5", "ett\n\ntvå", id="no last boundary"),
        pytest.param(_MIXED + b"--b\r\n\r\nett\r\n--b2\r\n--b--\r\nslut", "ett\n--b2", id="nearly a boundary"),
        pytest.param(_MIXED + b"--c\r\nContent-Type: text/plain\r\n\r\nett\r\n--c--", "ett", id="another boundary"),
        pytest.param(_MIXED + b"bara text", "bara text", id="parts that are none"),
        pytest.param(_ALTERNATIVE + b"--b\r\n\r\nett" + _HTML + b"<p>ett", "ett", id="two versions"),
        pytest.param(_PARTS % b"digest" + b"--b\r\n\r\nSubject: x\r\n\r\nhej\r\n--b--", None, id="a digest is mails"),
        pytest.param(_nested(30), "hej", id="thirty deep"),
        pytest.param(_FROM + b"\r\n" + b"x" * (WORDS + 1), None, id="too long to be shown"),
    ],
)  # fmt: skip
def test_the_text_of_odd_bytes(raw: bytes, text: str | None) -> None:
    found = _letter(raw).text
    assert (found.rstrip("\n") if found is not None else None) == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", Reason.EMPTY, id="nothing"),
        pytest.param(b"\0\r\n \n", Reason.EMPTY, id="nothing that can be read"),
        pytest.param(_nested(1000), Reason.TOO_DEEP, id="a thousand deep"),
        pytest.param(_MIXED + b"--b\r\n\r\nx\r\n" * 5000, Reason.TOO_MANY_PARTS, id="thousands of parts"),
        pytest.param(_MIXED + b"--bx\n" * 200_000, Reason.TOO_MANY_PARTS, id="false boundaries"),
        pytest.param(b"A: b\n" * 5000 + b"\nhej", Reason.TOO_MANY_HEADERS, id="thousands of headers"),
        pytest.param(b"A: " + b"b" * 3_000_000 + b"\n\nhej", Reason.TOO_MANY_HEADERS, id="a huge header"),
    ],
)
def test_too_much_is_refused_with_its_reason(raw: bytes, reason: Reason) -> None:
    assert read(raw) == Unreadable(reason)


def test_each_version_says_the_whole() -> None:
    """Somebody's HTML and a list's footer in text: who reads one of the two misses nothing, who quotes neither."""
    footer = b"\r\n--b\r\n\r\n1 < 2\r\n--b--"
    letter = _letter(_MIXED + _HTML + b"<b>Hej</b>" + footer)
    assert letter.text is None
    assert letter.html == "<b>Hej</b>\n<div>1 &lt; 2</div>"
    assert _letter(_ALTERNATIVE + b"--b\r\n\r\n " + _HTML + b"<p>Hej").text is None


def test_what_is_no_text_goes_along_as_a_file() -> None:
    parts = [
        b"Content-Type: message/rfc822\r\n\r\nSubject: inre\r\n"
        b"Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx",
        b'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgE=',
        b"Content-Type: text/calendar; method=REQUEST\r\nContent-ID: <k1@b>\r\n\r\nBEGIN:VCALENDAR",
        b"Content-Type: image/png\r\nContent-Disposition: attachment;\r\n"
        b" filename*0*=utf-8''p%C3%A5%20; filename*1=torget.png\r\n\r\n",
        b'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="=?utf-8?Q?p=C3=A5.txt?="\r\n\r\nhej',
        b"Content-Type: multipart/mixed\r\n\r\n",
    ]
    raw = _MIXED + b"".join(b"--b\r\n" + part + b"\r\n" for part in (b"\r\nhej", *parts)) + b"--b--"
    letter = _letter(raw)
    assert letter.text == "hej\n"
    assert [(file.name, file.content_type) for file in letter.attachments] == [
        ("attachment.eml", "message/rfc822"),
        ("winmail.dat", "application/ms-tnef"),
        ("attachment.ics", "text/calendar"),
        ("på torget.png", "image/png"),
        ("på.txt", "text/plain"),
    ]
    assert letter.attachments[0].content.startswith(b"Subject: inre")
    assert letter.attachments[1].content == b"x\x9f>\x22\x01"
    assert letter.attachments[2].content_id == "k1@b"


def test_headers_are_read_whatever_stands_in_them() -> None:
    letter = _letter(
        b"From: =?utf-8?q?=C3=85sa?= Berg <asa@B.EXAMPLE.>\r\nTo: undisclosed-recipients:;\r\n"
        b"Cc: Grupp: a@b.example, \"Ek, Bo\" <bo@b.example>;, c@d.example (Cia)\r\n"
        b"References: <1@b> <2@b>\r\n\t<1@b> skr\xe4p <3@b>\r\nReferences: <4@b>\r\n"
        b"In-Reply-To: Ditt brev den 2 mars <3@b>\r\nMessage-ID: 5@b\r\nDate: Mon, 2 Mar 2026 09:12 +0100\r\n"
        b"Subject: =?iso-8859-1?Q?Fr\xe5ga?= om =?utf-8?B?w6U=?= =?utf-8?B?=C3?= =?ok\xe4nd?q?x?=\r\n"
        b"Authentication-Results: ett\r\nAuthentication-Results: tv\xc3\xa5\r\nBcc: d@e.example\r\n\r\nhej"
    )  # fmt: skip
    assert letter.senders == (Mailbox("Åsa Berg", "asa@b.example"),)
    assert letter.to == ()
    assert letter.cc == (
        Mailbox("", "a@b.example"),
        Mailbox("Ek, Bo", "bo@b.example"),
        Mailbox("Cia", "c@d.example"),
    )
    assert letter.references == ("<1@b>", "<2@b>", "<3@b>", "<4@b>")
    assert (letter.in_reply_to, letter.message_id) == ("<3@b>", "<5@b>")
    assert letter.date == 1_772_439_120_000_000
    assert letter.subject.startswith("Fråga om å")
    assert letter.header("authentication-results") == ("ett", "två")
    assert letter.header("bcc") == ()


@pytest.mark.parametrize(
    "value",
    [
        b"alice@a.example(<eve@b.example>",
        b"<alice@a.example><eve@b.example>",
        b'"alice@a.example <eve@b.example>',
        b"alice@a.example>, <eve@b.example",
        b"alice@a.example@b.example",
        b"alice <alice>",
        b"alice@a.example eve@b.example",
        b"alice@a.example: eve@b.example",
        b"<alice@a.example\0@b.example>",
    ],
)
def test_a_sender_that_could_be_two_has_no_address(value: bytes) -> None:
    found = [mailbox.address for mailbox in mailboxes(value)]
    assert [address for address in found if address not in {"", "eve@b.example"}] == []
    assert "" in found


def test_a_name_cannot_turn_what_is_written_after_it() -> None:
    turned = "=?utf-8?q?Anna_=E2=80=AEdniL?= <a@b.example>"
    assert _letter(f"From: {turned}\r\nSubject: {turned}\r\n\r\nhej".encode()).senders[0].name == "Anna dniL"


def test_two_who_say_to_have_sent_it_are_no_sender() -> None:
    assert _letter(_FROM + _FROM + b"\r\nhej").sender is None
    assert _letter(b"From: a@b.example, c@d.example\r\n\r\nhej").sender is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\karta.pdf", "karta.pdf"),
        (".bashrc", "bashrc"),
        ("faktura\u202egpj.exe", "fakturagpj.exe"),
        ("a\r\nb:c?.txt", "a b c .txt"),
        ("con.txt", "_con.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        (" . ", "attachment.pdf"),
    ],
)
def test_a_file_has_a_safe_name(name: str, safe: str) -> None:
    assert safe_name(name, "application/pdf") == safe


@pytest.mark.parametrize(
    "value",
    [b"", b"igen", b"Mon, 99 Foo 2026", b"9" * 150, b"Mon, 2 Mar 1026 09:12:00", b"Mon, 2 Mar 99999 09:12"],
)
def test_a_date_that_is_none(value: bytes) -> None:
    assert moment(value) is None


# fmt: off
_BITS = st.sampled_from([
    b"\r\n", b"\n", b"\r", b"\0", b"--b", b"--b--", b":", b";", b'"', b"<", b"(", b"=?utf-8?q?", b"?=", b"\xff", b"=\n",
    b"From:", b"To:", b"Date:", b"Subject:", b"References:", b"Content-Type: multipart/mixed; boundary=b\n",
    b"Content-Type: text/html; charset=", b"Content-Transfer-Encoding: base64\n", b"utf-7", b"filename*1*=''%",
])
# fmt: on


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_BITS, st.binary(max_size=12)), max_size=60).map(b"".join))
def test_any_bytes_at_all_give_a_letter_or_a_reason(raw: bytes) -> None:
    found = read(raw)
    if isinstance(found, Unreadable):
        assert found.reason is not Reason.BROKEN, found
    else:
        words = [
            found.subject,
            found.text or "",
            found.html or "",
            *(file.name for file in found.attachments),
        ]
        assert not any(set(said) & {"\0", "\r"} for said in words)
        assert all(file.name for file in found.attachments)
        "".join(words).encode()
