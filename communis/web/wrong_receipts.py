"""Receipts that open nothing, counted without knowing who tried: in memory, for all together, forgotten each minute.

What protects a receipt is that its 130 bits cannot be guessed. The limit keeps a program that tries from filling the
day of this one; who has a right receipt comes in all the same.
"""

from threading import Lock

from django.utils.translation import gettext as _

from communis.journal.moments import MINUTE, now

MOST_A_MINUTE = 60


class Counted:
    """How many were wrong in this minute."""

    def __init__(self) -> None:
        self._minute = 0
        self._number = 0
        self._lock = Lock()

    def one_more(self) -> int:
        with self._lock:
            if self._minute != now() // MINUTE:
                self._minute, self._number = now() // MINUTE, 0
            self._number += 1
            return self._number


counted = Counted()


def wrong_receipt() -> bool:
    """Count one; True when there have been too many in this minute."""
    return counted.one_more() > MOST_A_MINUTE


def too_many() -> str:
    """What is said then."""
    return _("Many receipts that open nothing have been tried just now. Wait a minute, then try again.")
