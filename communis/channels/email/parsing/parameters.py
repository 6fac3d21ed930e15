"""Content-Type and Content-Disposition: a value and its parameters (RFC 2045, 2231)."""

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from communis.channels.email.parsing.charsets import decoded
from communis.channels.email.parsing.headers import words

_LONGEST = 8 * 1024
_PARAMETER = re.compile(rb""";\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)""")
_CONTINUED = re.compile(r"([^*]+)\*(\d{1,3})?(\*)?")
_BACKSLASH = re.compile(rb"""\\(["\\])""")
_CONTENT_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}(?=\s|$)")


class Said(NamedTuple):
    value: str  # in small letters
    parameters: dict[str, str]  # names in small letters; the first of two counts


def said(header: bytes | None) -> Said:
    header = (header or b"")[:_LONGEST]
    value = decoded(header.partition(b";")[0]).strip().lower()
    plain: dict[str, str] = {}
    continued: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for parameter in _PARAMETER.finditer(header):
        name, content = parameter[1].decode("latin-1").lower(), _unquoted(parameter[2])
        several = _CONTINUED.fullmatch(name)
        if several:
            pieces = continued.setdefault(several[1], {})
            pieces.setdefault(int(several[2] or 0), (content, several[3] is not None or several[2] is None))
        else:
            plain.setdefault(name, words(content))
    return Said(value, plain | {name: _joined(pieces) for name, pieces in continued.items()})


def content_type(header: bytes | None) -> Said:
    """As declared, or text/plain where that is nothing a program could mean (RFC 2045, section 5.2)."""
    declared = said(header)
    named = _CONTENT_TYPE.match(declared.value)
    return Said(named[0] if named else "text/plain", declared.parameters)


def _unquoted(content: bytes) -> bytes:
    content = content.strip()
    if len(content) >= 2 and content.startswith(b'"') and content.endswith(b'"'):
        return _BACKSLASH.sub(rb"\1", content[1:-1])
    return content.strip(b"\"'")


def _joined(pieces: dict[int, tuple[bytes, bool]]) -> str:
    """A value in pieces, with its charset before the first two apostrophes: ``utf-8'sv'p%C3%A5``."""
    content = b"".join(
        unquote_to_bytes(piece) if escaped else piece for _, (piece, escaped) in sorted(pieces.items())
    )
    first, escaped = pieces[min(pieces)]
    if escaped and first.count(b"'") >= 2:
        charset, _, rest = content.split(b"'", 2)
        return decoded(rest, charset.decode("latin-1"))
    return decoded(content)
