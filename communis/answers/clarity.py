"""Whether answers are clear and fair, as their askers find: said in a sentence about all, never about one (R23, R61).

Whoever wrote an idea says it with one press, and nobody is shown it. What most find is worked out once a day over the
answers of a year in the whole organisation, from five persons on: so nobody learns by one press more or less what
another one said (trust S7).
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from communis.answers.models import Answer, Ask, ClarityFound, ClarityTap
from communis.answers.promises import today
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.telling import author_of
from communis.journal.moments import DAY, now
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for
from communis.people.models import Person

LEAST = 5
# Two of three, else nothing is said: at a bare half a single press would turn the sentence.
MOST = (2, 3)
YEAR = 365 * DAY


class Found(NamedTuple):
    """Whether it is clear, and fair. None: nothing is said of it."""

    clear: bool | None = None
    fair: bool | None = None


@transaction.atomic
def tap(answer: str, *, by: Person, clear: bool | None = None, fair: bool | None = None) -> None:
    """Find the answer clear or not, or fair or not; it can be changed. The journal is told nothing.

    Raises NotThere for all but who wrote what is answered; Refused for one's own answer.
    """
    found = Answer.visible.to(viewer_for(by.id)).filter(public_id=answer).first()
    if found is None:
        raise NotThere
    if found.person_id == by.id:
        raise Refused(_("Say it of an answer that someone else has given."))
    said = {name: value for name, value in (("clear", clear), ("fair", fair)) if value is not None}
    ClarityTap.objects.update_or_create(answer=found, defaults=said)


def tapped(answer: str, viewer: Viewer) -> Found | None:
    """What the viewer has said of the answer; None for whom it is not to say."""
    found = Answer.visible.to(viewer).filter(public_id=answer).first()
    if found is None or found.person_id == viewer.person_id:
        return None
    said = ClarityTap.objects.filter(answer=found).values_list("clear", "fair").first()
    return Found(*said) if said else Found()


def what_most_find() -> Found:
    """What most find of the answers of the last year. For those who answer, and stewards."""
    said = ClarityFound.objects.order_by("-counted_on").values_list("clear", "fair").first()
    return Found(*said) if said else Found()


@transaction.atomic
def count_clarity() -> int:
    """Work out anew what most find, once a day; returns whether it was, as 0 or 1. For the worker, safe to repeat."""
    if ClarityFound.objects.filter(counted_on=today()).exists():
        return 0
    clear: dict[int, bool] = {}
    fair: dict[int, bool] = {}
    recent = Answer.everything.filter(given_at__gte=now() - YEAR)
    taps = list(
        ClarityTap.objects.filter(answer_id__in=recent.values("id"))
        .order_by("answer_id")
        .values_list("answer_id", "clear", "fair")
    )
    asks = dict(recent.filter(id__in=[answer for answer, *_ in taps]).values_list("id", "ask_id"))
    lines = dict(Ask.everything.filter(id__in=set(asks.values())).values_list("id", "line_id"))
    # The newest of each person's counts, so that nobody speaks twice.
    for answer, is_clear, is_fair in taps:
        for person in author_of(lines[asks[answer]]):
            clear |= {} if is_clear is None else {person: is_clear}
            fair |= {} if is_fair is None else {person: is_fair}
    ClarityFound.objects.create(
        clear=most_find(clear.values()), fair=most_find(fair.values()), counted_on=today()
    )
    return 1


def most_find(taps: Iterable[bool]) -> bool | None:
    """What at least two of three of at least five say; else None."""
    said = list(taps)
    part, whole = MOST
    if len(said) < LEAST:
        return None
    for found in (True, False):
        if said.count(found) * whole >= len(said) * part:
            return found
    return None
