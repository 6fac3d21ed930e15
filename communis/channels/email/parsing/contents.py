"""The content of one part: its transfer encoding undone, and its text decoded."""

import binascii
import string

from communis.channels.email.parsing.charsets import decoded
from communis.channels.email.parsing.flowed import unwrapped
from communis.channels.email.parsing.structure import Part

# How many bytes of a mail make one of its content at most: three for quoted-printable, and the line's end.
LARGEST_GROWTH = 4
_NO_BASE64 = bytes(set(range(256)) - set(string.ascii_letters.encode() + string.digits.encode() + b"+/"))


def content(raw: bytes, part: Part) -> bytes:
    encoding = (part.headers.first("content-transfer-encoding") or b"").strip().strip(b"\"'").lower()
    body = raw[part.start : part.end]
    if encoding == b"base64":
        return _base64(body)
    if encoding == b"quoted-printable":
        return binascii.a2b_qp(body)
    if encoding in {b"x-uuencode", b"uuencode", b"x-uue", b"uue"}:
        return _uuencoded(body)
    return body


def text(body: bytes, part: Part) -> str:
    parameters = part.type.parameters
    words = decoded(body, parameters.get("charset"))
    if part.type.value == "text/plain" and parameters.get("format", "").lower() == "flowed":
        return unwrapped(words, delete_space=parameters.get("delsp", "").lower() == "yes")
    return words


def _base64(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:  # cut, or with other things in between: as much as there is
        digits = body.translate(None, delete=_NO_BASE64)
        digits = digits[: len(digits) - (len(digits) % 4 == 1)]
        return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))


def _uuencoded(body: bytes) -> bytes:
    lines = []
    for line in body.splitlines():
        if line.startswith(b"begin ") or not line.strip():
            continue
        if line.strip() == b"end":
            break
        try:
            lines.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(lines)
