"""Mails that wait because DNS did not answer; each is tried again after a while (RFC 6376 6.1.2).

Which they are is kept in the worker's memory alone: one that begins anew tries them all at once.
"""

from communis.journal.moments import MINUTE, now


class NoAnswer(Exception):
    """DNS does not answer just now: what is asked may be there or not."""


_PAUSE = 5 * MINUTE
_until: dict[str, int] = {}


def try_later(name: str) -> None:
    """``name`` is that of its file in the spool."""
    _until[name] = now() + _PAUSE


def can_be_tried(name: str) -> bool:
    """Whether it has waited long enough, or need not wait."""
    if _until.get(name, 0) > now():
        return False
    _until.pop(name, None)
    return True
