"""Dates as people write them, in the reader's language."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from communis.journal.moments import MINUTE, as_datetime, now

# Clocks everywhere are set to a whole quarter of an hour, so a quarter lies within one day.
QUARTER = 15 * MINUTE


def day(moment: int) -> str:
    """*26 november*, with the year when it is not this year."""
    return days()(moment)


def days() -> Callable[[int], str]:
    """``day`` for a page with many: the reader's language and what year it is are looked up once."""
    quarter_now, language = now() // QUARTER, get_language() or "sv"
    return lambda moment: _day(moment // QUARTER, quarter_now, language)


def day_and_time(moment: int) -> str:
    """*26 november 14:02*."""
    local = timezone.localtime(as_datetime(moment))
    return f"{day(moment)} {local:%H:%M}"


def clock(moment: int) -> str:
    """*14:02*."""
    return f"{timezone.localtime(as_datetime(moment)):%H:%M}"


@lru_cache(maxsize=4096)
def _day(quarter: int, quarter_now: int, language: str) -> str:
    """``language`` is what ``date_format`` writes in; it stands here to be remembered with the answer."""
    local = timezone.localtime(as_datetime(quarter * QUARTER))
    this_year = timezone.localtime(as_datetime(quarter_now * QUARTER)).year
    # "j F" reads right in both languages here: 26 november, 26 November.
    return date_format(local.date(), "j F" if local.year == this_year else "j F Y")


def today() -> date:
    """The day it is, in the organisation's own time."""
    return timezone.localtime(as_datetime(now())).date()


def whole_day(when: date) -> str:
    """A day that was promised or chosen: *8 december*, with the year when it is not this year."""
    return date_format(when, "j F" if when.year == today().year else "j F Y")
