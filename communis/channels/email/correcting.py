"""Correcting by mail what was said by mail: a word first, the whole new text below it (R63)."""

from communis.channels.email.offered_words import below_the_word, word_first_in
from communis.conversations.lines import address_of, line_open
from communis.conversations.models import Share
from communis.conversations.revising import revise
from communis.people.holdings import viewer_for
from communis.people.models import Person

# In both languages, whichever the mail was in.
CORRECT = frozenset({"rätta", "correct"})
# What the page writes above words that correct others.
CORRECT_FIRST = "correct"


def corrects(written: str) -> bool:
    """Whether the word stands alone on the first line."""
    return bool(word_first_in(written, CORRECT))


def corrected_words(written: str) -> str:
    """What is to stand there instead; empty where nothing was written."""
    return below_the_word(written) if corrects(written) else ""


def correct(written: str, line: int, *, by: Person) -> Share:
    """Let the words stand on one's own line, as the page's correction does. Raises NotThere and Refused."""
    share = line_open(line, viewer_for(by.id)).share
    return revise(address_of(share)[1], corrected_words(written), by=by, correction=True)
