"""Who may write in *Already tried*. What a person may see is asked of the gate before."""

from communis.answers.mandates import holds_any
from communis.answers.models import CoHost, Mandate
from communis.answers.rules import is_held
from communis.answers.trials.models import Change, Trial
from communis.people.models import Person


def may_write_trials(person: Person) -> bool:
    """By hand: whoever may answer for something, and stewards."""
    return person.steward or holds_any(person)


def may_draw_trial(mandate: Mandate, person: int, at: int) -> bool:
    """From an answer: whoever holds the mandate it was given within, or answers along, while it is held."""
    along = CoHost.objects.filter(mandate=mandate, person_id=person)
    return is_held(mandate, at) and (mandate.person_id == person or along.exists())


def may_change_trial(trial: Trial, person: Person) -> bool:
    """Whoever wrote it down, its guardian, and stewards."""
    return person.steward or person.id in (trial.written_by_id, trial.guardian_id)


def may_widen_trial(trial: Trial, person: Person) -> bool:
    """Only whoever wrote every word of it."""
    return trial.written_by_id == person.id and not trial.changed_by_others


def may_take_change_back(change: Change, person: Person) -> bool:
    """Whoever said it."""
    return change.person_id == person.id
