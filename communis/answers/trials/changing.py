"""*Something has changed*: whoever sees a trial says what, and wakes it (R86)."""

from django.utils.translation import gettext as _

from communis.answers.trials import rules
from communis.answers.trials.models import Change, Trial
from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.people.holdings import viewer_for
from communis.people.models import Person

LONGEST = 500


def say_changed(trial: str, text: str, *, by: Person, key: str = "") -> str:
    """Say what has changed; returns the change's public id. Raises NotThere; Refused without words, or with too many.

    All employees who see the trial read it, with one's name; the public never does.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        found = Trial.visible.to(viewer).filter(public_id=trial).first()
        if found is None or not viewer.in_organisation:
            raise NotThere
        said = text.replace("\x00", "").replace("\r\n", "\n").strip()
        if not said:
            raise Refused(_("Say in a few words what has changed."), "text")
        if len(said) > LONGEST:
            raise Refused(_("Say it in at most 500 characters."), "text")
        change = Change.everything.create(
            public_id=public_id(), trial=found, line_id=found.line_id, person=by, text=said, said_at=now()
        )
        record("said change", by=by.id, trial=found.id, change=change.id)
        return change.public_id

    return once(by.id, key, act)


def take_change_back(change: str, *, by: Person, key: str = "") -> str:
    """Nobody reads it any more; returns the public id of its trial. Raises NotThere for anyone but who said it."""

    def act() -> str:
        viewer = viewer_for(by.id)
        found = Change.visible.to(viewer).filter(public_id=change).first()
        if found is None or not rules.may_take_change_back(found, by):
            raise NotThere
        Change.everything.filter(id=found.id).update(taken_back_at=now())
        record("took change back", by=by.id, trial=found.trial_id, change=found.id)
        return str(Trial.everything.values_list("public_id", flat=True).get(id=found.trial_id))

    return once(by.id, key, act)
