"""The mails in a mailbox, whatever its form, one after another: the whole is never held.

An mbox (also ``.gz``), a Maildir, or a folder of single mails; folders within are read too::

    for found in mails(path):        # Mail or PassedOver, in an order that is the same each time
        letter = read_in_child(found.raw)
"""

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, NamedTuple

from communis.channels.email.parsing.limits import LARGEST, MEBIBYTE

_PACKED = b"\x1f\x8b"
_ENVELOPE = b"From "
# ``From somebody@example.org Fri Apr  6 22:43:55 2007``, and what old archives make of it.
_SEPARATOR = re.compile(rb"From \S.*\d\d?:\d\d.*\d{4}|From \S.*\d{4}.*\d\d?:\d\d")
_LONGEST_SEPARATOR = 300
_HEADER = re.compile(rb"[!-9;-~]{1,200}[ \t]*:|>From ")
_QUOTED = re.compile(rb">+From ")
_PIECE = MEBIBYTE  # a longer line is read in pieces
_NO_MAIL = re.compile(r"dovecot.*|subscriptions|maildirfolder|courier.*|.*\.(?:lock|msf|index|cache)")


_Stream = IO[bytes] | gzip.GzipFile


class Mail(NamedTuple):
    place: str  # where it lies: the path below the mailbox, with ``#3`` for the third of an mbox
    raw: bytes


class Why(StrEnum):
    TOO_LARGE = "too large"
    NO_MAIL = "no mail"
    BROKEN = "the file is broken"  # packed, and cut or damaged: what stood before it has been read
    UNREADABLE = "the file cannot be read"


class PassedOver(NamedTuple):
    place: str
    why: Why


def mails(mailbox: Path) -> Iterator[Mail | PassedOver]:
    """A file that is given by itself is read whatever it is. Links are not followed. Raises OSError if ``mailbox``
    itself cannot be opened.
    """
    if not mailbox.is_dir():
        with mailbox.open("rb"):
            pass
        yield from _in_file(mailbox, mailbox.name)
        return
    os.scandir(mailbox).close()
    for path in _files(mailbox):
        yield from _in_file(path, path.relative_to(mailbox).as_posix())


def _files(folder: Path) -> Iterator[Path]:
    """By name, folders last; never ``tmp`` of a Maildir, where mails lie that have not wholly come."""
    for place, folders, files in os.walk(folder):
        if {"cur", "new"} <= set(folders):
            folders[:] = [name for name in folders if name != "tmp"]
        folders.sort()
        for name in sorted(files):
            path = Path(place, name)
            if not path.is_symlink() and path.is_file() and not _NO_MAIL.fullmatch(name):
                yield path


def _in_file(path: Path, place: str) -> Iterator[Mail | PassedOver]:
    try:
        with path.open("rb") as file:
            packed = file.read(2) == _PACKED
            file.seek(0)
            if packed:
                with gzip.open(file) as unpacked:
                    yield from _in_stream(unpacked, place)
            else:
                yield from _in_stream(file, place)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield PassedOver(place, Why.BROKEN)
    except OSError:
        yield PassedOver(place, Why.UNREADABLE)


def _in_stream(stream: _Stream, place: str) -> Iterator[Mail | PassedOver]:
    first = stream.readline(_PIECE).removeprefix(b"\xef\xbb\xbf")
    while first in {b"\n", b"\r\n"}:
        first = stream.readline(_PIECE)
    if first.startswith(_ENVELOPE):
        yield from _in_mbox(stream, place)
        return
    if not _HEADER.match(first):
        yield PassedOver(place, Why.NO_MAIL)
        return
    raw = first + stream.read(LARGEST + 1)
    yield Mail(place, raw) if len(raw) <= LARGEST else PassedOver(place, Why.TOO_LARGE)


def _in_mbox(stream: _Stream, place: str) -> Iterator[Mail | PassedOver]:
    """The mails of an mbox whose first ``From `` line has been read.

    The next one begins where such a line follows a blank one, bears a time, and is followed by a header: *From* at
    the beginning of a sentence is none. One ``>`` before ``From `` is taken away (mboxrd, mboxo).
    """
    number, size = 1, 0
    lines: list[bytes] = []
    after_blank, separator, whole = False, b"", True
    while line := stream.readline(_PIECE):
        if separator:
            if _HEADER.match(line):
                yield _mail(lines, size, f"{place}#{number}")
                number, size, lines = number + 1, 0, []
            else:
                size = _kept(lines, separator, size)
            separator = b""
        if whole and after_blank and len(line) < _LONGEST_SEPARATOR and _SEPARATOR.match(line):
            separator = line
            continue
        size = _kept(lines, line[1:] if whole and _QUOTED.match(line) else line, size)
        after_blank = whole and not line.strip(b"\r\n")
        whole = line.endswith(b"\n")
    if separator:
        size = _kept(lines, separator, size)
    yield _mail(lines, size, f"{place}#{number}")


def _kept(lines: list[bytes], line: bytes, size: int) -> int:
    """Adds a line, unless the mail is too large to be read anyway; returns the mail's size up to here."""
    if size <= LARGEST:
        lines.append(line)
    return size + len(line)


def _mail(lines: list[bytes], size: int, place: str) -> Mail | PassedOver:
    if size > LARGEST:
        return PassedOver(place, Why.TOO_LARGE)
    # The blank line before the next one belongs to the mailbox, not to the mail.
    if lines and not lines[-1].strip(b"\r\n"):
        lines.pop()
    return Mail(place, b"".join(lines))
