"""Notices as rows of a list."""

from typing import NamedTuple

from communis.attention.notice_words import address, line, why, words
from communis.attention.notices import Told
from communis.conversations.models import Following
from communis.openness.rungs import Rung


class NoticeRow(NamedTuple):
    """A notice as a line: its sentence, the words it is about, and the answer to *why am I told?*"""

    public_id: str
    line: str
    words: str
    why: str
    made_at: int
    read: bool
    address: str
    # None where nobody can follow anything: a circle.
    rung: Rung | None
    listening: bool
    mailed: bool
    silent: bool


def notice_row(told: Told) -> NoticeRow:
    """The notice in words, for its own person."""
    return NoticeRow(
        told.public_id,
        line(told),
        words(told),
        why(told.reason),
        told.made_at,
        told.read,
        address(told),
        Rung(told.said.rung) if told.said else None,
        told.way == Following.Way.LISTENING,
        told.way == Following.Way.MAILED,
        told.way == Following.Way.SILENT,
    )
