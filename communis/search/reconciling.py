"""Whether what can be found is what is shown: looked at by ``communis reconcile``, which can mend it as well.

The rows are made from the words and hold nothing of their own, so mending loses nothing.
"""

from communis.conversations.openings_to_find import numbers_of_openings, openings_with
from communis.conversations.reconciling import FIRST, Difference
from communis.search.indexing import (
    Row,
    forget,
    in_batches,
    rows_of,
    shares_found,
    waiting_shares,
    write_again,
)
from communis.search.models import WordPiece


def differences() -> list[Difference]:
    """Everything that does not agree; empty when all is well. What was done just now is worked out a minute later."""
    waiting = waiting_shares()
    found = {
        "opening that its words do not lead to": _not_led_to() - waiting,
        "words that lead to what is not shown": _astray() - waiting,
    }
    return [
        Difference(what, len(shares), [str(share) for share in sorted(shares)[:FIRST]])
        for what, shares in found.items()
        if shares
    ]


def mend() -> int:
    """Write anew what is not as it should be; returns for how many shares."""
    astray, not_led_to = _astray(), _not_led_to()
    forget(astray)
    for numbers in in_batches(sorted(not_led_to)):
        write_again(numbers)
    return len(astray) + len(not_led_to)


def _not_led_to() -> set[int]:
    """Openings whose rows are not those that follow from their words."""
    return {
        share
        for numbers in in_batches(sorted(numbers_of_openings()))
        for share in _wrong_among(list(numbers))
    }


def _wrong_among(shares: list[int]) -> set[int]:
    stored: dict[int, list[Row]] = {share: [] for share in shares}
    rows = WordPiece.everything.filter(share_id__in=shares)
    for share, principal, piece, opened_at in rows.values_list(
        "share_id", "principal_id", "piece", "opened_at"
    ):
        stored[share].append((principal, piece, opened_at))
    return {one.share for one in openings_with(shares) if sorted(stored[one.share]) != sorted(rows_of(one))}


def _astray() -> set[int]:
    """Shares that can be found, and have ended or open nothing any more."""
    return shares_found() - numbers_of_openings()
