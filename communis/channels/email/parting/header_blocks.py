"""The lines that repeat a mail's headers: whom it was from, when it was sent, to whom, about what.

Outlook puts them above what it quotes, without marking the words below, so where they begin all that follows is
somebody else's. The words before the colon are known in many languages (``mail_words``); in others, three such lines
with an address and a date among them are enough.
"""

import re
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from communis.channels.email.parting.lines import Line, next_said
from communis.channels.email.parting.mail_words import (
    COPY,
    DATE,
    OTHER_HEADER,
    RECIPIENT,
    SENDER,
    SUBJECT,
)
from communis.channels.email.parting.traces import has_address, has_date, has_time

LONGEST_LABEL = 32
# Of headers that are run together on one line.
LONGEST_RUN = 2_000
MOST_BLANK = 3
# What decides stands within the first half of so many lines.
MOST_LINES = 24
# What is looked at on one line; those inside a time of day do not count.
MOST_COLONS = 8
_COLON = re.compile(r"[:：](?!\d)")
_AROUND = " \t\xa0\u202f*_"


class Field(StrEnum):
    SENDER = "sender"
    DATE = "date"
    RECIPIENT = "recipient"
    COPY = "copy"
    SUBJECT = "subject"
    OTHER = "other"
    UNKNOWN = "unknown"


_FIELDS = (
    (SENDER, Field.SENDER),
    (DATE, Field.DATE),
    (RECIPIENT, Field.RECIPIENT),
    (COPY, Field.COPY),
    (SUBJECT, Field.SUBJECT),
    (OTHER_HEADER, Field.OTHER),
)
LABELS = {label: field for labels, field in reversed(_FIELDS) for label in labels}


class Header(NamedTuple):
    """One of the lines: what it tells, its word for that in lower case, and what stands after the colon."""

    field: Field
    label: str
    value: str


class HeaderBlock(NamedTuple):
    """Lines with the form of headers. ``end`` is the place of the first line after them.

    If the whole block is not of a mail, no part of it is: whoever goes through all lines need not look again before
    ``sought_to``.
    """

    headers: tuple[Header, ...]
    end: int
    sought_to: int = 0

    @property
    def is_of_a_mail(self) -> bool:
        """A route says where it goes from and to; a mail also says when, about what, or at which address."""
        fields = {header.field for header in self.headers}
        addressed = any(has_address(header.value) for header in self.headers)
        if Field.SENDER in fields and fields & {Field.DATE, Field.SUBJECT}:
            return True
        if Field.SENDER in fields and Field.RECIPIENT in fields and addressed:
            return True
        if {Field.DATE, Field.RECIPIENT, Field.SUBJECT} <= fields and (addressed or len(self.headers) > 3):
            return True
        # In a language that is not known. A form that somebody fills in has a date too, but no time of day.
        sent = any(has_date(header.value) and has_time(header.value) for header in self.headers)
        return len(self.headers) >= 3 and addressed and sent

    def value(self, field: Field) -> str:
        """The first that is said of it; empty if nothing is."""
        return next((header.value for header in self.headers if header.field is field and header.value), "")


def header_of(said: str) -> Header | None:
    """The line as a header, if it has the form of one."""
    label, colon, value = said[: LONGEST_LABEL + 1].replace("：", ":").partition(":")
    label = label.strip(_AROUND).casefold()
    if not colon or not label or label[0].isdigit():
        return None
    value = said[said.replace("：", ":").index(":") + 1 :].strip(_AROUND)
    return Header(LABELS.get(label, Field.UNKNOWN), label, value)


