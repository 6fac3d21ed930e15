"""Telephone numbers, Swedish or with a country before them, as the world's numbering plans have them."""

import re
from collections.abc import Iterator

import phonenumbers

from communis.widening.findings import Kind
from communis.widening.number_labels import COUNTED, NOT_CALLED, labelled

_WRITTEN = re.compile(
    r"(?<![\w+])(?<![0-9][-.,/])"
    r"(?:(?:\+|00)[1-9][0-9]{0,2}[ -]?(?:\(0\))?[ -]?|0[1-9](?:[0-9]{0,2}[ ]?[-/]?[ ]?))[0-9](?:[ -]?[0-9]){5,11}"
    r"(?![0-9])(?!-[0-9])"
)
# So many numbers are looked up in one text; after that what is written like one counts as one.
_MOST_LOOKED_UP = 1000


def telephone_numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """The places of telephone numbers in a readable text."""
    looked_up = 0
    for match in _WRITTEN.finditer(text):
        start = match.start()
        if labelled(text, start, COUNTED) or labelled(text, start, NOT_CALLED):
            continue
        looked_up += 1
        end = match.end() if looked_up > _MOST_LOOKED_UP else _end(match)
        if end:
            yield start, end, Kind.TELEPHONE


def _end(match: re.Match[str]) -> int | None:
    """Where the number ends: another number may follow it after a space."""
    written = match[0]
    while len(written) >= 8:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(written, "SE")):
                return match.start() + len(written)
        except phonenumbers.NumberParseException:
            return None
        written = written.rpartition(" ")[0]
    return None
