"""Organisation numbers, also inside VAT numbers. That of a one-person firm is a personal number and found as such."""

import re
from collections.abc import Iterator

from stdnum.se import orgnr

from communis.widening.findings import Kind
from communis.widening.number_labels import ORGANISATION, labelled
from communis.widening.personal_numbers import in_vat_number, vat_numbers

# The third digit is at least 2, so that it is never a date.
_WRITTEN = re.compile(r"(?<![0-9])(?:16)?[0-9]{2}[2-9][0-9]{3}(?P<dash>[- ]?)[0-9]{4}(?![0-9])(?!-[0-9])")


def organisation_numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """The places of organisation numbers in a readable text. Without a dash only where the words before say so."""
    for start, end, digits in vat_numbers(text):
        yield start, end, in_vat_number(digits) or Kind.ORGANISATION_NUMBER
    for match in _WRITTEN.finditer(text):
        digits = re.sub(r"[- ]", "", match[0])[-10:]
        plain = match["dash"] == "-" or labelled(text, match.start(), ORGANISATION)
        if plain and orgnr.is_valid(digits):
            yield *match.span(), Kind.ORGANISATION_NUMBER
