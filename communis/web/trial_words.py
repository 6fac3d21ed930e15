"""What was tried, in words: the line below its name, and the answers to the plain questions one asks about it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from communis.answers.trials.models import Change, Trial
from communis.answers.trials.wider import rungs_of
from communis.answers.verdicts import ReasonKind
from communis.conversations.lines import lines_open
from communis.conversations.shown_words import sentence
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.people.naming import names_of
from communis.search.trials import similar_trials
from communis.web.dates import day, whole_day
from communis.web.rows import address


class TrialRow(NamedTuple):
    """One of a list: its address, what it was, where and when, and who reads it."""

    public_id: str
    what: str
    line: str
    # Theme and kind of reason.
    about: str
    year: int
    rung: Rung


def trial_rows(trials: Sequence[Trial], viewer: Viewer) -> list[TrialRow]:
    """Those of a list that the viewer has from the gate."""
    rungs = rungs_of(trials, viewer)
    return [
        TrialRow(one.public_id, one.what, tried_line(one), about(one), one.year, rungs[one.id])
        for one in trials
        if one.id in rungs
    ]


def tried_line(trial: Trial) -> str:
    """*Tried 2023 in Gata och park*, or *Declined* where it was never tried."""
    said = {"when": trial.period or trial.year, "place": trial.place}
    if trial.declined:
        return _("Declined %(when)s in %(place)s") % said
    return _("Tried %(when)s in %(place)s") % said


def about(trial: Trial) -> str:
    """*Travel · money*."""
    return " · ".join(part for part in (trial.theme, str(ReasonKind(trial.reason_kind).label)) if part)


def similar_rows(text: str, viewer: Viewer) -> list[TrialRow]:
    """What was tried that is like the words being written."""
    return trial_rows(similar_trials(text, viewer=viewer), viewer)


class Part(NamedTuple):
    """A plain question and its answer; ``text`` is shown in paragraphs."""

    question: str
    text: str


def parts(trial: Trial) -> list[Part]:
    """What is known about it, in the order in which one asks."""
    why = _("Why it was declined") if trial.declined else _("Why it came to nothing")
    said = [
        Part(_("What we thought"), trial.premise),
        Part(_("What happened"), trial.result),
        Part(_("What it cost"), trial.cost),
        Part(why, trial.reason),
        Part(_("What would have to change"), trial.would_change),
        Part(_("Look again"), whole_day(trial.review_on) if trial.review_on else ""),
    ]
    return [part for part in said if part.text]


class Source(NamedTuple):
    """The idea it comes from, as the viewer reads it."""

    address: str
    sentence: str


def source(trial: Trial, viewer: Viewer) -> Source | None:
    """Where it comes from; None where it was written by hand."""
    found = lines_open([trial.line_id], viewer) if trial.line_id is not None else {}
    for one in found.values():
        return Source(address(one.seen.conversation_public_id, one.seen.share), sentence(one.seen.share))
    return None


def guardian(trial: Trial, viewer: Viewer) -> Person | None:
    """Whom to talk to, where the viewer may list the person."""
    found: Person | None = Person.visible.to(viewer).filter(id=trial.guardian_id).first()
    return found


class ChangeRow(NamedTuple):
    """What someone says has changed. ``taken_back_at``: where whoever said it takes it back; empty for others."""

    text: str
    by: str
    taken_back_at: str


def change_rows(changes: Sequence[Change], viewer: Viewer) -> list[ChangeRow]:
    """Those that the viewer has from the gate, and with them the names."""
    names = names_of(one.person_id for one in changes)
    return [
        ChangeRow(
            one.text,
            f"{names[one.person_id][1]}, {day(one.said_at)}",
            reverse("take-change-back", args=[one.public_id]) if one.person_id == viewer.person_id else "",
        )
        for one in changes
    ]
