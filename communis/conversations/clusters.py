"""What a reader takes for one character: a letter with its accents, an emoji with its parts, a flag.

A small part of Unicode's rules (UAX 29), enough never to cut through a combining å, a skin tone, a family
or a flag. Conjoining Korean letters hang together too.
"""

import unicodedata

_JOINER = "\u200d"


def cluster_starts(text: str) -> list[int]:
    """Offsets where a character begins as readers see it, and at last ``len(text)``."""
    starts: list[int] = []
    flags = 0  # letters of a flag in a row, just before
    for offset, character in enumerate(text):
        if character < "\u0300":  # nearly every character of most languages here
            joined = character == "\n" and offset > 0 and text[offset - 1] == "\r"
            flags = 0
        elif "\U0001f1e6" <= character <= "\U0001f1ff":
            joined = flags % 2 == 1
            flags += 1
        else:
            joined = _continues(text[offset - 1] if offset else "", character)
            flags = 0
        if offset == 0 or not joined:
            starts.append(offset)
    starts.append(len(text))
    return starts


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters (Unicode code points), cut between words where one is near, ending in …"""
    if len(text) <= limit:
        return text
    end = max((start for start in cluster_starts(text[:limit]) if start < limit), default=0)
    space = text.rfind(" ", end // 2, end) if text[end].isalnum() else -1
    return text[: space if space > 0 else end].rstrip(" ,;:–-") + "…"


def _continues(before: str, character: str) -> bool:
    if unicodedata.category(character) in {"Mn", "Me", "Mc"} or character == _JOINER:
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f":
        return True  # skin tones; the letters of flags such as Scotland's
    if before == _JOINER:
        return unicodedata.category(character) == "So"
    vowel_or_final = "\u1160" <= character <= "\u11ff"
    return vowel_or_final and ("\u1100" <= before <= "\u11ff" or "\uac00" <= before <= "\ud7a3")
