"""Days and times of the demonstration, counted back from the day it is built, so that nothing is ever old."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from communis.journal.moments import as_datetime, from_datetime, wall_clock

SATURDAY = 5


def today() -> date:
    """The day it is where the organisation is."""
    return as_datetime(wall_clock()).astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def working_day(when: str, begins: date) -> int:
    """The moment of "16 09:12": sixteen working days before the day ``begins``, at twelve past nine."""
    days, clock = when.split()
    day = begins
    for _ in range(int(days)):
        day -= timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day -= timedelta(days=1)
    return _moment(day, clock)


def day_ago(when: str, begins: date) -> int:
    """The moment of "205 08:10": so many days ago, whatever day of the week that was."""
    days, clock = when.split()
    return _moment(begins - timedelta(days=int(days)), clock)


def _moment(day: date, clock: str) -> int:
    return from_datetime(datetime.combine(day, time.fromisoformat(clock), ZoneInfo(settings.TIME_ZONE)))


def next_day(day: str, begins: date) -> date:
    """The next day like "03-01" after the day the demonstration is built."""
    month, number = map(int, day.split("-"))
    found = date(begins.year, month, number)
    return found if found > begins else date(begins.year + 1, month, number)
