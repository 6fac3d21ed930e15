"""How often somebody has asked for similar thoughts in this minute: in memory, forgotten with the minute.

A page asks at most once each 600 milliseconds. Whoever asks more often is a program, and is answered with nothing new.
"""

from collections import Counter
from threading import Lock

from communis.journal.moments import MINUTE, now

MOST_A_MINUTE = 120


class Asked:
    """How often each person has asked in this minute."""

    def __init__(self) -> None:
        self._minute = 0
        self._times: Counter[int] = Counter()
        self._lock = Lock()

    def too_often(self, person_id: int) -> bool:
        """Count one more; whether that is too many."""
        with self._lock:
            if self._minute != now() // MINUTE:
                self._minute = now() // MINUTE
                self._times.clear()
            self._times[person_id] += 1
            return self._times[person_id] > MOST_A_MINUTE


asked = Asked()
