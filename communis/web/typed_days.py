"""Days and years as people type them."""

import datetime

from django.utils.translation import gettext as _

from communis.conversations.refusals import Refused


def day_written(written: str, field: str) -> datetime.date | None:
    """The day; None when nothing is written. Raises Refused, which names the field, when it is no day."""
    if not written.strip():
        return None
    try:
        return datetime.date.fromisoformat(written.strip())
    except ValueError as error:
        raise Refused(_("Write the day like 2026-03-31."), field) from error


def year_of(written: str) -> int:
    """The year; 0, which no thing was done in, when it is none."""
    return int(written) if written.strip().isdecimal() and len(written.strip()) == 4 else 0
