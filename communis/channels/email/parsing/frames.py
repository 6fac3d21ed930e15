"""What goes between the worker and the child that reads: a mail there, a Letter back.

A frame is eight bytes of length and that many bytes. A Letter is JSON, then the contents of its files one after
another. No pickle: whoever took over the child by a mail could send nothing but a Letter.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from communis.channels.email.parsing.letter import Attachment, Letter, Mailbox, Reason, Unreadable

LENGTH = struct.Struct(">Q")


class NoLetter(ValueError):
    """What came is not what the child sends."""


def packed(result: Letter | Unreadable) -> list[bytes]:
    """The pieces of one frame, to be sent in order."""
    contents: list[bytes] = []
    if isinstance(result, Unreadable):
        said: dict[str, Any] = {"reason": result.reason.value, "error": result.error}
    else:
        said = asdict(result)
        contents = [attachment.content for attachment in result.attachments]
        said["attachments"] = [
            [*attachment[:2], len(attachment.content), *attachment[3:]] for attachment in result.attachments
        ]
    words = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    length = LENGTH.size + len(words) + sum(map(len, contents))
    return [LENGTH.pack(length), LENGTH.pack(len(words)), words, *contents]


def unpacked(frame: bytes | bytearray) -> Letter | Unreadable:
    """Raises NoLetter."""
    try:
        (words,) = LENGTH.unpack_from(frame)
        said = json.loads(frame[LENGTH.size : LENGTH.size + words])
        if "reason" in said:
            return Unreadable(Reason(said["reason"]), _words(said["error"]))
        return Letter(
            message_id=_words_or_none(said["message_id"]),
            in_reply_to=_words_or_none(said["in_reply_to"]),
            references=tuple(_words(name) for name in said["references"]),
            subject=_words(said["subject"]),
            senders=_mailboxes(said["senders"]),
            reply_to=_mailboxes(said["reply_to"]),
            to=_mailboxes(said["to"]),
            cc=_mailboxes(said["cc"]),
            date=None if said["date"] is None else int(said["date"]),
            text=_words_or_none(said["text"]),
            html=_words_or_none(said["html"]),
            attachments=tuple(_attachments(said["attachments"], frame, LENGTH.size + words)),
            headers=tuple((_words(name), _words(value)) for name, value in said["headers"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError, struct.error) as error:
        raise NoLetter from error


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise NoLetter
    return value


def _words_or_none(value: object) -> str | None:
    return None if value is None else _words(value)


def _mailboxes(values: list[tuple[object, object]]) -> tuple[Mailbox, ...]:
    return tuple(Mailbox(_words(name), _words(address)) for name, address in values)


def _attachments(values: list[Any], frame: bytes | bytearray, position: int) -> Iterator[Attachment]:
    for name, content_type, length, content_id, inline in values:
        content = bytes(frame[position : position + int(length)])
        position += int(length)
        yield Attachment(
            _words(name), _words(content_type), content, _words_or_none(content_id), bool(inline)
        )
