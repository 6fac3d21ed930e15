"""Correcting by mail what was said by mail: a word first, the whole new text below it (R63)."""

from communis.channels.email.destinations import Destination
from communis.channels.email.intake.placing import MOST_PIECES
from communis.channels.email.offered_words import below_the_word, word_first_in
from communis.channels.email.pieces import line_of_piece
from communis.conversations.lines import address_of, line_open
from communis.conversations.models import Share
from communis.conversations.revising import revise
from communis.people.holdings import viewer_for
from communis.people.models import Person

# In both languages, whichever the mail was in; with the number of one of several pieces, or alone for the first.
CORRECT = {"rätta": 1, "correct": 1} | {
    f"{word} {number}": number for word in ("rätta", "correct") for number in range(1, MOST_PIECES + 1)
}


def line_corrected(written: str, destination: Destination) -> int | None:
    """The line that the first line of the mail says to correct; None where it says of none that the mail told of."""
    word = word_first_in(written, CORRECT)
    return line_of_piece(CORRECT[word], destination) if word else None


def corrected_words(written: str) -> str:
    """What is to stand there instead; empty where nothing was written."""
    return below_the_word(written) if word_first_in(written, CORRECT) else ""


def correct(written: str, line: int, *, by: Person) -> Share:
    """Let the words stand on one's own line, as the page's correction does. Raises NotThere and Refused."""
    share = line_open(line, viewer_for(by.id)).share
    return revise(address_of(share)[1], corrected_words(written), by=by, correction=True)
