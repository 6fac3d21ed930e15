"""Where the pieces of an answer stand: beside the words they answer, or together below the whole (R11).

Quoted words are looked for in what the person reads there now. What is not found is nobody's to publish: her piece is
said without them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from communis.channels.email.parting.parting import Piece
from communis.conversations import anchors

# Nobody answers a letter in more places. Of a mail that seems to, all is said as one.
MOST_PIECES = 20


class Placed(NamedTuple):
    """What is said by itself. ``beside`` are the words it answers; empty where it answers the whole."""

    text: str
    beside: str


def placed(pieces: Sequence[Piece], answered: str) -> list[Placed]:
    """The pieces as they are said, in their order. ``answered`` is the visible text of what the mail answers.

    Pieces under the same words are one; so are all that stand under none, where the first of them stands.
    """
    if len(pieces) > MOST_PIECES:
        return [Placed("\n\n".join(piece.text for piece in pieces), "")]
    texts: dict[str, list[str]] = {}
    for piece in pieces:
        found = (words for words in (piece.answers, piece.nearest) if stands_once(words, answered))
        texts.setdefault(next(found, ""), []).append(piece.text)
    return [Placed("\n\n".join(said), beside) for beside, said in texts.items()]


def stands_once(words: str, text: str) -> bool:
    """Whether the words are found once in the text, and are not all of it."""
    place = anchors.find(words, text) if words else None
    if place is None or anchors.find(words, text, 1) is not None:
        return False
    return bool(text[: place.start].strip() or text[place.end :].strip())
