"""Which words of an old revision are which words of the new one, also where paragraphs were moved (R11).

Three rules, each in linear time:

1. A run of four words that occurs once in both texts, or a paragraph that does, is the same run, wherever it
   stands now.
2. From there we walk outwards, in both directions, while the words are equal.
3. In a short gap between words already known, a pair of words that occurs once on both sides is the same pair.

A word claimed from two sides is nobody's: then we do not know, and say so (``None``). Not knowing costs an anchor
its place; guessing would put words into someone's mouth.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from communis.conversations.clusters import cluster_starts
from communis.conversations.composed import composed

RUN = 4
SHORT_GAP = 30


class Word(NamedTuple):
    """A word, or one other visible character, composed (NFC). ``starts``: offsets of its characters, and its end.

    ``glued``: no white space before it; such a mark belongs to the word before it.
    """

    text: str
    starts: tuple[int, ...]
    glued: bool


def words(text: str) -> list[Word]:
    """Every word, mark and emoji of the text, white space left out."""
    found: list[Word] = []
    letters: list[int] = []  # starts of the word being gathered
    for start, end in pairwise(cluster_starts(text)):
        if text[start].isalnum():
            letters.append(start)
            continue
        if letters:
            found.append(_word(text, [*letters, start], found))
            letters = []
        if not text[start].isspace():
            found.append(_word(text, [start, end], found))
    if letters:
        found.append(_word(text, [*letters, len(text)], found))
    return found


def same_words(old: Sequence[Word], new: Sequence[Word], old_text: str, new_text: str) -> list[int | None]:
    """For each old word its place among the new ones, or ``None`` where it is gone or not known."""
    claims = {*_runs(old, new, RUN), *_paragraphs(old, new, old_text, new_text)}
    known = _undisputed(claims)
    claims |= {*_walked(known, list(known.items()), old, new)}
    known = _undisputed(claims)
    ends = [(-1, -1), (len(old), len(new))]
    known = _undisputed({*known.items(), *_walked(known, ends, old, new)})
    known = _undisputed({*known.items(), *_gaps(known, old, new)})
    return [known.get(place) for place in range(len(old))]


def _word(text: str, starts: list[int], before: list[Word]) -> Word:
    glued = bool(before) and before[-1].starts[-1] == starts[0]
    return Word(composed(text[starts[0] : starts[-1]]), tuple(starts), glued)


def _runs(old: Sequence[Word], new: Sequence[Word], length: int) -> Iterable[tuple[int, int]]:
    """(old, new) places of the words in runs that occur once in both."""
    olds, news = _once(_all_runs(old, length)), _once(_all_runs(new, length))
    for run, place in olds.items():
        if run in news:
            claimed = [(place + step, news[run] + step) for step in range(length)]
            yield from _without_loose_marks(claimed, old, new)


def _all_runs(all_words: Sequence[Word], length: int) -> Iterable[tuple[str, ...]]:
    texts = [word.text for word in all_words]
    return zip(*(texts[step:] for step in range(length)), strict=False)


def _without_loose_marks(
    claimed: list[tuple[int, int]], old: Sequence[Word], new: Sequence[Word]
) -> list[tuple[int, int]]:
    """The claims without marks at their beginning whose word is not among them."""
    first = 0
    while first < len(claimed) and (old[claimed[first][0]].glued or new[claimed[first][1]].glued):
        first += 1
    return claimed[first:]


def _paragraphs(
    old: Sequence[Word], new: Sequence[Word], old_text: str, new_text: str
) -> Iterable[tuple[int, int]]:
    """(old, new) places of the words in paragraphs that occur once in both."""
    olds, news = _once_with_length(old, old_text), _once_with_length(new, new_text)
    for paragraph, place in olds.items():
        if paragraph in news:
            yield from ((place + step, news[paragraph] + step) for step in range(len(paragraph)))


def _once_with_length(all_words: Sequence[Word], text: str) -> dict[tuple[str, ...], int]:
    paragraphs: list[tuple[str, ...]] = []
    first: dict[int, int] = {}
    gathered: list[str] = []
    for place, word in enumerate(all_words):
        gathered.append(word.text)
        after = all_words[place + 1].starts[0] if place + 1 < len(all_words) else len(text)
        if place + 1 == len(all_words) or "\n" in text[word.starts[-1] : after]:
            first[len(paragraphs)] = place + 1 - len(gathered)
            paragraphs.append(tuple(gathered))
            gathered = []
    return {paragraph: first[number] for paragraph, number in _once(paragraphs).items()}


def _once(runs: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """The place of each run that occurs exactly once."""
    places: dict[tuple[str, ...], int] = {}
    again: set[tuple[str, ...]] = set()
    for place, run in enumerate(runs):
        if run in places:
            again.add(run)
        places[run] = place
    return {run: place for run, place in places.items() if run not in again}


def _undisputed(claims: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Claims whose old word has one new word and whose new word has one old word."""
    claims = list(claims)
    of_old: dict[int, set[int]] = {}
    of_new: dict[int, set[int]] = {}
    for old, new in claims:
        of_old.setdefault(old, set()).add(new)
        of_new.setdefault(new, set()).add(old)
    return {old: new for old, new in claims if len(of_old[old]) == 1 and len(of_new[new]) == 1}


def _walked(
    known: dict[int, int], starts: list[tuple[int, int]], old: Sequence[Word], new: Sequence[Word]
) -> Iterable[tuple[int, int]]:
    """Claims made by walking both ways from the starts, over words not known, while they are equal."""
    taken = set(known.values())
    for start in starts:
        for step in (1, -1):
            claimed: list[tuple[int, int]] = []
            here, there = start[0] + step, start[1] + step
            while (
                0 <= here < len(old)
                and 0 <= there < len(new)
                and here not in known
                and there not in taken
                and old[here].text == new[there].text
            ):
                claimed.append((here, there))
                here, there = here + step, there + step
            yield from claimed if step == 1 else _without_loose_marks(claimed[::-1], old, new)


def _gaps(known: dict[int, int], old: Sequence[Word], new: Sequence[Word]) -> Iterable[tuple[int, int]]:
    """Claims for pairs of words in short gaps between known words that stand in the same order on both sides."""
    borders = [(-1, -1), *sorted(known.items()), (len(old), len(new))]
    taken = sorted(known.values())
    following = dict(zip([-1, *taken], [*taken, len(new)], strict=True))
    for (here, there), (next_here, next_there) in pairwise(borders):
        in_order = following[there] == next_there
        if not in_order or not (2 < next_here - here <= SHORT_GAP and 2 < next_there - there <= SHORT_GAP):
            continue
        pairs = _runs(old[here + 1 : next_here], new[there + 1 : next_there], length=2)
        yield from ((here + 1 + first, there + 1 + second) for first, second in pairs)
