"""The mailboxes of From, To and Cc (RFC 5322), read strictly: what two programs could read differently has no address.

Python's own reader takes ``alice@a.example(<eve@b.example>`` for different people in different versions.
"""

import re
from dataclasses import dataclass, field

from communis.channels.email.parsing.headers import words
from communis.channels.email.parsing.letter import Mailbox

_TOKEN = re.compile(
    r"""(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<angle><[^<>]*>)|(?P<mark>[,;:(])|(?P<loose>["<>)])|(?P<words>[^"<>,;:()]+)"""
)
_ADDRESS = re.compile(r"""[^\s<>()\[\],;:\\"@\x00-\x20\x7f]{1,256}@[^\s<>(),;\\"@\x00-\x20\x7f]{1,255}""")
_BACKSLASH = re.compile(r"\\(.)")


@dataclass(slots=True)
class _Element:
    """What stands between two commas, as far as it has been read."""

    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    broken: bool = False


def mailboxes(value: bytes) -> list[Mailbox]:
    """In order. A group's name is left out, its members stay; nothing between two commas is left out, but what
    cannot be read counts: else of two senders one would be left, and believed.
    """
    text = value.decode("latin-1")  # one character a byte: names are decoded when they have been cut out
    found: list[Mailbox] = []
    element = _Element()
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        assert token is not None  # every character is in one of the groups
        position = token.end()
        kind, piece = token.lastgroup, token[0]
        if piece in {",", ";"}:
            found += _mailbox(element)
            element = _Element()
        elif piece == ":":  # before it stands the name of a group, if it is no address
            element = _Element(broken=element.broken or bool(element.angles) or "@" in "".join(element.words))
        elif piece == "(":
            position = _comment(text, position, element)
        elif kind == "loose":
            element.broken = True
            if piece == '"':  # without its other half: what follows is not worth a guess
                break
        elif kind == "angle":
            element.angles.append(piece[1:-1])
        elif kind == "quoted":
            element.words.append(_BACKSLASH.sub(r"\1", piece[1:-1]))
        else:
            element.words.append(piece)
    return found + _mailbox(element)


def _comment(text: str, position: int, element: _Element) -> int:
    """Where the comment that was opened before ``position`` ends; comments stand within comments."""
    depth, start = 1, position
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == "(":
            depth += 1
        elif text[position] == ")":
            depth -= 1
            if not depth:
                element.comments.append(_BACKSLASH.sub(r"\1", text[start:position]))
                return position + 1
        position += 1
    element.broken = True
    element.words.append(text[start:])
    return len(text)


def _mailbox(element: _Element) -> list[Mailbox]:
    said = " ".join(element.words).strip()
    if element.angles:
        name, address = said or " ".join(element.comments), element.angles[-1].strip()
    elif _address(said):
        name, address = " ".join(element.comments), said
    else:
        name, address = said or " ".join(element.comments), ""
        name = " ".join(element.comments) or name
    certain = not element.broken and len(element.angles) <= 1
    mailbox = Mailbox(words(name.encode("latin-1", "replace")), _address(address) if certain else "")
    return [mailbox] if any(mailbox) or element.angles or element.broken else []


def _address(text: str) -> str:
    """The address with its domain in small letters, or nothing."""
    whole = text.rstrip(".").rpartition(":")[2] if text.startswith("@") else text.rstrip(".")
    try:
        whole = whole.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""
    if not _ADDRESS.fullmatch(whole):
        return ""
    local, _, domain = whole.rpartition("@")
    return f"{local}@{domain.lower()}"
