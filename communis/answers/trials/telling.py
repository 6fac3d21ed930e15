"""Whom a trial concerns: persons as plain ids, for telling and never for showing."""

from communis.answers.trials.models import Change, Trial
from communis.looking.viewers import Viewer


def guardian_of(trial: int) -> set[int]:
    """Whom one talks to about it; without such a one, whoever wrote it down."""
    rows = Trial.everything.filter(id=trial).values_list("guardian_id", "written_by_id")
    return {guardian or written_by for guardian, written_by in rows}


def line_of(trial: int) -> int | None:
    """The number of the line of the idea it comes from."""
    return Trial.everything.filter(id=trial).values_list("line_id", flat=True).first()


def trial_seen(trial: int, viewer: Viewer) -> str:
    """Its public id; empty where the viewer does not see it."""
    return str(Trial.visible.to(viewer).filter(id=trial).values_list("public_id", flat=True).first() or "")


def reads_change(change: int, viewer: Viewer) -> bool:
    """Whether it stands and the viewer may read it."""
    return bool(Change.visible.to(viewer).filter(id=change).exists())
