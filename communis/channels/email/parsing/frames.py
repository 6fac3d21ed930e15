"""What goes between the worker and the child that reads: a mail there, a Letter back.

A frame is eight bytes of length and that many bytes. A Letter is JSON, then the contents of its files one after
another. No pickle: whoever took over the child by a mail could send nothing but a Letter.
"""

import json
import struct
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
        said: dict[str, Any] = {"reason": result.reason.value}
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
        position = LENGTH.size + words
        said = json.loads(frame[LENGTH.size : position])
        if "reason" in said:
            return Unreadable(Reason(said["reason"]))
        attachments = []
        for name, content_type, length, content_id, inline in said.pop("attachments"):
            content = bytes(frame[position : position + length])
            attachments.append(Attachment(name, content_type, content, content_id, inline))
            position += length
        return Letter(
            **{name: _frozen(name, value) for name, value in said.items()}, attachments=tuple(attachments)
        )
    except (ValueError, TypeError, KeyError, struct.error) as error:
        raise NoLetter from error


def _frozen(name: str, value: Any) -> Any:
    if name in {"senders", "reply_to", "to", "cc"}:
        return tuple(Mailbox(*mailbox) for mailbox in value)
    if name == "headers":
        return tuple((header, words) for header, words in value)
    return tuple(value) if isinstance(value, list) else value
