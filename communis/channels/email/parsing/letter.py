"""What a mail said, as values. Everything here is decoded, holds no control character, and may be kept as text."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Mailbox(NamedTuple):
    """A name and an address; either may be empty.

    The address is empty where it cannot be told for certain: two programs that read it differently are how a
    stranger passes for a colleague.
    """

    name: str
    address: str


class Attachment(NamedTuple):
    """A file that came along, or a mail within the mail (``message/rfc822``), or what a program reads."""

    name: str  # safe as a file name, never empty
    content_type: str  # as declared, in small letters: nothing has been checked
    content: bytes
    content_id: str | None  # without < >: what ``cid:`` in the HTML names
    inline: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """``text`` and ``html`` each say the whole of what was written, or are None.

    Both are there when the mail has both versions of everything it shows. Where only HTML was sent for one part,
    ``text`` is None and ``html`` holds the other parts as well: whoever reads one of them misses nothing.
    """

    message_id: str | None  # with < >
    in_reply_to: str | None  # with < >
    references: tuple[str, ...]  # with < >, oldest first, each once
    subject: str
    senders: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    date: int | None  # microseconds since 1970; what the sender's clock said
    text: str | None
    html: str | None
    attachments: tuple[Attachment, ...]
    headers: tuple[tuple[str, str], ...]  # the kept ones (``headers.KEPT``), name in small letters, in order

    @property
    def sender(self) -> Mailbox | None:
        """The one who sent it; None where nobody, or more than one, says to be."""
        return self.senders[0] if len(self.senders) == 1 else None

    def header(self, name: str) -> tuple[str, ...]:
        """Every value of a kept header, in order: the topmost was added last, by the nearest server."""
        return tuple(value for known, value in self.headers if known == name)


class Reason(StrEnum):
    """Why a mail cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    TOO_MANY_HEADERS = "too many headers"
    TOO_MANY_PARTS = "too many parts"
    TOO_DEEP = "parts within parts too deep"
    TOO_SLOW = "takes too long"
    TOO_MUCH_MEMORY = "takes too much memory"
    BROKEN = "our fault"  # an error that nobody foresaw: worth a report, and the mail is kept


@dataclass(frozen=True, slots=True)
class Unreadable:
    reason: Reason
    error: str = ""  # with BROKEN: what kind of error, for the log; never words from the mail


class CannotRead(Exception):
    """Ends the reading of one mail; ``read`` turns it into Unreadable."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
