"""A word that answers about an opening: for the exact page that was sent, and one's own words alone (R9, rulings)."""

from django.db import transaction

from communis.channels.email.destinations import Destination
from communis.channels.email.models import Arrived
from communis.channels.email.offered_words import is_alone, word_first_in
from communis.channels.email.opening_shown import OpeningShown, opening_shown
from communis.conversations.refusals import NotThere, Refused
from communis.openness.bylines import Byline
from communis.people.holdings import viewer_for
from communis.people.naming import person_with
from communis.widening.answering import Answered, answer
from communis.widening.future import Asked
from communis.widening.models import Consent, Widening

Outcome, Reason, Way = Arrived.Outcome, Arrived.Reason, Consent.Way

# In both languages, whichever the mail was in. A mere *yes* is none of them: it could answer anything.
WORDS = {
    "öppna": Way.YES,
    "open": Way.YES,
    "utan namn": Way.WITHOUT_NAME,
    "without name": Way.WITHOUT_NAME,
    "nej": Way.NO,
    "no": Way.NO,
}


def answer_with_word(written: str, destination: Destination) -> tuple[Arrived.Outcome, Arrived.Reason]:
    """Answer with the word that stands alone on the first line; what becomes of the mail, and why.

    With any other first line, or when the page reads otherwise by now, nothing is done. Safe to repeat.
    """
    word = word_first_in(written, WORDS)
    if not word:
        return Outcome.HELD, Reason.NOT_THE_WORD
    reason = _answered(WORDS[word], destination)
    if is_alone(written):
        return Outcome.OFFERED_WORD, reason
    # What else was written is not lost.
    return Outcome.HELD, Reason.MORE_THAN_A_WORD if reason == Reason.NONE else reason


def _answered(way: Consent.Way, destination: Destination) -> Arrived.Reason:
    assert destination.person_id is not None  # the address says whose it is
    person = person_with(destination.person_id)
    viewer = viewer_for(person.id)
    found = Widening.visible.to(viewer).filter(id=destination.widening_id).first()
    if found is None:
        return Reason.TOO_LATE
    shown = opening_shown(found, viewer, by=person)
    # A no is to whatever stands there: without an answer it would stay too.
    if way != Way.NO and shown.open and (shown.page != destination.page or way not in shown.ways):
        return Reason.PAGE_CHANGED
    answers = _for_each(way, shown)
    if not answers:
        return Reason.TOO_LATE
    try:
        with transaction.atomic():
            answer(found.public_id, answers, by=person)
    except (NotThere, Refused):
        return Reason.TOO_LATE
    return Reason.NONE


def _for_each(way: Consent.Way, shown: OpeningShown) -> list[Answered]:
    """The same answer for all of one's own words, as they were shown; a no for those that have not opened."""
    return [
        Answered(one.consent.line_id, _way_for(one, way), page=one.page)
        for one in shown.asked
        if way != Way.NO or one.consent.opened_id is None
    ]


def _way_for(asked: Asked, way: Consent.Way) -> Consent.Way:
    """Where no name is shown, there is none to take away."""
    if way == Way.WITHOUT_NAME and asked.shown.byline.kind >= Byline.Kind.UNNAMED:
        return Way.YES
    return way
