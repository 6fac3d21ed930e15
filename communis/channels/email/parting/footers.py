"""Footers that an organisation puts below every mail: that it is confidential, how personal data are handled."""

from communis.channels.email.parting.lines import Line
from communis.channels.email.parting.mail_words import FOOTER_GROUPS, HANDLES, PERSONAL_DATA

LONGEST = 2_000
_LINKS = ("http", "www.", "://")


def footer_lines(lines: list[Line]) -> list[bool]:
    """For each line of a stretch whether it belongs to footers that end it. They are whole paragraphs."""
    end = len(lines)
    start = end
    while True:
        last = start
        while last > 0 and lines[last - 1].blank:
            last -= 1
        first = last
        while first > 0 and not lines[first - 1].blank:
            first -= 1
        if first == last or not _is_footer(" ".join(line.said for line in lines[first:last])):
            return [False] * start + [True] * (end - start)
        start = first


def _is_footer(paragraph: str) -> bool:
    if len(paragraph) > LONGEST:
        return False
    lower = paragraph.casefold()
    groups = sum(any(word in lower for word in group) for group in FOOTER_GROUPS)
    if groups >= 2:
        return True
    linked = any(link in lower for link in _LINKS)
    return linked and any(word in lower for word in PERSONAL_DATA) and any(word in lower for word in HANDLES)
