"""What a check of mail found, without words: those are in ``sentences``, in the reader's language."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    OK = "ok"
    WRONG = "wrong"
    # Not asked for, or what comes before it has to be mended first.
    NOT_TESTED = "not tested"


class Finding(NamedTuple):
    """``about`` names what was tried, ``says`` which sentence tells it, ``more`` what stands in that sentence."""

    about: str
    state: str
    says: str
    more: dict[str, str] = {}


def ok(about: str, says: str, **more: object) -> Finding:
    return Finding(about, State.OK, says, _as_text(more))


def wrong(about: str, says: str, **more: object) -> Finding:
    return Finding(about, State.WRONG, says, _as_text(more))


def not_tested(about: str, says: str = "not tried", **more: object) -> Finding:
    return Finding(about, State.NOT_TESTED, says, _as_text(more))


def all_not_tested(abouts: Iterable[str]) -> list[Finding]:
    return [not_tested(about) for about in abouts]


def _as_text(more: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in more.items()}
