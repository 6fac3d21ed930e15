"""Days, never times: what is written behind the scenes appears at noon, and its moments say no more than the day."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from communis.journal.moments import as_datetime, from_datetime, now

NOON = datetime.time(12)


def local_day() -> int:
    """The day it is where the organisation is, in days since the year 1."""
    return as_datetime(now()).astimezone(ZoneInfo(settings.TIME_ZONE)).date().toordinal()


def noon_of(day: int) -> int:
    """The moment of noon on that day."""
    when = datetime.datetime.combine(datetime.date.fromordinal(day), NOON, ZoneInfo(settings.TIME_ZONE))
    return from_datetime(when)


def day_of_batch() -> int:
    """The day on which what is written now appears: today before noon, else tomorrow."""
    today = local_day()
    return today if now() < noon_of(today) else today + 1


def latest_noon() -> int:
    """The noon that was last: the moment of everything that is shown or ended now."""
    today = local_day()
    return noon_of(today) if now() >= noon_of(today) else noon_of(today - 1)
