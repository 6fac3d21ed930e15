"""What the check before opening found, as rows: the place, why, and the choice to mask it or to leave it."""

import hashlib
from collections.abc import Collection, Sequence
from typing import NamedTuple

from communis.openness.rungs import Rung
from communis.widening.before_opening import Found
from communis.widening.known_names import KnownNames
from communis.widening.masking import masked_wherever


class FoundRow(NamedTuple):
    """One thing found, however often it stands there."""

    token: str
    # The words at the place; empty when it is about the whole text.
    words: str
    explanation: str
    # What can be put instead by a press; empty where nothing can.
    mask: str
    # It has to go before the words can be shown.
    stops: bool
    # Its author has said that it stays.
    left: bool


def token_of(found: Found) -> str:
    """Names what was found in a form, the same wherever it stands in the text."""
    said = f"{found.finding.kind}\0{found.words}\0{found.in_text}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def found_rows(found: Sequence[Found], left: Collection[str], line: str = "") -> list[FoundRow]:
    """The rows, each thing once. ``line``: whose words they are, where a page has those of several lines."""
    rows: dict[str, FoundRow] = {}
    for one in found:
        token = f"{line}.{token_of(one)}" if line else token_of(one)
        finding = one.finding
        mask = finding.mask if one.in_text else ""
        stays = token in left and not finding.stops
        rows.setdefault(token, FoundRow(token, one.words, finding.explanation, mask, finding.stops, stays))
    return list(rows.values())


def mask(source: str, token: str, found: Sequence[Found], rung: Rung, names: KnownNames) -> str:
    """The text as written with what the token names masked; as it was where that is not in it."""
    for one in found:
        if token_of(one) == token and one.in_text:
            return masked_wherever(source, one.words, one.finding.kind, rung=rung, names=names)
    return source
