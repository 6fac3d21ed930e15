"""Tables of phrases made into patterns.

A table has one phrase a line, or several with ``|`` between. A line that begins with ``|`` goes on from the one before.
It is a regular expression in which
- a space is any run of spaces,
- ``*`` at the end of a word is any ending,
- ``…`` between spaces is up to three words, none of them "not",
- a phrase begins and ends at the border of a word; ``^`` is the beginning of the sentence.
"""

import re

# The border of a word; looking ahead spares trying every phrase at every mark and space.
BEGINS = r"(?<!\w)(?=[\w§])"
# A sentence is short (sentences.py), and nothing here repeats without a bound: work grows with the text, not faster.
_BETWEEN = r"(?:(?!(?:inte|aldrig|ej|not|never)(?!\w))[\w'-]{1,40},?\s{1,9}){0,3}"
_GOES_ON = re.compile(r"\s*\n\s*\|")
_ENDING = r"\w{0,40}"


def pattern(table: str) -> re.Pattern[str]:
    """Finds any phrase of a table; capital letters or not."""
    return re.compile(rf"{BEGINS}(?:{expression(table)})(?!\w)", re.IGNORECASE)


def expression(table: str) -> str:
    """The phrases of a table as one regular expression without borders, to put into another."""
    lines = [line.strip() for line in _GOES_ON.sub("|", table).splitlines() if line.strip()]
    return "|".join(_translated(line) for line in lines)


def _translated(line: str) -> str:
    return line.replace("… ", _BETWEEN).replace(" ", r"\s{1,9}").replace("*", _ENDING)
