"""A mail that was passed on: whom it was from, what it says, and what the sender put above it."""

import re
from textwrap import dedent
from typing import NamedTuple

from communis.channels.email.parting.attributions import attribution
from communis.channels.email.parting.correspondents import Correspondent, correspondents
from communis.channels.email.parting.header_blocks import (
    LABELS,
    Field,
    Header,
    HeaderBlock,
    header_block,
    header_of,
)
from communis.channels.email.parting.lines import Line, lines_of, next_said
from communis.channels.email.parting.mail_words import ANSWERED_SUBJECT, FORWARDED_SUBJECT
from communis.channels.email.parting.parting import part
from communis.channels.email.parting.separators import Separator, after_title, separator

_NOBODY = Correspondent("", "")
_PREFIX = re.compile(r"\s*(?:\[[^\]\n]{0,60}\]\s*)?([^\W\d_]{1,12})\s?(?:\[\d{1,3}\])?\s?[:：]")
_ONE_MARK = re.compile(r"^\s*[>＞] ?")
_JOINED_UP_TO = 2_000
# *VS* announces a forwarded mail in Danish and Norwegian, and an answer in Finnish.
_FINNISH = frozenset({"lähettäjä", "lähetetty", "vastaanottaja", "aihe", "päivämäärä"})


class Forwarded(NamedTuple):
    """A forwarded mail. What its program left out is empty; ``date`` is as it was written there.

    ``message`` is what the sender wrote above it, without a signature. Everything below is ``body``: somebody else's.
    """

    sender: Correspondent
    to: tuple[Correspondent, ...]
    copy: tuple[Correspondent, ...]
    date: str
    subject: str
    body: str
    message: str


class _Found(NamedTuple):
    """Where the forwarded mail begins, what its headers say, and where its body begins."""

    start: int
    headers: HeaderBlock
    body: int


def forwarded(text: str, subject: str = "") -> Forwarded | None:
    """The forwarded mail in a mail's plain text; none if it is a mail of the sender's own, or an answer.

    ``subject`` is the mail's own. Some programs repeat the headers in the same way above what is answered and what is
    forwarded: then its first word decides, and where there is no subject the mail counts as forwarded.
    """
    lines = lines_of(text)
    found = _found(lines, subject)
    if found is None:
        return None
    headers = found.headers
    senders = correspondents(headers.value(Field.SENDER))
    return Forwarded(
        sender=senders[0] if senders else _NOBODY,
        to=correspondents(headers.value(Field.RECIPIENT)),
        copy=correspondents(headers.value(Field.COPY)),
        date=headers.value(Field.DATE),
        subject=headers.value(Field.SUBJECT),
        body=_body(lines[found.body :]),
        message=part("\n".join(line.raw for line in lines[: found.start])).written,
    )


def _found(lines: list[Line], subject: str) -> _Found | None:
    """The first thing that is not the sender's own has to be the beginning of a forwarded mail."""
    drawn = None
    for position, line in enumerate(lines):
        if line.blank:
            continue
        start = position if drawn is None else drawn
        kind = separator(lines, position)
        if kind is Separator.LINE:
            drawn = start
            continue
        if kind is not None:
            found = _below(lines, start, position)
            passed_on = kind is Separator.FORWARDED or _is_forwarding(subject, found.headers, unsaid=True)
            return found if passed_on else None
        block = header_block(lines, position)
        if block is not None:
            passed_on = _is_forwarding(subject, block, unsaid=True)
            return _Found(start, block, block.end) if passed_on else None
        begins = attribution(lines, position)
        if begins is not None:
            block = _of_attribution(lines, begins, position)
            return _Found(begins, block, position + 1) if _is_forwarding(subject, block, unsaid=False) else None
        if line.depth > 0:
            return None
        drawn = None
    return None


def _below(lines: list[Line], start: int, position: int) -> _Found:
    """The mail below a separator. Its headers stand there, or behind the separator on the same line."""
    joined = after_title(lines[position].said)
    if joined:
        return _Found(start, HeaderBlock(_parted_headers(joined), position + 1), position + 1)
    following = next_said(lines, position + 1)
    block = header_block(lines, following) if following < len(lines) else None
    if block is None:
        return _Found(start, HeaderBlock((), position + 1), position + 1)
    return _Found(start, block, block.end)


def _parted_headers(joined: str) -> tuple[Header, ...]:
    """Headers that the program has run together on one line: *Fra: Per <per@aby.example>Til: Anna ...*"""
    joined = joined[:_JOINED_UP_TO]
    first = header_of(joined)
    if first is None:
        return ()
    starts = sorted({0, *_label_places(joined)})
    parts = [joined[start:end] for start, end in zip(starts, [*starts[1:], len(joined)], strict=True)]
    return tuple(header for header in map(header_of, parts) if header is not None)


def _label_places(joined: str) -> list[int]:
    """Where a known word before a colon begins. It begins with a capital letter, so that no word is cut in two."""
    places = []
    for colon in re.finditer(":", joined):
        before = joined[max(0, colon.start() - 20) : colon.start()].rstrip()
        offset = max(0, colon.start() - 20)
        fitting = [
            place
            for place, letter in enumerate(before)
            if letter.isupper() and before[place:].casefold() in LABELS
        ]
        places += [offset + place for place in fitting[:1]]
    return places


def _of_attribution(lines: list[Line], begins: int, position: int) -> HeaderBlock:
    """What an attribution tells, as headers."""
    text = " ".join(line.said for line in lines[begins : position + 1])
    who = correspondents(text)[0]
    name = re.split(r"[,\d]|\b(?:[^\W\d_]{2,})\s+(?=[\"“«])", who.name)[-1].strip(" \"'“”«»,")
    written = f"{name} <{who.address}>" if who.address else ""
    return HeaderBlock((Header(Field.SENDER, "", written),), position + 1)


def _is_forwarding(subject: str, headers: HeaderBlock, *, unsaid: bool) -> bool:
    """Whether the subject begins as that of a forwarded mail; ``unsaid`` is the answer where there is no subject."""
    if not subject.strip():
        return unsaid
    prefix = _PREFIX.match(subject)
    if prefix is None or prefix[1].casefold() not in FORWARDED_SUBJECT:
        return False
    finnish = any(header.label in _FINNISH for header in headers.headers)
    return not (finnish and prefix[1].casefold() in ANSWERED_SUBJECT)


def _body(lines: list[Line]) -> str:
    """The words of the forwarded mail, without the marks that forwarding gave them."""
    first = next_said(lines, 0)
    raw = [line.raw for line in lines]
    if first < len(lines) and lines[first].depth > 0:
        raw = [_ONE_MARK.sub("", text, count=1) for text in raw]
    return dedent("\n".join(raw)).strip("\n").rstrip()
