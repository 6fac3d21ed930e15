"""A list that was looked at waits here, for its steward to say that it is to be brought in."""

from communis.channels.importers import kept_exports
from communis.journal.moments import DAY, SECOND, now

LONGEST_KEPT = 7 * DAY
_ENDING = ".csv"


def keep(data: bytes) -> str:
    """Keep it; returns the name it is kept under, which nobody can guess. Those too old are forgotten."""
    for place in kept_exports.folder().glob(f"*{_ENDING}"):
        if place.stat().st_mtime * SECOND < now() - LONGEST_KEPT:
            place.unlink(missing_ok=True)
    name = kept_exports.keep([data])
    kept_exports.place_of(name).rename(kept_exports.place_of(name + _ENDING))
    return name


def kept(name: str) -> bytes:
    """What is kept under the name. Raises LookupError when nothing is."""
    if len(name) != 32 or not name.isalnum():
        raise LookupError(name)
    try:
        return kept_exports.place_of(name + _ENDING).read_bytes()
    except FileNotFoundError as error:
        raise LookupError(name) from error


def forget(name: str) -> None:
    """It was brought in."""
    kept_exports.forget(name + _ENDING)
