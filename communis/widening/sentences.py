"""A readable text cut into sentences, roughly: what suggests a case has to stand together in one."""

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=[^\s])[^.!?\n]*)*")
LONGEST = 600


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends. A very long one is cut, so that work stays in proportion to the text."""
    for match in _SENTENCE.finditer(text):
        for start in range(match.start(), match.end(), LONGEST):
            yield start, min(start + LONGEST, match.end())
