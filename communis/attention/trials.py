"""Notices about what was tried: something has changed, it is time to look again, people may talk to you about it."""

from communis.answers.trials import telling
from communis.attention.models import Notice
from communis.attention.telling import note
from communis.conversations.telling import author_of, conversation_of, silent_in
from communis.journal.models import Entry
from communis.journal.reactions import react_to
from communis.people.holdings import viewer_for

Reason = Notice.Reason


@react_to("said change")
def something_has_changed(entry: Entry) -> None:
    """Tell whom one talks to about it, and whoever had the idea, unless the conversation is kept silent."""
    trial = entry.about["trial"]
    _tell(entry, telling.guardian_of(trial) | _authors(trial), Reason.CHANGED)


@react_to("review is due")
def it_is_time_to_look_again(entry: Entry) -> None:
    """Tell whom one talks to about it."""
    _tell(entry, telling.guardian_of(entry.about["trial"]), Reason.REVIEW_DUE)


@react_to("wrote trial")
@react_to("changed trial")
def someone_is_to_talk_to(entry: Entry) -> None:
    """Tell a new guardian, who can name another or nobody."""
    guardian = entry.about.get("guardian")
    if guardian is not None and guardian in telling.guardian_of(entry.about["trial"]):
        _tell(entry, {guardian}, Reason.GUARDIAN)


def _authors(trial: int) -> set[int]:
    line = telling.line_of(trial)
    conversation = conversation_of(line) if line is not None else None
    if line is None or conversation is None:
        return set()
    return author_of(line) - silent_in(conversation)


def _tell(entry: Entry, persons: set[int], reason: Notice.Reason) -> None:
    """Once each, and only those who see the trial, and the change, at this moment."""
    for person in sorted(persons - {entry.person_id}):
        viewer = viewer_for(person)
        seen = telling.trial_seen(entry.about["trial"], viewer) if viewer.signed_in else ""
        change = entry.about.get("change")
        if seen and (change is None or telling.reads_change(change, viewer)):
            note(entry, person, seen, reason=reason, opened_at=entry.at)
