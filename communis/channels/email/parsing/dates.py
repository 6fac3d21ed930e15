"""The moment in a Date header."""

import calendar
from email.utils import parsedate_tz

_LATEST = 4_102_444_800  # 2100: what is later is a broken clock


def moment(value: bytes | None) -> int | None:
    """Microseconds since 1970, or None if it is no date between then and 2100. Without a zone it is taken as UTC."""
    if not value or len(value) > 200:
        return None
    try:
        parts = parsedate_tz(value.decode("ascii", "replace"))
        if parts is None or (parts[9] is not None and abs(parts[9]) > 86_400):
            return None
        seconds = calendar.timegm((*parts[:6], 0, 0, 0)) - (parts[9] or 0)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return seconds * 1_000_000 if 0 <= seconds < _LATEST else None
