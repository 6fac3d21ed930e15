"""In which order thoughts are like a text. Judged by comparing these thoughts alone, all of which the viewer may see.

The measure is BM25. How rare a piece is, and how long a text usually is, would tell of hidden words if it were counted
among all that is written; here it is counted among what is compared and told to nobody else.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from communis.search.pieces import pieces_in, pieces_of, told_words

# The usual constants of BM25: how soon a repeated piece adds nothing more, and how much a long text is held back.
_REPEATED = 1.2
_LENGTH = 0.75
# Of the words that say what the shorter of two texts is about, such a part has to be in both; with so few that every
# text would have one of them, as much as if there were more.
_LEAST_SHARED = 0.25
_FEW = 8


class _Counted(NamedTuple):
    """A text cut up: its pieces, and how many different words they came from."""

    pieces: Counter[str]
    words: int


def most_alike(text: str, others: Sequence[str]) -> list[int]:
    """The numbers of those of ``others`` that are like the text, the most alike first; of equals the earlier."""
    words = {word: pieces_of(word) for word in told_words(text)}
    asked = sorted({piece for pieces in words.values() for piece in pieces})
    counted = [_Counted(pieces_in(other), len(set(told_words(other)))) for other in others]
    rarity = _rarity(asked, counted)
    usual = sum(one.pieces.total() for one in counted) / max(1, len(counted))
    found = [
        (-_likeness(asked, one.pieces, rarity, usual), number)
        for number, one in enumerate(counted)
        if _is_like(words.values(), one)
    ]
    return [number for _, number in sorted(found)]


def _rarity(asked: Sequence[str], counted: Sequence[_Counted]) -> dict[str, float]:
    """How much each piece tells: much when few of those that are compared have it."""
    having = {piece: sum(1 for one in counted if piece in one.pieces) for piece in asked}
    return {piece: math.log(1 + len(counted) / number) for piece, number in having.items() if number}


def _is_like(words: Collection[set[str]], other: _Counted) -> bool:
    shared = sum(1 for pieces in words if not pieces.isdisjoint(other.pieces))
    return shared > 0 and shared >= _LEAST_SHARED * min(len(words), max(other.words, _FEW))


def _likeness(asked: Sequence[str], pieces: Counter[str], rarity: dict[str, float], usual: float) -> float:
    held_back = _REPEATED * (1 - _LENGTH + _LENGTH * pieces.total() / usual)
    # In the order of ``asked``: sums of the same numbers in another order can differ in the last digit.
    return sum(
        rarity[piece] * pieces[piece] * (_REPEATED + 1) / (pieces[piece] + held_back)
        for piece in asked
        if piece in pieces
    )
