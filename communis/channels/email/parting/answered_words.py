"""The quoted words that an answer between quotes stands under."""

import re
from typing import NamedTuple

from communis.channels.email.parting.attributions import is_attribution
from communis.channels.email.parting.lines import Line

# What begins an item of a list, or a heading: the words behind it are looked for, not the mark.
_ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)]|#{1,6})\s+")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\)")
_EMPHASIS = re.compile(r"(?<!\w)\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\w)")


class Above(NamedTuple):
    """The quoted words that a written line stands under, each on one line and without marks.

    ``answers`` is the last paragraph of the latest mail quoted there; ``nearest`` the one right above, where that has
    more marks: a program that answers a mail with a quote in it marks that twice. Each is empty where there is none.
    """

    answers: str
    nearest: str


_NOTHING = Above("", "")


def answered_words(lines: list[Line], quoted: list[bool], starts: list[int]) -> list[Above]:
    """For each written line in ``starts`` the last paragraphs quoted above it.

    An item of a list is a paragraph. Emphasis and the addresses of links are left out, as a reader sees the words.
    Nothing where no marked quote stands right above, and where the one quote of the mail, of several paragraphs, stands
    above: then the whole mail is answered, below its words.
    """
    if not any(quoted):
        return [_NOTHING] * len(starts)
    begins = quoted.index(True)
    ends = len(quoted) - quoted[::-1].index(True)
    words = []
    for start in starts:
        first = _first_quoted_above(lines, quoted, start)
        above = lines[first:start]
        depths = [line.depth for line in above if line.depth and line.said and not is_attribution(line.said)]
        paragraphs = _paragraphs(above, min(depths)) if depths else []
        if not paragraphs or (len(paragraphs) > 1 and first <= begins and ends <= start):
            words.append(_NOTHING)
        elif depths[-1] > min(depths):
            words.append(Above(paragraphs[-1], _paragraphs(above, depths[-1])[-1]))
        else:
            words.append(Above(paragraphs[-1], ""))
    return words


def _first_quoted_above(lines: list[Line], quoted: list[bool], start: int) -> int:
    """Where the quote right above begins; ``start`` itself if something else stands there."""
    first = start
    for place in range(start - 1, -1, -1):
        if quoted[place]:
            first = place
        elif not lines[place].blank:
            break
    return first


def _paragraphs(lines: list[Line], depth: int) -> list[str]:
    """The paragraphs with so many marks: with the fewest, those of the latest mail quoted."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        item = _ITEM.match(line.said)
        other = line.depth > depth or 0 < line.depth < depth
        if line.blank or other or is_attribution(line.said):
            paragraphs.append([])
        elif item and line.depth:
            paragraphs.append([line.said[item.end() :]])
        elif line.depth or paragraphs[-1]:
            # A line without a mark is here the end of the marked one above it.
            paragraphs[-1].append(line.said)
    return [_as_seen(" ".join(paragraph)) for paragraph in paragraphs if paragraph]


def _as_seen(words: str) -> str:
    return _EMPHASIS.sub("", _LINK.sub(r"\1", words))
