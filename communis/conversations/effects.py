"""What came of an outcome and toward which goal: said beside what was done, and never of a person (R30)."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import models
from django.db.models import Max

from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.models import Revision, Share
from communis.looking.guarding import RefersOne
from communis.looking.viewers import Viewer


class Effect(models.Model):
    """What an outcome says beside what was done: what came of it, and toward which goal; never of a person (R30)."""

    revision = RefersOne(Revision)
    effect = models.CharField(max_length=500, blank=True)
    goal = models.CharField(max_length=100, blank=True)


class EffectSeen(NamedTuple):
    """Each is empty where nothing was said of it."""

    effect: str
    goal: str


NO_EFFECT = EffectSeen("", "")


def note_effect(revision: int, effect: str, goal: str) -> None:
    """Keep them with an outcome that was just said, inside the action's transaction."""
    if effect or goal:
        Effect.objects.create(revision_id=revision, effect=effect, goal=goal)


def effects_of(seen: Sequence[Seen]) -> dict[int, EffectSeen]:
    """``{contribution: what came of it}`` of those that are outcomes; the caller has them from the gate."""
    # Other words on their way to more people are numbered by what they stand in for.
    outcomes = {one.contribution: abs(one.revision) for one in seen if one.kind == Kind.OUTCOME}
    if not outcomes:
        return {}
    kept = {
        one.revision_id: EffectSeen(one.effect, one.goal)
        for one in Effect.objects.filter(revision_id__in=outcomes.values())
    }
    return {contribution: kept.get(revision, NO_EFFECT) for contribution, revision in outcomes.items()}


def goals_seen(viewer: Viewer, most: int = 30) -> list[str]:
    """The goals of outcomes that the viewer may see, the one named last first."""
    seen = Share.visible.to(viewer).filter(
        revision_id__in=Effect.objects.exclude(goal="").values("revision_id")
    )
    goals = Effect.objects.filter(revision_id__in=seen.values("revision_id")).exclude(goal="")
    named = goals.values("goal").annotate(last=Max("id")).order_by("-last")
    return list(named.values_list("goal", flat=True)[:most])
