"""Who has something to be gathered in a digest. What of it is shown is asked of the gate when it leaves."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from communis.attention.models import MailChoice, Notice


class ToGather(NamedTuple):
    """A person, and the numbers of the notices between which lies what is new to her."""

    person: int
    after: int
    until: int


# One look at the notices for everybody: each person more costs one row. Nobody is asked of the gate here.
_WAITING = """
SELECT notice.person_id, COALESCE(choice.gathered_until, 0)
FROM communis_notice notice
LEFT JOIN communis_mailchoice choice ON choice.person_id = notice.person_id
WHERE notice.read_at IS NULL AND notice.id <= %s AND notice.made_at > %s
  AND notice.id > COALESCE(choice.gathered_until, 0)
  AND COALESCE(choice.digests, 1) > %s
  AND (choice.id IS NULL OR (choice.wanted AND choice.paused_at IS NULL))
GROUP BY notice.person_id, COALESCE(choice.gathered_until, 0)
ORDER BY notice.person_id
"""


def to_gather(which: int, since: int) -> list[ToGather]:
    """Those who want more digests a day than ``which``, and have been told of something unread since a moment."""
    newest = Notice.everything.order_by("-id").values_list("id", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [newest, since, which])
        return [ToGather(person, after, newest) for person, after in cursor.fetchall()]


def are_gathered(some: Iterable[ToGather]) -> None:
    """The next digest of these persons begins after what this one is made of."""
    MailChoice.objects.bulk_create(
        [MailChoice(person_id=one.person, gathered_until=one.until) for one in some],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["gathered_until"],
    )
