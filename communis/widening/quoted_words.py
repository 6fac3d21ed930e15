"""Words repeated from a text that fewer people see (R64)."""

import re
from collections.abc import Iterable, Iterator

from communis.widening.findings import Kind
from communis.widening.readable import readable

# So many words in a row are a quotation; fewer are how everybody speaks.
LEAST_WORDS = 7
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


class NarrowerTexts:
    """Texts that fewer people see, taken apart once into runs of words, however many texts are looked through."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.runs = {
            run for one in texts for run in _runs([word for word, _, _ in _words(readable(one).text)])
        }


def quoted_words(text: str, narrower: Iterable[str] | NarrowerTexts) -> Iterator[tuple[int, int, Kind]]:
    """The places of runs of words in a readable text that also stand in one of the narrower texts."""
    runs = (narrower if isinstance(narrower, NarrowerTexts) else NarrowerTexts(narrower)).runs
    if not runs:
        return
    words = _words(text)
    begun: int | None = None
    ended = 0
    for first, run in enumerate(_runs([word for word, _, _ in words])):
        if run not in runs:
            continue
        if begun is not None and first > ended:
            yield words[begun][1], words[ended - 1][2], Kind.QUOTED
            begun = None
        begun = first if begun is None else begun
        ended = first + LEAST_WORDS
    if begun is not None:
        yield words[begun][1], words[ended - 1][2], Kind.QUOTED


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(match[0].casefold(), *match.span()) for match in _WORD.finditer(text)]


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[step:] for step in range(LEAST_WORDS)), strict=False)
