"""A day as it was typed or chosen in a form."""

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
