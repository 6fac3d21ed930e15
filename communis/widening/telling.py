"""Whom a widening concerns: persons as plain ids, for telling and never for showing."""

from django.db.models import QuerySet

from communis.widening.future import Proposal
from communis.widening.models import Consent, Lesson, Widening


def asked(widening: int) -> set[int]:
    """Everyone whose words it is about, the proposer apart; nobody once it is let be."""
    asking = Widening.everything.filter(id=widening, state=Widening.State.ASKING)
    rows = Consent.everything.filter(widening_id__in=asking.values("id"))
    return _persons(rows) - proposer(widening)


def silent(widening: int) -> set[int]:
    """Those asked who have not answered anything, while there is time."""
    asking = Widening.everything.filter(id=widening, state=Widening.State.ASKING)
    waiting = Consent.everything.filter(widening_id__in=asking.values("id"), way=Consent.Way.NONE)
    return _persons(waiting) - proposer(widening)


def said_yes(widening: int) -> set[int]:
    """Those whose words will be opened, the proposer apart, while it can be taken back."""
    found = Widening.everything.filter(id=widening, state=Widening.State.CHOSEN).first()
    persons = {one.consent.person_id for one in Proposal(found).openable} if found else set()
    return {person for person in persons if person is not None} - proposer(widening)


def _persons(consents: QuerySet[Consent]) -> set[int]:
    """Whoever has only a receipt is asked when it is shown, and told nothing."""
    known = consents.filter(person__isnull=False).values_list("person_id", flat=True)
    return {person for person in known if person is not None}


def proposer(widening: int) -> set[int]:
    """Who proposed it."""
    return set(Widening.everything.filter(id=widening).values_list("person_id", flat=True))


def open_for(receipt: int) -> list[Widening]:
    """The proposals that ask whoever holds the receipt, while they can be answered or a yes be taken back."""
    asked = Consent.everything.filter(receipt_id=receipt).values("widening_id")
    states = (Widening.State.ASKING, Widening.State.CHOSEN)
    return list(Widening.everything.filter(id__in=asked, state__in=states).order_by("id"))


def asked_about_lesson(lesson: int) -> set[int]:
    """Who is asked whether it may be told, as long as that is asked."""
    asking = Lesson.everything.filter(id=lesson, state=Lesson.State.ASKING)
    return set(asking.values_list("asked_id", flat=True))
