"""Whether an answer is clear, as its readers find: said in a sentence, never in numbers and never by whom (R23).

Counted are those alone who read the answer on the same line: a sentence that counted readers of a narrower one would
tell that there are some. It is worked out once a day and from five on, so that nobody learns by one press more or
less what another one said (trust S7).
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from communis.answers.models import ClarityFound, ClarityTap
from communis.answers.promises import today
from communis.conversations.kinds import Kind
from communis.conversations.lines import share_to_act_on
from communis.conversations.refusals import Refused
from communis.conversations.revising import own_among
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for
from communis.people.models import Person

LEAST = 5
# Two of three, else nothing is said: at a bare half a single press would turn the sentence.
MOST = (2, 3)


@transaction.atomic
def tap(line: str, clear: bool, *, by: Person) -> None:
    """Find the answer on this line clear, or unclear; once, and it can be changed.

    The row holds no person, and the journal is told nothing: when somebody pressed is nobody's to know. Raises
    NotThere; Refused for what is no answer, and for one's own.
    """
    share, kind = share_to_act_on(line, viewer_for(by.id))
    if kind != Kind.ANSWER or own_among([share], by):
        raise Refused(_("Say it of an answer that someone else has given."))
    tapper = _tapper(share.line_id, by.id)
    ClarityTap.objects.update_or_create(line_id=share.line_id, tapper=tapper, defaults={"clear": clear})


def tapped(line: int, viewer: Viewer) -> bool | None:
    """What the viewer has said of the answer on the line; for the viewer alone."""
    if viewer.person_id is None:
        return None
    rows = ClarityTap.objects.filter(line_id=line, tapper=_tapper(line, viewer.person_id))
    return rows.values_list("clear", flat=True).first()


def found_clear(line: int) -> bool | None:
    """Whether most find it clear, or unclear; None where too few have said so, or they do not agree.

    The caller has the line from the gate.
    """
    return ClarityFound.objects.filter(line_id=line).values_list("clear", flat=True).first()


def count_clarity() -> int:
    """Work the sentences out anew, each once a day; returns how many were. For the worker, and safe to repeat."""
    day = today()
    done = ClarityFound.objects.filter(counted_on=day).values("line_id")
    lines = ClarityTap.objects.exclude(line_id__in=done).order_by("line_id").distinct()
    counted = 0
    for line in list(lines.values_list("line_id", flat=True)):
        _count(line, day)
        counted += 1
    return counted


@transaction.atomic
def _count(line: int, day: datetime.date) -> None:
    taps = ClarityTap.objects.filter(line_id=line).values_list("clear", flat=True)
    found = {"clear": most_find(taps), "counted_on": day}
    ClarityFound.objects.update_or_create(line_id=line, defaults=found)


def most_find(taps: Iterable[bool]) -> bool | None:
    """What at least two of three of at least five say; else None."""
    said = list(taps)
    part, whole = MOST
    if len(said) < LEAST:
        return None
    for clear in (True, False):
        if said.count(clear) * whole >= len(said) * part:
            return clear
    return None


def _tapper(line: int, person: int) -> str:
    return salted_hmac("communis.clarity", f"{line}:{person}", algorithm="sha256").hexdigest()
