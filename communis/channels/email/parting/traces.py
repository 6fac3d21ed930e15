"""What a short stretch of text gives away: an address, a date, a time of day, a name."""

import re

# Longer stretches are running text, and are not looked at: each search below is then short, whatever comes.
LONGEST = 600

_ADDRESS = re.compile(r"[\w.+%'=/-]{1,64}@[\w-]{1,64}")
# As programs write one behind a name.
_ADDRESS_IN_BRACKETS = re.compile(r"[<(\[] ?(?:mailto:)?[\w.+%'=/-]{1,64}@")
# A year of four digits, or three numbers as dates are written: 3.3.26, 03/03/2026, 2026-03-03.
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2}(?!\d)")
_TIME = re.compile(r"(?<!\d)[0-2]?\d[:.][0-5]\d(?!\d)")
# Small words inside names.
_PARTICLES = frozenset(
    [
        *[
            "&",
            "+",
            "af",
            "al",
            "and",
            "av",
            "bin",
            "da",
            "de",
            "del",
            "den",
            "der",
            "di",
            "du",
            "el",
            "i",
            "ibn",
        ],
        *["ja", "la", "le", "och", "og", "st", "van", "von"],
    ]
)


def has_address(text: str) -> bool:
    return "@" in text and _ADDRESS.search(text[:LONGEST]) is not None


def has_address_in_brackets(text: str) -> bool:
    return "@" in text and _ADDRESS_IN_BRACKETS.search(text[:LONGEST]) is not None


def has_date(text: str) -> bool:
    return _DATE.search(text[:LONGEST]) is not None


def has_time(text: str) -> bool:
    return _TIME.search(text[:LONGEST]) is not None


def is_name(text: str, longest: int = 5) -> bool:
    """Whether every word begins with a capital letter, but for small words inside; ``longest`` counts words."""
    words = text.strip(" \t*_,.!:;\"'”“„‚‘’»«()").split()
    if not words or len(words) > longest or len(text) > 80 or words[-1] in _PARTICLES:
        return False
    return all(_begins_large(word) or word in _PARTICLES for word in words) and _begins_large(words[0])


def _begins_large(word: str) -> bool:
    first = word.lstrip("\"'”“„‚‘’»«(-–")[:1]
    return first.isupper() or (first.isalpha() and not first.islower())
