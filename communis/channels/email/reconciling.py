"""Whether of every mail that was accepted it is known what became of it, and the other way round (trust K15)."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from communis.channels.email.intake.spool import DAYS_HELD
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.sending import DEATHS
from communis.conversations.reconciling import FIRST, Difference
from communis.journal.moments import DAY, now

# What is due waits seconds for the worker; what failed has a new time to be due at.
_LATE = DAY
_TOGETHER = 500


def differences() -> list[Difference]:
    """Everything that does not agree; empty when all is well. Changes nothing."""
    # What waits is looked at first: what is decided meanwhile lies in another folder then, and is found there.
    held = Arrived.objects.filter(outcome=Arrived.Outcome.HELD, arrived_at__gt=now() - (DAYS_HELD - 1) * DAY)
    waiting = dict(held.values_list("file", "id"))
    lies = {name: _names(name) for name in ("held", "done", "in", "broken")}
    settled = lies["held"] | lies["done"]
    known = _written_down(sorted(settled))
    gone = waiting.keys() - settled - lies["in"]
    said = Arrived.objects.filter(outcome=Arrived.Outcome.PUBLISHED, contribution=None)
    late = Outgoing.objects.filter(state=Outgoing.State.WAITING, due_at__lt=now() - _LATE)
    kills = Outgoing.objects.filter(state=Outgoing.State.WAITING, deaths__gte=DEATHS)
    found = [
        _difference("mail of which nothing is written down", settled - known),
        _difference("mail that waits and is not in the spool", (str(waiting[name]) for name in gone)),
        _difference("mail that is not whole", lies["broken"]),
        _difference("mail that was said nowhere", map(str, said.values_list("id", flat=True))),
        _difference("mail that should have gone out a day ago", map(str, late.values_list("id", flat=True))),
        _difference("mail that kills what sends it", map(str, kills.values_list("id", flat=True))),
    ]
    return [difference for difference in found if difference.count]


def _written_down(names: Sequence[str]) -> set[str]:
    """Those of the files of which it stands what became of them."""
    known: set[str] = set()
    for start in range(0, len(names), _TOGETHER):
        rows = Arrived.objects.filter(file__in=names[start : start + _TOGETHER])
        known |= set(rows.values_list("file", flat=True))
    return known


def _names(folder: str) -> set[str]:
    path = settings.DATA / "spool" / folder
    return {one.name for one in path.iterdir()} if path.exists() else set()


def _difference(what: str, found: Iterable[str]) -> Difference:
    names = sorted(found)
    return Difference(what, len(names), names[:FIRST])
