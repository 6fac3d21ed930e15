"""What a trial is found by, and found: for those who look for thoughts like the words being written."""

from collections.abc import Collection

from django.db.models import QuerySet

from communis.answers.trials.models import Trial
from communis.looking.viewers import Viewer


def numbers_of_trials() -> set[int]:
    """The numbers of all trials that stand. For keeping what they are found by; shown to nobody."""
    return set(Trial.everything.filter(taken_back_at=None).values_list("id", flat=True))


def text_found_by(trials: Collection[int]) -> dict[int, str]:
    """``{number: what it was and what it assumed}`` of those that stand: the idea itself, not what came of it."""
    rows = Trial.everything.filter(id__in=trials, taken_back_at=None)
    return {
        number: f"{what}\n\n{premise}" for number, what, premise in rows.values_list("id", "what", "premise")
    }


def seen_numbers(viewer: Viewer) -> QuerySet[Trial, int]:
    """The numbers of the trials the viewer may see, for a subquery."""
    rows: QuerySet[Trial, int] = Trial.visible.to(viewer).values_list("id", flat=True)
    return rows


def trials_with(numbers: Collection[int], viewer: Viewer) -> dict[int, Trial]:
    """``{number: trial}`` of those the viewer may see."""
    return {one.id: one for one in Trial.visible.to(viewer).filter(id__in=numbers)}
