"""What one does with one's notices. For oneself alone, and not journalled: reading is nobody else's business."""

from collections.abc import Iterable

from communis.attention.models import Notice
from communis.attention.notices import TRIALS
from communis.journal.moments import now
from communis.journal.record import abouts
from communis.people.models import Person


def mark_read(public_ids: Iterable[str], *, by: Person) -> None:
    """These notices are read. Nothing happens with another's, or with one that was never made."""
    own = Notice.everything.filter(person=by, public_id__in=list(public_ids), read_at=None)
    own.update(read_at=now())


def mark_read_because(*reasons: Notice.Reason, by: Person) -> None:
    """One's notices with these reasons are read: their page has been looked at."""
    Notice.everything.filter(person=by, reason__in=reasons, read_at=None).update(read_at=now())


def mark_read_about_trial(trial: int, *, by: Person) -> None:
    """One's notices about what was tried are read: its page has been looked at."""
    own = Notice.everything.filter(person=by, reason__in=TRIALS, read_at=None)
    waiting = list(own.values_list("entry", flat=True))
    about_it = (
        [entry for entry, about in abouts(waiting).items() if about["trial"] == trial] if waiting else []
    )
    if about_it:
        own.filter(entry__in=about_it).update(read_at=now())


def ever_told(*, by: Person) -> bool:
    """Whether the person was ever told of anything."""
    return Notice.everything.filter(person=by).exists()
