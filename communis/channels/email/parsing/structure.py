"""A mail as a tree of parts, each a stretch of the same bytes: nothing is copied, and depth costs no recursion."""

import re
from dataclasses import dataclass, field

from communis.channels.email.parsing.headers import Block, block
from communis.channels.email.parsing.letter import CannotRead, Reason
from communis.channels.email.parsing.limits import DEPTH, FALSE_BOUNDARIES, HEADERS, PARTS
from communis.channels.email.parsing.parameters import Said, content_type, said

_FIRST_BOUNDARY = re.compile(rb"--([^\r\n]{1,200}?)[ \t]*\r?\n[A-Za-z-]{1,40}:")
_AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]*\r*(?:\n|\Z)")


@dataclass(slots=True)
class Part:
    headers: Block
    type: Said
    disposition: Said
    start: int  # of its body, in the bytes of the mail
    end: int
    depth: int
    children: list["Part"] = field(default_factory=list)


def tree(raw: bytes) -> Part:
    """The whole mail. Raises CannotRead where there are too many parts, headers, or parts within parts."""
    left = HEADERS
    root = _part(raw, 0, len(raw), depth=0, most=left, otherwise=b"text/plain")
    waiting, parts, tries = [root], 1, FALSE_BOUNDARIES
    while waiting:
        part = waiting.pop()
        if not part.type.value.startswith("multipart/"):
            continue
        stretches, tries = _stretches(raw, part, tries)
        parts += len(stretches)
        if parts > PARTS or tries < 0:
            raise CannotRead(Reason.TOO_MANY_PARTS)
        if stretches and part.depth >= DEPTH:
            raise CannotRead(Reason.TOO_DEEP)
        otherwise = b"message/rfc822" if part.type.value == "multipart/digest" else b"text/plain"
        for start, end in stretches:
            child = _part(raw, start, end, depth=part.depth + 1, most=left, otherwise=otherwise)
            left -= child.start - start
            part.children.append(child)
        if not stretches:  # it says that it has parts and has none: then it is words
            part.type = Said("text/plain", part.type.parameters)
        waiting += part.children
    return root


def _part(raw: bytes, start: int, end: int, *, depth: int, most: int, otherwise: bytes) -> Part:
    headers = block(raw, start, end, most=most)
    kind = content_type(headers.first("content-type") or otherwise)
    disposition = said(headers.first("content-disposition"))
    return Part(headers, kind, disposition, headers.body, end, depth)


def _stretches(raw: bytes, part: Part, tries: int) -> tuple[list[tuple[int, int]], int]:
    """Where the parts of a multipart begin and end, and how many more false boundaries are borne."""
    declared = part.type.parameters.get("boundary", "").encode("utf-8", "replace")
    found: list[tuple[int, int]] = []
    if 0 < len(declared) <= 200:
        found, tries = _between(raw, part, b"--" + declared, tries)
    if not found:
        guessed = _guessed(raw, part)
        if guessed:
            found, tries = _between(raw, part, b"--" + guessed, tries)
    return found, tries


def _guessed(raw: bytes, part: Part) -> bytes | None:
    """The boundary by its looks, where the declared one is missing or another: a line ``--…`` before a header."""
    position = part.start
    for _ in range(100):
        line = _FIRST_BOUNDARY.match(raw, position, part.end)
        if line:
            return line[1]
        position = raw.find(b"\n--", position, part.end) + 1
        if not position:
            break
    return None


def _between(raw: bytes, part: Part, boundary: bytes, tries: int) -> tuple[list[tuple[int, int]], int]:
    found: list[tuple[int, int]] = []
    begun: int | None = None
    position = (
        part.start if raw.startswith(boundary, part.start) else _next(raw, boundary, part.start, part.end)
    )
    while position is not None and len(found) <= PARTS and tries >= 0:
        after = _AFTER_BOUNDARY.match(raw, position + len(boundary), part.end)
        if after:
            if begun is not None:
                found.append((begun, _without_line_end(raw, begun, position)))
            begun = None if after[1] else after.end()
            if after[1]:
                break
        else:
            tries -= 1
        position = _next(raw, boundary, position + len(boundary), part.end)
    if begun is not None:  # the last boundary is missing: the mail was cut
        found.append((begun, part.end))
    return found, tries


def _next(raw: bytes, boundary: bytes, start: int, end: int) -> int | None:
    position = raw.find(b"\n" + boundary, max(start - 1, 0), end)
    return None if position < 0 else position + 1


def _without_line_end(raw: bytes, start: int, end: int) -> int:
    """The line's end before a boundary belongs to the boundary."""
    if end > start and raw[end - 1] == 0x0A:
        end -= 1
        if end > start and raw[end - 1] == 0x0D:
            end -= 1
    return end
