"""The heads-up: the time in which whoever wrote an idea reads the answer before others do (R18, trust L47).

It is over when the clock says so, and when as much time has really passed. A clock that is set forward opens nothing
early. One that is set back makes others wait longer, and the answer opens all the same.
"""

from typing import Any

from django.conf import settings

from communis.answers.models import Answer
from communis.journal.moments import HOUR, MINUTE, machine, now, steady

# How much counted time a machine that stops can lose: it is noted no more often than this.
NOTED_EVERY = 10 * MINUTE


def begun() -> dict[str, Any]:
    """The fields of an answer whose heads-up begins now."""
    whole = settings.HOURS_OF_HEADS_UP * HOUR
    return {
        "opens_at": now() + whole,
        "heads_up_left": whole,
        "counted_at": steady(),
        "counted_by": machine(),
    }


def is_over(answer: Answer) -> bool:
    """Whether others may read it. Notes how much is left now and then, so that the count outlives a restart."""
    left = answer.heads_up_left - _passed(answer)
    new_count = answer.counted_by != machine() or answer.counted_at > steady()
    if answer.heads_up_left > 0 and (new_count or left <= answer.heads_up_left - NOTED_EVERY or left <= 0):
        noted = {"heads_up_left": max(left, 0), "counted_at": steady(), "counted_by": machine()}
        Answer.everything.filter(id=answer.id, counted_at=answer.counted_at).update(**noted)
    return left <= 0 and answer.opens_at is not None and answer.opens_at <= now()


def _passed(answer: Answer) -> int:
    """Microseconds since it was counted last; 0 when another machine did, or this one before it was started anew."""
    if answer.counted_by != machine():
        return 0
    return max(0, steady() - answer.counted_at)