def header_block(lines: list[Line], start: int) -> HeaderBlock:
    """The lines with the form of headers that begin at ``start``; it ends there if there are none."""
    first = header_of(lines[start].said)
    if first is None or not _may_begin(first):
        return HeaderBlock((), start)
    run_together = parted_headers(lines[start].said) if len(lines[start].said) <= LONGEST_RUN else ()
    if len(run_together) > 2:
        return HeaderBlock(run_together, start + 1, start + 1)
    headers, end = _headers(lines, start)
    return HeaderBlock(headers, end, min(end, start + MOST_LINES // 2))


def holds_headers(said: str) -> bool:
    """Whether a mail's headers are run together inside the line, behind other words."""
    if said.count(":", 0, LONGEST_RUN) < 3:
        return False
    joined = said[:LONGEST_RUN]
    headers = [header_of(joined[place:]) for place in _label_places(joined)]
    fields = {header.field for header in headers if header is not None}
    return {Field.SENDER, Field.RECIPIENT} <= fields and bool(fields & {Field.DATE, Field.SUBJECT})


def parted_headers(joined: str) -> tuple[Header, ...]:
    """Headers that a program has run together on one line: *Fra: Per <per@aby.example>Til: Anna ...*"""
    joined = joined[:LONGEST_RUN]
    if header_of(joined) is None:
        return ()
    starts = sorted({0, *_label_places(joined)})
    parts = [joined[start:end] for start, end in zip(starts, [*starts[1:], len(joined)], strict=True)]
    return tuple(header for header in map(header_of, parts) if header is not None)


def _label_places(joined: str) -> list[int]:
    """Where a known word before a colon begins. It begins with a capital letter, so that no word is cut in two."""
    places = []
    for colon in islice(_COLON.finditer(joined), MOST_COLONS):
        offset = max(0, colon.start() - LONGEST_LABEL)
        before = joined[offset : colon.start()].rstrip(_AROUND)
        for place, letter in enumerate(before):
            if letter.isupper() and before[place:].casefold() in LABELS:
                places.append(offset + place)
                break
    return places


def _may_begin(header: Header) -> bool:
    return header.field is not Field.UNKNOWN or has_address(header.value) or has_date(header.value)


def _headers(lines: list[Line], start: int) -> tuple[tuple[Header, ...], int]:
    """Headers from ``start`` on, and where they end. Some programs put blank lines between them."""
    headers: list[Header] = []
    position = start
    while position < len(lines) and position < start + MOST_LINES:
        line = lines[position]
        header = header_of(line.said)
        if line.blank:
            following = next_said(lines, position)
            if following - position > MOST_BLANK or not _known(lines, following):
                break
        elif header is not None and (header.field is not Field.UNKNOWN or not _known_one_seen(headers)):
            headers.append(header)
        elif headers and (_goes_on(headers[-1], line) or _stands_between(lines, position)):
            headers[-1] = headers[-1]._replace(value=f"{headers[-1].value} {line.said}".strip())
        elif header is not None and has_address(header.value):
            headers.append(header)
        else:
            break
        position += 1
    return tuple(headers), position


def _known_one_seen(headers: list[Header]) -> bool:
    return any(header.field is not Field.UNKNOWN for header in headers)


def _known(lines: list[Line], position: int) -> bool:
    header = header_of(lines[position].said) if position < len(lines) else None
    return header is not None and header.field is not Field.UNKNOWN


def _stands_between(lines: list[Line], position: int) -> bool:
    """Whether a header that is known comes right below, so that the line is the end of the one above."""
    return any(
        _known(lines, below) for below in range(position + 1, position + 3) if not lines[position].blank
    )


def _goes_on(header: Header, line: Line) -> bool:
    """Whether the line is the rest of the header above it: a long list of people, or a subject, is wrapped."""
    if not header.value:
        return header.field in {Field.SENDER, Field.DATE, Field.RECIPIENT, Field.SUBJECT}
    if header.field in {Field.RECIPIENT, Field.COPY, Field.SENDER}:
        return header.value[-1] in ",;<" or (has_address(line.said) and line.came[:1] in " \t")
    return header.field is Field.SUBJECT and line.depth == 0 and line.came[:1] in " \t"
