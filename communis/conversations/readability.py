"""How hard a text is to read: LIX, after Björnsson (1968). For the one who writes it, and nobody else (rulings).

LIX is the words in a sentence, on average, and of a hundred words how many have more than six letters. Below 30 a
text is easy, above 50 hard. No library is used: docs/decisions/0003 says why.
"""

import re
from typing import NamedTuple

from communis.conversations.html_pieces import BLOCKS, pieces
from communis.conversations.visible_text import ends_sentence, plain

# Fewer words than this have no figure that means anything.
FEWEST_WORDS = 10
HARD = 50
LONG_SENTENCE = 20

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:[-–'’./:]\w+)*", re.UNICODE)
# A colon ends a sentence before a capital letter, but not after a name: Rabin: Children of the Kibbutz.
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|(?<=[a-zåäö]):(?=\s[\"'”’»–]?[A-ZÅÄÖ])")
_NAME_BEFORE = re.compile(r"[A-ZÅÄÖ]\w*$")
# What begins a row of a list: "1." and "a)" end nothing.
_NUMBERED = re.compile(r"(?:^|(?<=\s))(?:\d{1,3}|[a-zåäö])[.)](?=\s)", re.MULTILINE)
# Blocks that belong together when read: a list is one stretch with all its rows.
_WHOLE = frozenset({"ul", "ol", "dl", "table"})


class Measured(NamedTuple):
    """A text as counted."""

    words: int
    long_words: int
    sentences: int
    # The number of words in the longest sentence.
    longest: int

    @property
    def lix(self) -> float:
        """0 for a text without words."""
        return formula(self.words, self.sentences, self.long_words) if self.words else 0.0


class Paragraph(NamedTuple):
    """A stretch of a text, and how hard it is; ``lix`` is None where it is too short to say."""

    text: str
    measured: Measured
    lix: int | None

    @property
    def hard(self) -> bool:
        """Whether many will find it hard."""
        return self.lix is not None and self.lix >= HARD


def formula(words: int, sentences: int, long_words: int) -> float:
    """LIX from the three counts."""
    return words / max(sentences, 1) + 100 * long_words / words


def measure(text: str) -> Measured:
    """Count a text. Abbreviations, the numbers of a list, and addresses on the web do not end sentences.

    A line break ends no sentence. Neither do three dots, when the sentence goes on in small letters.
    """
    counted = [found for found in map(_words, sentences(text)) if found]
    words = [word for sentence in counted for word in sentence]
    return Measured(
        len(words),
        sum(_letters(word) > 6 for word in words),
        len(counted),
        max(map(len, counted), default=0),
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text, white space folded, addresses left out."""
    text = " ".join(_NUMBERED.sub(" ", _ADDRESS.sub(_kept_end, text)).split())
    found: list[str] = []
    begun = 0
    for end in _END.finditer(text):
        if end[0] == ":" and _NAME_BEFORE.search(text[begun : end.start()]):
            continue
        if ends_sentence(text, end.start(), end.end()):
            found.append(text[begun : end.end()].strip())
            begun = end.end()
    return [sentence for sentence in [*found, text[begun:].strip()] if sentence]


def paragraphs(html: str) -> list[Paragraph]:
    """The paragraphs of a contribution's safe HTML, each with its own figure (R99). A list is one of them."""
    return [
        Paragraph(text, measured, round(measured.lix) if measured.words >= FEWEST_WORDS else None)
        for text in _stretches(html)
        if (measured := measure(text)).words
    ]


def _stretches(html: str) -> list[str]:
    parts: list[list[str]] = [[]]
    whole = 0
    for piece in pieces(html):
        if piece.name in _WHOLE:
            whole += -1 if piece.closing else 1
        if piece.name in BLOCKS and not (whole and not (piece.name in _WHOLE and not piece.closing)):
            parts.append([])
        parts[-1].append(html[piece.start : piece.end])
    return [text for part in parts if (text := plain("".join(part)).strip())]


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def _letters(word: str) -> int:
    return sum(character.isalnum() for character in word)


def _kept_end(address: re.Match[str]) -> str:
    """The sentence's own full stop stays when its last word was an address."""
    return address[0][-1] if address[0][-1] in ".!?" else " "
