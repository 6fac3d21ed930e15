"""A text made easy to search, character by character, with the way back to where each one stands."""

import unicodedata
from dataclasses import dataclass

_DASHES = "‐‑‒–—―−﹣－"
_APOSTROPHES = "’‘ʼ´`′"


class _Plain(dict[int, str | None]):
    """The plain character for a character: digits 0-9, one dash, one space; None for what nobody sees."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        plain: str | None = character
        if character in _DASHES:
            plain = "-"
        elif character in _APOSTROPHES:
            plain = "'"
        elif unicodedata.category(character) == "Nd":
            plain = str(unicodedata.digit(character))
        elif unicodedata.category(character) == "Cf":
            plain = None  # soft hyphens, joiners, directions
        elif character in "\u2028\u2029\r\x0b\x0c\x85":
            plain = "\n"
        elif character.isspace() and character != "\n":
            plain = " "
        self[code] = plain
        return plain


_PLAIN = _Plain()


@dataclass(frozen=True)
class Readable:
    """``text`` is what to search; ``place`` turns a stretch of it into characters of the original."""

    text: str
    origins: list[int] | None  # None when nothing was left out

    def place(self, start: int, end: int) -> tuple[int, int]:
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def readable(text: str) -> Readable:
    """The text with plain digits, dashes and spaces, and without characters that nobody sees."""
    plain = text.translate(_PLAIN)
    if len(plain) == len(text):
        return Readable(plain, None)
    return Readable(plain, [place for place, one in enumerate(text) if _PLAIN[ord(one)] is not None])
