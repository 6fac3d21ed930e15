"""Writing what was tried down, changing it, and taking it back."""

from dataclasses import asdict
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from communis.answers.trials import rules
from communis.answers.trials.drawing import drawn_from
from communis.answers.trials.models import Trial
from communis.answers.trials.wider import wider_line
from communis.answers.trials.words import Words, tidy
from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from communis.widening.check import check
from communis.widening.findings import stopped


class Around(NamedTuple):
    """What is chosen beside the words: who reads, which unit it is found under, and whom to talk to."""

    rung: Rung = Rung.ORGANISATION
    unit: Circle | None = None
    guardian: Person | None = None


def write_trial(words: Words, around: Around, *, by: Person, answer: str = "", key: str = "") -> str:
    """Write down something that was tried or declined; returns its public id.

    ``answer``: the public id of the answer it is drawn from. Raises NotThere for an answer it cannot be drawn from;
    Refused for someone without a mandate, or when something is missing.
    """

    def act() -> str:
        line = drawn_from(answer, by=by).idea.line_number if answer else None
        if not answer and not rules.may_write_trials(by):
            raise Refused(_("Whoever holds a mandate, and stewards, can write here."))
        kept = tidy(words)
        check_around(kept, around, by)
        trial = Trial.everything.create(
            public_id=public_id(),
            **asdict(kept),
            **around._asdict(),
            line_id=line,
            written_by=by,
            written_at=now(),
            changed_at=now(),
        )
        record("wrote trial", by=by.id, trial=trial.id, guardian=trial.guardian_id)
        return trial.public_id

    return once(by.id, key, act)


def check_around(words: Words, around: Around, by: Person) -> None:
    """Raises Refused for a rung that there is not, numbers that must not be shown, or a choice of someone hidden."""
    if around.rung not in (Rung.ORGANISATION, Rung.PUBLIC) or (
        around.rung == Rung.PUBLIC and not settings.PUBLIC_RUNG
    ):
        raise Refused(_("Choose all employees, or anyone."), "audience")
    # Below the public nothing stops: what is found is shown to whoever writes.
    if around.rung == Rung.PUBLIC and stopped(check(words.as_text(), rung=around.rung)):
        raise Refused(_("There is a personal number in it. Take it away before anyone can read it."), "what")
    unit, guardian = around.unit, around.guardian
    if unit is None and guardian is None:
        return
    viewer = viewer_for(by.id)
    if unit is not None and not Circle.visible.to(viewer).filter(id=unit.id, unit=True).exists():
        raise Refused(_("Choose a unit from the list, or none."), "unit")
    if guardian is not None and not Person.visible.to(viewer).filter(id=guardian.id).exists():
        raise Refused(_("Choose someone from the list, or nobody."), "guardian")


def change_trial(
    trial: str, words: Words, around: Around, *, by: Person, wider: bool = False, key: str = ""
) -> str:
    """Write it anew; returns its public id. ``wider``: let it go along to all who read the idea by now.

    Only whoever wrote every word of it can show it to more people; they have agreed to no wider readers. Raises
    NotThere for anyone who cannot see or change it; Refused as ``write_trial`` does.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        found = _own(trial, viewer, by)
        kept = tidy(words)
        widens = wider or around.rung > found.rung
        if widens and not rules.may_widen_trial(found, by):
            raise Refused(_("Others have written in it, so it cannot be shown to more people."), "audience")
        if around.guardian is None or around.guardian.id != found.guardian_id:
            check_around(kept, around, by)
        else:
            # Whoever was chosen before stays, also when the person can be listed no longer.
            check_around(kept, around._replace(guardian=None), by)
        guardian = around.guardian.id if around.guardian else None
        line = wider_line(found, viewer) if wider else None
        looked_again = kept.review_on != found.review_on or guardian != found.guardian_id
        Trial.everything.filter(id=found.id).update(
            **asdict(kept),
            **around._asdict(),
            line_id=line or found.line_id,
            changed_at=now(),
            reminded_at=None if looked_again else found.reminded_at,
            changed_by_others=found.changed_by_others or by.id != found.written_by_id,
        )
        new = guardian if guardian != found.guardian_id else None
        record("changed trial", by=by.id, trial=found.id, guardian=new)
        return found.public_id

    return once(by.id, key, act)


def take_trial_back(trial: str, *, by: Person, key: str = "") -> None:
    """Nobody sees it any more. Raises NotThere for anyone who cannot see or change it."""

    def act() -> str:
        found = _own(trial, viewer_for(by.id), by)
        Trial.everything.filter(id=found.id).update(taken_back_at=now())
        record("took trial back", by=by.id, trial=found.id)
        return found.public_id

    once(by.id, key, act)


def own_trial(trial: str, viewer: Viewer, by: Person) -> Trial:
    """One that the person may change. Raises NotThere."""
    found: Trial | None = Trial.visible.to(viewer).filter(public_id=trial).first()
    if found is None or not rules.may_change_trial(found, by):
        raise NotThere
    return found


def _own(trial: str, viewer: Viewer, by: Person) -> Trial:
    Trial.everything.select_for_update().filter(public_id=trial).first()
    return own_trial(trial, viewer, by)
