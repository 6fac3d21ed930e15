"""Letters and their accents as one: *é* written as two characters is the same word as *é* written as one."""

import re
import unicodedata

# More marks than this on one letter are no word in any language (Unicode Standard Annex 15, section 13).
_MOST_MARKS = 30
_LAST_MARK = 0x1F000
_MARKS = "".join(map(chr, filter(lambda code: unicodedata.combining(chr(code)), range(0x300, _LAST_MARK))))
_TOO_MANY = re.compile(f"([{_MARKS}]{{{_MOST_MARKS + 1},}})")


def composed(text: str) -> str:
    """Unicode's composed form (NFC) of the text.

    What stands on one letter is put in order first, which takes the square of how much it is: a page of nothing but
    accents took a minute. So more than thirty of them stay as they were written.
    """
    if text.isascii():
        return text
    # Every second piece is such a heap of marks.
    pieces = _TOO_MANY.split(text)
    return "".join(
        piece if number % 2 else unicodedata.normalize("NFC", piece) for number, piece in enumerate(pieces)
    )
