"""Going through what was tried: by theme, unit, kind of reason and year. Never by person."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import QuerySet

from communis.answers.trials.models import Change, Trial
from communis.answers.verdicts import ReasonKind
from communis.conversations.refusals import NotThere
from communis.looking.viewers import PUBLIC_VIEWER, Viewer
from communis.people.models import Circle

PAGE = 50


class Chosen(NamedTuple):
    """What to go by, as it stands in an address; empty for all. ``unit`` is a public id, ``reason`` a number."""

    theme: str = ""
    unit: str = ""
    reason: str = ""
    year: str = ""


class Choices(NamedTuple):
    """What there is to go by, among what the viewer sees."""

    themes: list[str]
    units: list[Circle]
    reasons: list[ReasonKind]
    years: list[int]


def trials_seen(viewer: Viewer, chosen: Chosen, page: int = 1) -> tuple[list[Trial], bool]:
    """One page of those that fit, the newest year first; and whether there are more."""
    first = (max(page, 1) - 1) * PAGE
    found = list(_fitting(viewer, chosen).order_by("-year", "-id")[first : first + PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def _fitting(viewer: Viewer, chosen: Chosen) -> QuerySet[Trial]:
    rows: QuerySet[Trial] = Trial.visible.to(viewer)
    if chosen.theme:
        rows = rows.filter(theme=chosen.theme)
    if chosen.unit:
        rows = rows.filter(unit_id__in=Circle.visible.to(viewer).filter(public_id=chosen.unit).values("id"))
    for field, written in (("reason_kind", chosen.reason), ("year", chosen.year)):
        if written:
            short = written.isdecimal() and len(written) <= 4
            rows = rows.filter(**{field: int(written)}) if short else rows.none()
    return rows


def choices(viewer: Viewer) -> Choices:
    """What the viewer can go by."""
    rows = set(Trial.visible.to(viewer).values_list("theme", "unit_id", "reason_kind", "year"))
    units = Circle.visible.to(viewer).filter(id__in={unit for _, unit, _, _ in rows if unit is not None})
    return Choices(
        sorted({theme for theme, *_ in rows if theme}, key=str.casefold),
        list(units.order_by("name", "id")),
        [ReasonKind(kind) for kind in sorted({kind for _, _, kind, _ in rows})],
        sorted({year for *_, year in rows}, reverse=True),
    )


def trial_seen(trial: str, viewer: Viewer) -> Trial:
    """The one with this public id. Raises NotThere."""
    found: Trial | None = Trial.visible.to(viewer).filter(public_id=trial).first()
    if found is None:
        raise NotThere
    return found


def changes_of(trial: Trial, viewer: Viewer) -> list[Change]:
    """What people say has changed since, the oldest first."""
    return list(Change.visible.to(viewer).filter(trial_id=trial.id).order_by("id"))


def trials_on(lines: Collection[int], viewer: Viewer) -> list[Trial]:
    """Those that come from the idea on these lines."""
    return list(Trial.visible.to(viewer).filter(line_id__in=lines).order_by("id"))


def public_trials(most: int | None = None) -> list[Trial]:
    """What anyone can read, the last changed first."""
    rows = Trial.visible.to(PUBLIC_VIEWER).order_by("-changed_at", "-id")
    return list(rows[:most] if most is not None else rows)
