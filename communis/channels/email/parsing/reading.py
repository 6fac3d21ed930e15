"""Reads one mail. Only ``in_child`` calls it where a stranger's mail is read: there time and memory have limits."""

from communis.channels.email.parsing import contents
from communis.channels.email.parsing.addresses import mailboxes
from communis.channels.email.parsing.dates import moment
from communis.channels.email.parsing.headers import KEPT, Block, words
from communis.channels.email.parsing.identifiers import identifiers
from communis.channels.email.parsing.letter import (
    Attachment,
    CannotRead,
    Letter,
    Mailbox,
    Reason,
    Unreadable,
)
from communis.channels.email.parsing.limits import LARGEST, WORDS
from communis.channels.email.parsing.names import safe_name
from communis.channels.email.parsing.showing import shown
from communis.channels.email.parsing.structure import Part, tree


def read(raw: bytes) -> Letter | Unreadable:
    """Any bytes whatever give one of the two; nothing is raised."""
    try:
        return _read(raw)
    except CannotRead as refused:
        return Unreadable(refused.reason)
    except MemoryError:
        return Unreadable(Reason.TOO_MUCH_MEMORY)
    except Exception as error:
        # The one place that catches everything: the mail is held, not lost, and the worker goes on.
        return Unreadable(Reason.BROKEN, type(error).__name__)


def _read(raw: bytes) -> Letter:
    if len(raw) > LARGEST:
        raise CannotRead(Reason.TOO_LARGE)
    if not raw.strip(b"\0 \t\r\n"):
        raise CannotRead(Reason.EMPTY)
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if b"\n" not in raw:  # lines of an old Macintosh; elsewhere a bare CR is no line's end
        raw = raw.replace(b"\r", b"\n")
    root = tree(raw)
    texts = _Texts(raw)
    seen = shown(root, texts.of)
    headers = root.headers
    named = identifiers(headers.all("message-id"))
    answered = identifiers(headers.all("in-reply-to"))
    return Letter(
        message_id=named[0] if named else None,
        in_reply_to=answered[-1] if answered else None,
        references=identifiers(headers.all("references")),
        subject=words(headers.first("subject") or b""),
        senders=_all_mailboxes(headers, "from"),
        reply_to=_all_mailboxes(headers, "reply-to"),
        to=_all_mailboxes(headers, "to"),
        cc=_all_mailboxes(headers, "cc"),
        date=moment(headers.first("date")),
        text=seen.text,
        html=seen.html,
        attachments=tuple(_attachment(raw, part) for part in seen.files),
        headers=tuple((field.name, words(field.value)) for field in headers.fields if field.name in KEPT),
    )


class _Texts:
    """The text of each part once, until together they are too long to be shown."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._left = WORDS
        self._known: dict[int, str | None] = {}

    def of(self, part: Part) -> str | None:
        if id(part) not in self._known:
            self._known[id(part)] = self._decoded(part)
        return self._known[id(part)]

    def _decoded(self, part: Part) -> str | None:
        if part.end - part.start > self._left * contents.LARGEST_GROWTH:
            return None
        body = contents.content(self._raw, part)
        if len(body) > self._left:
            return None
        self._left -= len(body)
        return contents.text(body, part)


def _all_mailboxes(headers: Block, name: str) -> tuple[Mailbox, ...]:
    return tuple(mailbox for value in headers.all(name) for mailbox in mailboxes(value))


def _attachment(raw: bytes, part: Part) -> Attachment:
    named = part.disposition.parameters.get("filename") or part.type.parameters.get("name") or ""
    identified = identifiers(part.headers.all("content-id"))
    return Attachment(
        name=safe_name(named, part.type.value),
        content_type=part.type.value,
        content=contents.content(raw, part),
        content_id=identified[0].strip("<>") if identified else None,
        inline=part.disposition.value == "inline",
    )
