"""Was this tried before? What was tried or declined that is like the words being written, as far as the viewer may see.

There are thousands of them at most, so that all that have a piece in common are counted. Only those the viewer sees
have a part in what is found, in its order and in how much each piece weighs (trust G3, L12).
"""

from collections import Counter

from django.db import transaction

from communis.answers.trials.finding import numbers_of_trials, seen_numbers, text_found_by, trials_with
from communis.answers.trials.models import Trial
from communis.journal.reactions import waiting_about
from communis.looking.viewers import Viewer
from communis.search.models import TrialPiece
from communis.search.pieces import pieces_in, pieces_of
from communis.search.ranking import most_alike
from communis.search.similar import COMPARED, telling_words


def similar_trials(text: str, *, viewer: Viewer, limit: int = 2) -> list[Trial]:
    """At most ``limit`` of them, most alike first. ``text`` is plain or Markdown."""
    asked = {piece for word in telling_words(text) for piece in pieces_of(word)}
    if not asked:
        return []
    numbers = _candidates(asked, viewer)
    texts = text_found_by(numbers)
    # Newest first, so that of equals the newer stands before.
    found = sorted(trials_with(texts, viewer).values(), key=lambda one: (-one.year, -one.id))
    order = most_alike(text, [texts[one.id] for one in found])[:limit]
    return [found[number] for number in order]


def _candidates(pieces: set[str], viewer: Viewer) -> list[int]:
    """The trials that have most of the pieces. The rarest pieces of those she sees count most."""
    # Asked for by themselves: both conditions in one question made the database look for every pair of the two.
    seen = set(seen_numbers(viewer))
    rows = TrialPiece.everything.filter(piece__in=pieces).values_list("trial_id", "piece")
    found = [(trial, piece) for trial, piece in rows if trial in seen]
    having = Counter(piece for _, piece in found)
    weights: dict[int, int] = {}
    for trial, piece in found:
        # In whole numbers: sums of fractions can differ in the last digit when they are taken in another order.
        weights[trial] = weights.get(trial, 0) + 1_000_000 // having[piece]
    return sorted(weights, key=lambda trial: (-weights[trial], -trial))[:COMPARED]


@transaction.atomic
def find_by_words(trials: set[int]) -> None:
    """Let these be found by the words they have now, and those taken back by none."""
    TrialPiece.everything.filter(trial_id__in=trials).delete()
    TrialPiece.everything.bulk_create(
        (
            TrialPiece(trial_id=trial, piece=piece)
            for trial, text in sorted(text_found_by(trials).items())
            for piece in sorted(pieces_in(text))
        ),
        batch_size=2_000,
    )


def catch_up_with_trials() -> int:
    """What no act has led to: a database from before there was such a table. For the worker, and safe to repeat."""
    known = set(TrialPiece.everything.order_by("trial_id").values_list("trial_id", flat=True).distinct())
    missing = numbers_of_trials() - known - waiting_about("trial")
    find_by_words(missing)
    return len(missing)
