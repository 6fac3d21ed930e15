"""Words that are not the answer's own: what stands in quotation marks, and what somebody asked or proposed."""

import re
from collections.abc import Iterator

from communis.answers.tone.phrases import pattern

# In characters. A mark that is farther from the next is no quotation, so that a lone one does not hide an answer.
LONGEST = 400
_WITHIN = rf"\n]{{1,{LONGEST}}}"
_QUOTED = re.compile(rf"""[”“"][^”“"{_WITHIN}[”“"]|[»«][^»«{_WITHIN}[»«]|(?<!\w)'[^'{_WITHIN}'(?!\w)""")
# The rest of the sentence is theirs.
_THEIRS = pattern(
    """
    (du|ni) (skriver|skrev|frågar|frågade|undrar|undrade|tycker|menar|säger) (att|om|hur|varför|vad|när|var|vem
        |vilk*)
    (du|ni) (föreslår|föreslog|vill|ville|önskar|ber|bad)
    (du|ni) (har )?(skrivit|frågat|föreslagit|önskat|undrat)
    (ditt|ert|hennes|hans) (förslag|önskemål|mejl|inlägg) (är|går ut på|handlar om) att
    (skriver|frågar|undrar|föreslår|tycker|menar) (du|ni)
    you (write|wrote|say|said|think|mean) that
    you (ask|asked|wonder|wondered) (if|whether|how|why|what|when|where|about)
    you (suggest|suggested|propose|proposed|want|wanted)
    (your|her|his) (proposal|suggestion|idea|question|letter) (is|was) (to|that|whether)
    """
)


def said_by_others(text: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places in a readable text that the check leaves alone."""
    for match in _QUOTED.finditer(text):
        yield match.span()
    for start, end in sentences:
        theirs = _THEIRS.search(text, start, end)
        if theirs:
            yield theirs.end(), end
