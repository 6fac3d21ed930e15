"""How an author wants to be answered. It lies on the line it was chosen with, and on no wider one (R26)."""

from collections.abc import Iterable

from django.db import connection

from communis.conversations.gate import Seen
from communis.conversations.kinds import Wish
from communis.conversations.models import AnswerWish


def note_wishes(line: int, wishes: Iterable[Wish]) -> None:
    """Keep the wishes with a line that was just opened, inside the action's transaction."""
    AnswerWish.objects.bulk_create(AnswerWish(line_id=line, wish=wish) for wish in sorted(set(wishes)))


def wishes_on(line: int) -> list[Wish]:
    """The wishes on the line with this number, which the caller has from the gate or from its author."""
    with connection.cursor() as cursor:
        # Plain, because every look at a conversation asks.
        cursor.execute("SELECT wish FROM communis_answerwish WHERE line_id = %s ORDER BY wish", [line])
        return [Wish(wish) for (wish,) in cursor]


def wishes_with(seen: Seen) -> list[Wish]:
    """The wishes that go with what the viewer sees."""
    return wishes_on(seen.line_number)
