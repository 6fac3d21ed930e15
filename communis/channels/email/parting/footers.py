"""Footers that an organisation puts below every mail: that it is confidential, and what who got it by mistake does."""

from communis.channels.email.parting.lines import Line
from communis.channels.email.parting.mail_words import FOOTER_GROUPS, MESSAGE, THIS

LONGEST = 2_000
# Somebody may write about secrecy; a footer says at once that it speaks of the mail itself.
BEGINNING = 80


def footer_lines(lines: list[Line]) -> list[bool]:
    """For each line of a stretch whether it belongs to a footer that ends it: whole paragraphs."""
    start = above = len(lines)
    while True:
        first, last = _paragraph_above(lines, above)
        paragraph = " ".join(line.said for line in lines[first:last])[: LONGEST + 1].casefold()
        groups = sum(any(word in paragraph for word in group) for group in FOOTER_GROUPS)
        if not groups or len(paragraph) > LONGEST:
            return [False] * start + [True] * (len(lines) - start)
        # Later paragraphs of a footer do not speak of the mail again.
        if groups >= 2 and _speaks_of_the_mail(paragraph):
            start = first
        above = first


def _paragraph_above(lines: list[Line], place: int) -> tuple[int, int]:
    """Start and end of the last paragraph that ends before ``place``; the same twice if there is none."""
    last = place
    while last > 0 and lines[last - 1].blank:
        last -= 1
    first = last
    while first > 0 and not lines[first - 1].blank:
        first -= 1
    return first, last


def _speaks_of_the_mail(paragraph: str) -> bool:
    beginning = paragraph[:BEGINNING]
    return any(f"{word} " in beginning for word in THIS) and any(word in beginning for word in MESSAGE)
