"""What one does with one's notices. For oneself alone, and not journalled: reading is nobody else's business."""

from collections.abc import Iterable

from communis.attention.models import Notice
from communis.journal.moments import now
from communis.people.models import Person


def mark_read(public_ids: Iterable[str], *, by: Person) -> None:
    """These notices are read. Nothing happens with another's, or with one that was never made."""
    own = Notice.everything.filter(person=by, public_id__in=list(public_ids), read_at=None)
    own.update(read_at=now())


def mark_read_because(*reasons: Notice.Reason, by: Person) -> None:
    """One's notices with these reasons are read: their page has been looked at."""
    Notice.everything.filter(person=by, reason__in=reasons, read_at=None).update(read_at=now())


def ever_told(*, by: Person) -> bool:
    """Whether the person was ever told of anything."""
    return Notice.everything.filter(person=by).exists()
