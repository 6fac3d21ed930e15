"""Whom a widening concerns: persons as plain ids, for telling and never for showing."""

from communis.widening.future import Proposal
from communis.widening.models import Consent, Widening


def asked(widening: int) -> set[int]:
    """Everyone whose words it is about, the proposer apart; nobody once it is let be."""
    asking = Widening.everything.filter(id=widening, state=Widening.State.ASKING)
    rows = Consent.everything.filter(widening_id__in=asking.values("id"))
    return set(rows.values_list("person_id", flat=True)) - proposer(widening)


def silent(widening: int) -> set[int]:
    """Those asked who have not answered anything, while there is time."""
    asking = Widening.everything.filter(id=widening, state=Widening.State.ASKING)
    waiting = Consent.everything.filter(widening_id__in=asking.values("id"), way=Consent.Way.NONE)
    return set(waiting.values_list("person_id", flat=True)) - proposer(widening)


def said_yes(widening: int) -> set[int]:
    """Those whose words will be opened, the proposer apart, while it can be taken back."""
    found = Widening.everything.filter(id=widening, state=Widening.State.CHOSEN).first()
    persons = {one.consent.person_id for one in Proposal(found).openable} if found else set()
    return persons - proposer(widening)


def proposer(widening: int) -> set[int]:
    """Who proposed it."""
    return set(Widening.everything.filter(id=widening).values_list("person_id", flat=True))
