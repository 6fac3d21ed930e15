"""How what was tried before ended. Nothing here keeps endings yet: this is the one place they will come from."""

from collections.abc import Sequence
from typing import NamedTuple

from communis.looking.viewers import Viewer


class Ending(NamedTuple):
    """How it ended in one sentence, as its readers know it, and when: *Nej, därför att …* and 2023."""

    words: str
    year: int


def endings_of(conversations: Sequence[int], viewer: Viewer) -> dict[int, Ending]:
    """``{conversation: its ending}`` of those whose ending the viewer may see, asked for all of them at once."""
    return {}
