"""Which lines of a mail are, or might be, somebody else's."""

from communis.channels.email.parting.attributions import attribution, holds_attribution
from communis.channels.email.parting.header_blocks import header_block, holds_headers
from communis.channels.email.parting.lines import Line, next_said
from communis.channels.email.parting.separators import Separator, is_drawn, separator

# Programs break lines near 72 characters. The end of a line that was this long may stand below it, without its mark.
BREAKS_FROM = 60
_ENDS_SENTENCE = (".", "!", "?", "…", ":", ")", '"', "”", "»")


def quoted_lines(lines: list[Line]) -> list[bool]:
    """For each line whether it counts as quoted. Where a quote begins that is not marked, all below it does."""
    quoted = [line.depth > 0 for line in lines]
    first = True
    headers_sought_to = 0
    for position, line in enumerate(lines):
        if line.blank:
            continue
        start = attribution(lines, position)
        if start is not None:
            quoted[start : position + 1] = [True] * (position + 1 - start)
        headed = False
        if position >= headers_sought_to:
            headers = header_block(lines, position)
            headed = headers.is_of_a_mail and (line.depth == 0 or _is_unmarked(lines, headers.end))
            headers_sought_to = headers.sought_to
        if headed or _all_below_is_quoted(lines, position, attributed=start is not None, first=first):
            above = _with_what_is_drawn_above(lines, position if start is None else start)
            quoted[above:] = [True] * (len(lines) - above)
            break
        first = first and not quoted[position]
    return _with_lost_marks(lines, quoted)


def _all_below_is_quoted(lines: list[Line], position: int, *, attributed: bool, first: bool) -> bool:
    """Whether a quote begins below the line whose end nobody can tell. ``first``: nothing above is quoted."""
    if attributed:
        return _is_unmarked(lines, position + 1)
    said = lines[position].said
    if lines[position].depth == 0:
        return separator(lines, position) is not None or holds_headers(said) or holds_attribution(said)
    return first and separator(lines, position) in {Separator.FORWARDED, Separator.ANSWERED}


def _is_unmarked(lines: list[Line], position: int) -> bool:
    """Whether what comes next, from ``position`` on, is there and has no mark."""
    following = next_said(lines, position)
    return following < len(lines) and lines[following].depth == 0


def _with_what_is_drawn_above(lines: list[Line], position: int) -> int:
    """Where the drawn lines begin that stand right above: they belong to the quote."""
    above = position
    while above > 0 and (lines[above - 1].blank or is_drawn(lines[above - 1].said)):
        above -= 1
    return above


def _with_lost_marks(lines: list[Line], quoted: list[bool]) -> list[bool]:
    """Also the lines right below a quoted one, where nothing shows that they are an answer to it."""
    runs = _runs_below_marks(lines, quoted)
    # Programs that break lines, or mark only the first of a paragraph, do so in the whole mail.
    lost = any(
        _is_broken_off(lines[start - 1], lines[start]) or _is_marked_but_empty(lines, end)
        for start, end in runs
    )
    answered_line_by_line = any(_is_marked_with_words(lines, end) for _, end in runs)
    for start, end in runs:
        above = lines[start - 1]
        answers = answered_line_by_line or above.said.endswith("?")
        if lost or not answers or len(above.came) >= BREAKS_FROM:
            quoted[start:end] = [True] * (end - start)
    return quoted


def _runs_below_marks(lines: list[Line], quoted: list[bool]) -> list[tuple[int, int]]:
    """Start and end of each run of unmarked lines that begins right below a marked line with words."""
    runs = []
    position = 1
    while position < len(lines):
        end = position
        if lines[position - 1].depth > 0 and lines[position - 1].said:
            end = position = _goes_on_at(lines, position)
            while end < len(lines) and not quoted[end] and not lines[end].blank:
                end += 1
            if end > position:
                runs.append((position, end))
        position = max(position + 1, end)
    return runs


def _goes_on_at(lines: list[Line], position: int) -> int:
    """``position``, or the line below a blank one there if a long line that was broken goes on in it."""
    above, following = lines[position - 1], next_said(lines, position)
    if following == position or following == len(lines) or len(above.came) < BREAKS_FROM:
        return position
    broken = not above.said.endswith(_ENDS_SENTENCE) and lines[following].said[:1].islower()
    return following if broken and lines[following].depth == 0 else position


def _is_marked_but_empty(lines: list[Line], position: int) -> bool:
    return position < len(lines) and lines[position].depth > 0 and lines[position].blank


def _is_marked_with_words(lines: list[Line], position: int) -> bool:
    return position < len(lines) and lines[position].depth > 0 and not lines[position].blank


def _is_broken_off(above: Line, below: Line) -> bool:
    """Whether the sentence above goes on below."""
    return not above.said.endswith(_ENDS_SENTENCE) or below.said[:1].islower()
