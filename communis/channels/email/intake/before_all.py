"""What a mail says to all employees or to anyone is looked through first, as on the page (rulings)."""

from typing import NamedTuple

from communis.channels.email.correcting import corrected_words, line_corrected
from communis.channels.email.intake.saying import with_subject
from communis.channels.email.intake.understanding import Understood
from communis.channels.email.reply_addresses import Does
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.lines import LineOpen
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.widening.looking_through import look_through


class BeforeAll(NamedTuple):
    """Words on their way to all employees or to anyone, and what ``look_through`` wants to know of them."""

    text: str
    rung: Rung
    beside: tuple[str, ...]
    answered: tuple[str, ...]
    outside_already: bool


def before_all(mail: Understood, answered: LineOpen | None) -> BeforeAll | None:
    """None where fewer read it. ``answered`` comes from ``answered_by``."""
    destination, written = mail.destination, mail.written
    if answered is None or destination.to_hosts:
        rung = Rung.ORGANISATION if destination.to_all else Rung.CIRCLE
    else:
        rung = Rung(answered.share.rung)
    if rung < Rung.ORGANISATION or destination.person_id is None:
        return None
    beside = tuple(file.name for file in written.files if file.name)
    if answered is None:
        text = with_subject(mail.subject, written.words) if written.passed_on is None else written.words
        return BeforeAll(text, rung, beside, (), False)
    corrected = corrects(mail)
    said_to = _above(answered.seen, viewer_for(destination.person_id)) if corrected else [answered.seen]
    text = corrected_words(written.words) if corrected else written.words
    persons = tuple(one.person for one in said_to if one.person is not None)
    return BeforeAll(text, rung, beside, persons, corrected)


def corrects(mail: Understood) -> bool:
    """Whether its words are to stand on a line of its sender's own, below the word that says so."""
    if mail.destination.does != Does.CORRECTS:
        return False
    return line_corrected(mail.written.words, mail.destination) is not None


def is_to_be_looked_at(mail: Understood, answered: LineOpen | None) -> bool:
    """Whether something in it is for its sender to look at before all employees or anyone can read it."""
    before = before_all(mail, answered)
    if before is None or mail.destination.person_id is None:
        return False
    return bool(look_through(viewer=viewer_for(mail.destination.person_id), **before._asdict()).found)


def _above(seen: Seen, viewer: Viewer) -> list[Seen]:
    return seen_contributions([seen.parent], viewer) if seen.parent is not None else []
