"""What a receiver has promised: within how many days an answer comes, or that it is closed to new ones (R72, R73).

The sender sees this before asking. How many wait is shown to nobody but the one they wait for.
"""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from communis.answers.models import Promise
from communis.conversations.refusals import Refused
from communis.journal.moments import as_datetime, now
from communis.journal.record import record
from communis.people.models import Person

MOST_DAYS = 90


def today() -> datetime.date:
    """The day it is, in the organisation's own time."""
    return localtime(as_datetime(now())).date()


def promise_of(person: int) -> Promise:
    """What the person has promised; the organisation's own number of days when nothing was said."""
    found = Promise.objects.filter(person_id=person).first()
    return found or Promise(person_id=person, days=settings.DAYS_TO_ANSWER)


def promises_of(persons: Iterable[int]) -> dict[int, Promise]:
    """``{person: what he or she has promised}`` for each of them."""
    wanted = set(persons)
    said = {one.person_id: one for one in Promise.objects.filter(person_id__in=wanted)}
    return {
        person: said.get(person) or Promise(person_id=person, days=settings.DAYS_TO_ANSWER)
        for person in wanted
    }


def is_closed(promise: Promise) -> bool:
    """Whether the person takes no new asks today."""
    return promise.closed_until is not None and promise.closed_until > today()


def promised_day(promise: Promise) -> datetime.date:
    """By when an answer comes to what is asked today."""
    return today() + datetime.timedelta(days=promise.days)


@transaction.atomic
def promise(days: int, *, by: Person, closed_until: datetime.date | None = None, because: str = "") -> None:
    """Say within how many days one answers, and whether one is closed to new ones. Raises Refused."""
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("Promise an answer within 1 to 90 days."), "days")
    because = " ".join(because.split())
    if closed_until is not None and closed_until <= today():
        raise Refused(_("Choose a day that is still to come."), "closed_until")
    if closed_until is not None and not because:
        raise Refused(_("Say in a word or two why it is closed."), "because")
    if len(because) > 200:
        raise Refused(_("Say it in at most 200 characters."), "because")
    said = {"days": days, "closed_until": closed_until, "closed_because": because if closed_until else ""}
    Promise.objects.update_or_create(person=by, defaults=said)
    record("promised", by=by.id, person=by.id)
