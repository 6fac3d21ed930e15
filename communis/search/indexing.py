"""Keeps what can be found by its words true: a conversation's rows are worked out again from what opens it now.

A share never changes its words or its readers, it ends and another follows. So its rows are written once, and go when
it has ended or opens nothing any more. Done again it changes nothing.
"""

from collections.abc import Collection, Sequence

from django.db import transaction

from communis.conversations.openings_to_find import (
    ToFind,
    numbers_of_openings,
    openings_in,
    openings_with,
    shares_in,
)
from communis.journal.reactions import waiting_about
from communis.search.models import WordPiece
from communis.search.pieces import pieces_in

# Shares whose words are in memory at a time, and rows that are written at a time.
TOGETHER = 500
_ROWS = 2_000
Row = tuple[int, str, int]


@transaction.atomic
def bring_up_to_date(conversation_id: int) -> None:
    """Let the conversation be found by what it begins with now, and by nothing else."""
    openings = openings_in(conversation_id)
    rows = WordPiece.everything.filter(share_id__in=shares_in([conversation_id]).values("id"))
    known = set(rows.values_list("share_id", flat=True).distinct())
    forget(known - {one.share for one in openings})
    write([one for one in openings if one.share not in known])


def catch_up() -> int:
    """What no act has led to: an index that was never made, a branch that ended with what it hung on.

    Returns for how many shares something was done. For the worker, and safe to repeat. What a reaction is about to
    write is left to it: so nothing is written twice.
    """
    waiting = waiting_shares()
    live, known = numbers_of_openings(), shares_found()
    astray, missing = known - live - waiting, live - known - waiting
    forget(astray)
    return len(astray) + sum(write_again(numbers) for numbers in in_batches(sorted(missing)))


def waiting_shares() -> set[int]:
    """Shares of conversations in which something was done just now: their rows are worked out a minute later."""
    return set(shares_in(waiting_about("conversation")).values_list("id", flat=True))


def shares_found() -> set[int]:
    """The numbers of all shares that can be found by a word."""
    return set(WordPiece.everything.order_by("share_id").values_list("share_id", flat=True).distinct())


@transaction.atomic
def write_again(shares: Collection[int]) -> int:
    """Work the rows of these shares out anew; returns how many of them can be found by a word now."""
    forget(shares)
    openings = [one for one in openings_with(shares) if rows_of(one)]
    write(openings)
    return len(openings)


def write(openings: Sequence[ToFind]) -> None:
    """Write the rows of openings that have none."""
    rows = (
        WordPiece(principal_id=principal, piece=piece, opened_at=opened_at, share_id=one.share)
        for one in openings
        for principal, piece, opened_at in rows_of(one)
    )
    WordPiece.everything.bulk_create(rows, batch_size=_ROWS)


def rows_of(opening: ToFind) -> list[Row]:
    """``(principal, piece, opened_at)``, in an order that follows from what they say."""
    pieces = sorted(pieces_in(opening.text))
    return [(principal, piece, opening.opened_at) for principal in opening.principals for piece in pieces]


def forget(shares: Collection[int]) -> None:
    """Take the rows of these shares away."""
    for numbers in in_batches(sorted(shares)):
        WordPiece.everything.filter(share_id__in=numbers).delete()


def in_batches(shares: Sequence[int]) -> list[Sequence[int]]:
    """A few hundred at a time: each database takes only so many values in one statement."""
    return [shares[start : start + TOGETHER] for start in range(0, len(shares), TOGETHER)]
