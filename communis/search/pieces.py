"""Words cut into the pieces they are found by: the same for what is asked as for what was said.

A word is found whole, by how it begins and by how it ends, so that *cykelställen* meets both *cykel* and *ställ*
without a list of words. Nothing here depends on what anyone has written: it is a function of the text alone.
"""

import re
from collections import Counter
from itertools import islice

from communis.search.everyday_words import EVERYDAY

# Of a very long text the beginning is enough to know what it is about.
MOST_WORDS = 300
LONGEST = 40

_WORD = re.compile(r"\w+")
_PART = 4
# As long as the endings of most inflected words: *ställ-en*, *cykl-ar*.
_ENDING = 2


def told_words(text: str) -> list[str]:
    """The words that say what a text is about, in order, in small letters: without the everyday ones."""
    words = (found[0] for found in _WORD.finditer(text.casefold()))
    telling = (word[:LONGEST] for word in words if len(word) > 1 and word not in EVERYDAY)
    return list(islice(telling, MOST_WORDS))


def pieces_of(word: str) -> set[str]:
    """``ställen`` gives ``ställen``, ``stäl``, ``llen`` and ``täll``, and the last is how ``cykelställ`` ends."""
    pieces = {word, word[:_PART]}
    if len(word) >= _PART:
        pieces.add(word[-_PART:])
    if len(word) >= _PART + _ENDING:
        pieces.add(word[-_PART - _ENDING : -_ENDING])
    return pieces


def pieces_in(text: str) -> Counter[str]:
    """``{piece: how often}`` of a text."""
    found: Counter[str] = Counter()
    for word in told_words(text):
        found.update(pieces_of(word))
    return found
