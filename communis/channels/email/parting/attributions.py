"""The line above a quote that says who wrote it and when: *Den 3 mars 2026 kl. 14:05 skrev Per Lind:*

It is often broken over several lines. In a language that is not known, an address, a date and a time before a colon
are enough.
"""

import re
from itertools import islice

from communis.channels.email.parting.lines import Line, next_said
from communis.channels.email.parting.mail_words import FOLLOWING, ONESELF, WROTE
from communis.channels.email.parting.traces import (
    LONGEST,
    has_address,
    has_address_in_brackets,
    has_date,
    has_time,
    is_name,
)

MOST_LINES = 4
MOST_LINES_WITHOUT_COLON = 2

_WORD = re.compile(r"[^\W\d_]+(?:\([^\W\d_]{1,3}\))?")
_ENDS_SENTENCE = (".", "!", "?", "…", ":")
# Behind a word or an address, with something below it on the line.
_INNER_COLON = re.compile(r"[^\W\d](?=\s?[:：]\s)|[>)](?=\s?[:：]\s)")
MOST_COLONS = 8
_OPEN = ("<", "(")
_GOES_ON = (",", ";", "<", "(", ">", '"')


def attribution(lines: list[Line], end: int) -> int | None:
    """The place where the attribution begins whose last line is at ``end``; none if that line ends none."""
    last = lines[end].said
    if not last or len(last) > LONGEST or not _may_end(last):
        return None
    if _is_groupwise(lines[end]):
        return end
    quoted_next = _is_quoted(lines, next_said(lines, end + 1))
    without_date = None
    most = MOST_LINES if _colon(last) else MOST_LINES_WITHOUT_COLON
    for start in range(end, max(-1, end - most), -1):
        if lines[start].blank and _is_in_the_middle(lines, start):
            continue
        if lines[start].blank or (start < end and lines[start].depth != lines[end].depth):
            break
        if len(lines[start].said) > LONGEST or (start < end and lines[start].said.endswith(_ENDS_SENTENCE)):
            break
        text = " ".join(line.said for line in lines[start : end + 1])
        if len(text) > LONGEST:
            break
        tells = _tells_when(text, quoted_next)
        if tells and has_date(text):
            return _earlier(lines, start, end)
        if without_date is None and (tells or _tells_who(text, quoted_next)):
            without_date = start
    return without_date


def is_attribution(text: str) -> bool:
    """Whether these words alone, on one line, are an attribution."""
    return len(text) <= LONGEST and _may_end(text) and (_tells_when(text, False) or _tells_who(text, False))


def holds_attribution(said: str) -> bool:
    """Whether an attribution ends inside the line, and what it quotes begins there: a program ran them together."""
    for colon in islice(_INNER_COLON.finditer(said, 0, LONGEST), MOST_COLONS):
        head = said[: colon.start() + 1]
        if not (has_date(head) and has_time(head)):
            continue
        if has_address_in_brackets(head) and (head[-1] in ">)" or _word_for_wrote(head)):
            return True
        if _named(head):
            return True
    return False


def _may_end(said: str) -> bool:
    """Attributions end with a colon, which some programs leave out."""
    bare = said.rstrip(" \t*_\xa0")
    if bare.endswith((":", "：", ">>>")):
        return True
    return not bare.endswith(_ENDS_SENTENCE) and (_last_word(bare) in WROTE or has_time(bare))


def _is_groupwise(line: Line) -> bool:
    """*>>> Per Lind <per@aby.example> 2026-03-03 14:05 >>>*: it looks quoted, and the quote below does not."""
    return line.depth >= 3 and line.said.rstrip().endswith(">>>") and has_date(line.said)


def _is_quoted(lines: list[Line], position: int) -> bool:
    return position < len(lines) and lines[position].depth > 0


def _tells_when(text: str, quoted_next: bool) -> bool:
    """An attribution with a date or a time in it."""
    addressed, dated = has_address(text), has_date(text)
    timed = has_time(text)
    if not _colon(text):
        if not dated or not (addressed or timed):
            return False
        return _word_for_wrote(text) if addressed or quoted_next else _named(text)
    if addressed and dated:
        return quoted_next or _word_for_wrote(text) or (timed and has_address_in_brackets(text))
    if not (dated or timed):
        return False
    if (dated and timed) or quoted_next:
        return _word_for_wrote(text)
    return _named(text)


def _tells_who(text: str, quoted_next: bool) -> bool:
    """An attribution without a date: a name, or an address, and the word for having written."""
    if not _colon(text):
        return False
    if has_address(text):
        return _word_for_wrote(text) or quoted_next
    return _only_named(text)


def _colon(text: str) -> bool:
    return text.rstrip(" \t*_\xa0").endswith((":", "："))


def _word_for_wrote(text: str) -> bool:
    return any(word.casefold() in WROTE for word in _WORD.findall(text))


def _last_word(text: str) -> str:
    words = _WORD.findall(text[-40:])
    return words[-1].casefold() if words else ""


def _named(text: str) -> bool:
    """Whether a name stands beside the word for having written: nobody's own sentence ends so."""
    around = _around_wrote(text)
    if around is None:
        return False
    before, after = around
    return is_name(after) if after else is_name(" ".join(before.split()[-2:]))


def _only_named(text: str) -> bool:
    """Whether nothing but a name stands beside it: *Per Lind skrev:*"""
    around = _around_wrote(text)
    if around is None:
        return False
    before, after = around
    return f"{before}{after}".casefold() not in ONESELF and is_name(f"{before} {after}", longest=4)


def _around_wrote(text: str) -> tuple[str, str] | None:
    """What stands before and after the word for having written; none if it is not there."""
    bare = text.rstrip(" \t*_\xa0:：")
    for word in _WORD.finditer(bare):
        if word[0].casefold() in WROTE:
            after = bare[word.end() :].strip(" ,")
            return bare[: word.start()].strip(" ,"), "" if after.casefold() in FOLLOWING else after
    return None


def _is_in_the_middle(lines: list[Line], blank: int) -> bool:
    """Whether a blank line parts a sentence: some programs put one after every line."""
    if blank == 0 or lines[blank - 1].blank or lines[blank + 1].blank:
        return False
    above, below = lines[blank - 1].said, lines[blank + 1].said
    return above.endswith(_OPEN) or (has_address(above) and below[:1].islower())


def _earlier(lines: list[Line], start: int, end: int) -> int:
    """Where the attribution begins, if it seems to begin in the middle of a sentence at ``start``."""
    while start > 0 and end - start < MOST_LINES - 1:
        above = start - 1
        line = lines[above]
        if line.depth != lines[start].depth or len(line.said) > LONGEST or line.said.endswith(_ENDS_SENTENCE):
            break
        if line.blank or not (lines[start].said[:1].islower() or line.said.endswith(_GOES_ON)):
            break
        start = above
    return start
