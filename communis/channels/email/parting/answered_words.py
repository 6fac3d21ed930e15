"""The quoted words that an answer between quotes stands under."""

import re

from communis.channels.email.parting.attributions import is_attribution
from communis.channels.email.parting.lines import Line

# What begins an item of a list, or a heading: the words behind it are looked for, not the mark.
_ITEM = re.compile(r"(?:[-*•–]|\d{1,3}[.)]|#{1,6})\s+")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\)")
_EMPHASIS = re.compile(r"(?<!\w)\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\w)")


def answered_words(lines: list[Line], quoted: list[bool], starts: list[int]) -> list[str]:
    """For each written line in ``starts`` the last paragraph quoted above it, on one line and without marks.

    An item of a list is a paragraph. Emphasis and the addresses of links are left out, as a reader sees the words.
    Empty where no marked quote stands right above, and where the one quote of the mail, of several paragraphs, stands
    above: then the whole mail is answered, below its words.
    """
    if not any(quoted):
        return [""] * len(starts)
    begins = quoted.index(True)
    ends = len(quoted) - quoted[::-1].index(True)
    words = []
    for start in starts:
        first = _first_quoted_above(lines, quoted, start)
        paragraphs = _paragraphs(lines[first:start])
        whole = len(paragraphs) > 1 and first <= begins and ends <= start
        words.append(paragraphs[-1] if paragraphs and not whole else "")
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


def _paragraphs(lines: list[Line]) -> list[str]:
    """The paragraphs of the latest mail quoted: those with the fewest marks."""
    depths = [line.depth for line in lines if line.depth and line.said and not is_attribution(line.said)]
    if not depths:
        return []
    latest = min(depths)
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        item = _ITEM.match(line.said)
        if line.blank or line.depth > latest or is_attribution(line.said):
            paragraphs.append([])
        elif item and line.depth:
            paragraphs.append([line.said[item.end() :]])
        elif line.depth or paragraphs[-1]:
            # A line without a mark is here the end of the marked one above it.
            paragraphs[-1].append(line.said)
    return [_as_seen(" ".join(paragraph)) for paragraph in paragraphs if paragraph]


def _as_seen(words: str) -> str:
    return _EMPHASIS.sub("", _LINK.sub(r"\1", words))
