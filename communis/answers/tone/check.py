"""The gentle check of an answer: which words blur it, and which cut down a person (R18, R23; E5, E6).

It asks and never stops. Nothing is kept or logged or looked up, and the same answer gives the same blurs.
"""

from collections.abc import Iterator

from communis.answers.tone.about_the_person import about_the_person
from communis.answers.tone.blurs import Blur, Kind
from communis.answers.tone.days import names_a_day, refers_to_a_day_before
from communis.answers.tone.hedges import hedges
from communis.answers.tone.joining import joined
from communis.answers.tone.missing_reasons import missing_reasons
from communis.answers.tone.promises import NEAR, promises
from communis.answers.tone.said_by_others import said_by_others
from communis.answers.tone.talking_down import talking_down
from communis.widening.readable import readable
from communis.widening.sentences import sentences

LANGUAGES = ("sv", "en")
# Longer than any answer.
LONGEST = 200_000

# What may stand before the first word of a sentence.
_BEFORE = " \t\"'”“»(–-*•>"
_TAKEN = b"\x01"

_Place = tuple[int, int, Kind]


def check_tone(text: str, *, language: str) -> list[Blur]:
    """What blurs or cuts in an answer, in order and without overlap.

    ``language``: that of the answer, as in ``LANGUAGES``. Its words come first; those of the other language are
    looked for too, because people mix. Raises ValueError when the text is longer than ``LONGEST``.
    """
    if len(text) > LONGEST:
        raise ValueError(f"The check reads at most {LONGEST} characters.")
    plain = readable(text)
    cut = list(sentences(plain.text))
    taken = bytearray(len(plain.text))
    for start, end in said_by_others(plain.text, cut):
        taken[start:end] = _TAKEN * (end - start)
    found: list[Blur] = []
    for one in sorted(LANGUAGES, key=lambda known: known != language):
        for start, end, kind in _places(plain.text, cut, one):
            if not any(taken[start:end]):
                taken[start:end] = _TAKEN * (end - start)
                found.append(Blur(*plain.place(start, end), kind))
    return sorted(found)


def _places(text: str, cut: list[tuple[int, int]], language: str) -> Iterator[_Place]:
    days = [names_a_day(text[start:end]) for start, end in cut]
    for number, (start, end) in enumerate(cut):
        start += len(text[start:end]) - len(text[start:end].lstrip(_BEFORE))
        sentence = text[start:end]
        dated = (
            days[number]
            or any(days[number + 1 : number + 2])
            or (any(days[max(0, number - 1) : number]) and refers_to_a_day_before(sentence))
        )
        asks = text[end : end + 1] == "?"
        for first, last, kind in _in_sentence(sentence, language, dated=dated, asks=asks):
            yield start + first, start + last, kind


def _in_sentence(sentence: str, language: str, *, dated: bool, asks: bool) -> Iterator[_Place]:
    """Where two would stand on the same words the first in this order does. A question promises nothing."""
    yield from joined([*about_the_person(sentence, language), *talking_down(sentence, language)])
    yield from joined(missing_reasons(sentence, language))
    if not asks:
        yield from joined(promises(sentence, language, dated=dated), near=NEAR)
        yield from joined(hedges(sentence, language, dated=dated))
