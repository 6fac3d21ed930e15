"""What somebody wrote in a mail, parted from what she quoted."""

from enum import StrEnum
from typing import NamedTuple

from communis.channels.email.parting.answered_words import answered_words
from communis.channels.email.parting.footers import footer_lines
from communis.channels.email.parting.lines import Line, lines_of, text_of
from communis.channels.email.parting.quotes import quoted_lines
from communis.channels.email.parting.signatures import signature_lines


class Piece(NamedTuple):
    """``text`` she wrote. ``answers`` are the quoted words right above it; empty if it answers the whole mail.

    ``nearest`` are words above it that a program may have marked twice, where ``answers`` stand higher up.
    """

    text: str
    answers: str
    nearest: str = ""


class Parted(NamedTuple):
    """A mail in two: what she wrote, and what is kept for her alone.

    ``written`` is the pieces in their order, a blank line between them. ``elided`` is everything else, line by line:
    what she quoted, the signature, footers. ``signature`` is the signature alone. Every line that is not blank is
    in a piece or in ``elided``, once, in the order of the mail.
    """

    written: str
    pieces: tuple[Piece, ...]
    elided: str
    signature: str


class _Role(StrEnum):
    WRITTEN = "written"
    QUOTED = "quoted"
    SIGNATURE = "signature"
    FOOTER = "footer"


def part(text: str, sender: str = "") -> Parted:
    """The mail's plain text in parts. A line that might be quoted is elided, never written.

    ``sender``: what its sender is called, so that a name below the words is known to be hers.
    """
    lines, not_looked_at = lines_of(text)
    roles = _roles(lines, sender)
    pieces = _pieces(lines, roles)
    elided = text_of(line for line, role in zip(lines, roles, strict=True) if role is not _Role.WRITTEN)
    return Parted(
        written="\n\n".join(piece.text for piece in pieces),
        pieces=pieces,
        elided=f"{elided}\n{not_looked_at}".strip("\n"),
        signature=text_of(line for line, role in zip(lines, roles, strict=True) if role is _Role.SIGNATURE),
    )


def _roles(lines: list[Line], sender: str) -> list[_Role]:
    quoted = quoted_lines(lines)
    roles = [_Role.QUOTED if is_quoted else _Role.WRITTEN for is_quoted in quoted]
    for start, end in _stretches(quoted):
        stretch = lines[start:end]
        for place, is_signature in enumerate(signature_lines(stretch, sender), start):
            if is_signature:
                roles[place] = _Role.SIGNATURE
        for place, is_footer in enumerate(footer_lines(stretch), start):
            if is_footer:
                roles[place] = _Role.FOOTER
    return roles


def _stretches(quoted: list[bool]) -> list[tuple[int, int]]:
    """Start and end of each run of lines that are not quoted."""
    stretches = []
    start = 0
    for place, is_quoted in enumerate([*quoted, True]):
        if is_quoted:
            if place > start:
                stretches.append((start, place))
            start = place + 1
    return stretches


def _pieces(lines: list[Line], roles: list[_Role]) -> tuple[Piece, ...]:
    """The written runs. Blank lines do not end one, what is elided does."""
    runs: list[tuple[int, int]] = []
    for place, (line, role) in enumerate(zip(lines, roles, strict=True)):
        if line.blank or role is not _Role.WRITTEN:
            continue
        if runs and all(roles[between] is _Role.WRITTEN for between in range(runs[-1][1], place)):
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    quoted = [role is _Role.QUOTED for role in roles]
    answered = answered_words(lines, quoted, [start for start, _ in runs])
    return tuple(
        Piece("\n".join(line.came for line in lines[start:end]), above.answers, above.nearest)
        for (start, end), above in zip(runs, answered, strict=True)
    )
