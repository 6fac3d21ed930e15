"""A mail that was passed on: whom it was from, what it says, and what the sender put above it."""

import re
from textwrap import dedent
from typing import NamedTuple

from communis.channels.email.parting.attributions import attribution
from communis.channels.email.parting.correspondents import Correspondent, correspondents
from communis.channels.email.parting.header_blocks import (
    Field,
    Header,
    HeaderBlock,
    header_block,
    parted_headers,
)
from communis.channels.email.parting.lines import Line, line_of, lines_of, next_said, text_of
from communis.channels.email.parting.mail_words import ANSWERED_SUBJECT, FORWARDED, FORWARDED_SUBJECT
from communis.channels.email.parting.parting import part
from communis.channels.email.parting.quotes import quoted_lines
from communis.channels.email.parting.separators import Separator, after_title, separator
from communis.channels.email.parting.traces import is_name

_NOBODY = Correspondent("", "")
_PREFIX = re.compile(r"\s*(?:\[[^\]\n]{0,60}\]\s*)?([^\W\d_]{1,20})\s?(?:\[\d{1,3}\])?\s?[:：]")
_ONE_MARK = re.compile(r"^\s*[>＞] ?")
# *VS* announces a forwarded mail in Danish and Norwegian, and an answer in Finnish.
_FINNISH = frozenset({"lähettäjä", "lähetetty", "vastaanottaja", "aihe", "päivämäärä"})


class Forwarded(NamedTuple):
    """A forwarded mail. What its program left out is empty; ``date`` is as it was written there.

    ``message`` is what the sender wrote above it, without a signature. Everything below is somebody else's: ``body``
    is the mail that was passed on, and ``older`` what it had below it in turn, which others wrote.
    """

    sender: Correspondent
    to: tuple[Correspondent, ...]
    copy: tuple[Correspondent, ...]
    date: str
    subject: str
    body: str
    older: str
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
    lines, not_looked_at = lines_of(text)
    found = _found(lines, subject)
    if found is None:
        return None
    headers = found.headers
    body, older = _bodies(lines[found.body :])
    senders = correspondents(headers.value(Field.SENDER))
    return Forwarded(
        sender=senders[0] if senders else _NOBODY,
        to=correspondents(headers.value(Field.RECIPIENT)),
        copy=correspondents(headers.value(Field.COPY)),
        date=headers.value(Field.DATE),
        subject=headers.value(Field.SUBJECT) or _PREFIX.sub("", subject, count=1).strip(),
        body=body,
        older=f"{older}\n{not_looked_at}".strip("\n"),
        message=part("\n".join(line.came for line in lines[: found.start])).written,
    )


def _found(lines: list[Line], subject: str) -> _Found | None:
    """The first thing that is not the sender's own has to be the beginning of a forwarded mail."""
    drawn = None
    headers_sought_to = 0
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
        block = header_block(lines, position) if position >= headers_sought_to else None
        headers_sought_to = block.sought_to if block is not None else headers_sought_to
        if block is not None and block.is_of_a_mail:
            passed_on = _is_forwarding(subject, block, unsaid=True)
            return _Found(start, block, block.end) if passed_on else None
        begins = attribution(lines, position)
        if begins is not None:
            block = _of_attribution(lines, begins, position)
            return (
                _Found(begins, block, position + 1) if _is_forwarding(subject, block, unsaid=False) else None
            )
        if line.depth > 0:
            return None
        drawn = None
    return None


def _below(lines: list[Line], start: int, position: int) -> _Found:
    """The mail below a separator. Its headers stand there, or behind the separator on the same line."""
    joined = after_title(lines[position].said)
    if joined:
        return _Found(start, HeaderBlock(parted_headers(joined), position + 1), position + 1)
    following = next_said(lines, position + 1)
    block = header_block(lines, following) if following < len(lines) else None
    if block is None or not block.is_of_a_mail:
        return _Found(start, HeaderBlock((), position + 1), position + 1)
    return _Found(start, block, block.end)


def _of_attribution(lines: list[Line], begins: int, position: int) -> HeaderBlock:
    """What an attribution tells, as headers."""
    text = " ".join(line.said for line in lines[begins : position + 1])
    who = correspondents(text)[0]
    # The name stands behind the date and the word for having written, which no capital letter begins.
    words = re.split(r"[,\d]", who.name)[-1].split()
    while words and not is_name(words[0]):
        del words[0]
    written = f"{' '.join(words)} <{who.address}>" if who.address else ""
    return HeaderBlock((Header(Field.SENDER, "", written),), position + 1)


def _is_forwarding(subject: str, headers: HeaderBlock, *, unsaid: bool) -> bool:
    """Whether the subject begins as that of a forwarded mail; ``unsaid`` is the answer where there is no subject."""
    if not subject.strip():
        return unsaid
    match = _PREFIX.match(subject)
    if match is None:
        return False
    prefix = match[1].casefold()
    if prefix not in FORWARDED_SUBJECT and not any(word in prefix for word in FORWARDED):
        return False
    finnish = any(header.label in _FINNISH for header in headers.headers)
    return not (finnish and prefix in ANSWERED_SUBJECT)


def _bodies(lines: list[Line]) -> tuple[str, str]:
    """The words of the forwarded mail, without the marks that forwarding gave them, and the older mails below them."""
    first = next_said(lines, 0)
    came = [line.came for line in lines]
    if first < len(lines) and lines[first].depth > 0:
        came = [_ONE_MARK.sub("", text, count=1) for text in came]
    lines = [line_of(line) for line in dedent("\n".join(came)).split("\n")]
    end = _end_of_latest(lines)
    return text_of(lines[:end]).strip(), text_of(lines[end:])


def _end_of_latest(lines: list[Line]) -> int:
    """Where older mails begin; the end of the lines where there are none, or words between them."""
    quoted = quoted_lines(lines)
    end = len(lines)
    while end > 0 and (quoted[end - 1] or lines[end - 1].blank):
        end -= 1
    return end if not any(quoted[:end]) else len(lines)
