"""Lists of conversations page by page, newest first, with boundaries made of visible rows only (trust L10)."""

from typing import NamedTuple

from django.db import connection

from communis.conversations.models import Activity, Contribution, Conversation, Following
from communis.looking.viewers import Viewer
from communis.openness.bylines import authorships_of
from communis.openness.open_to import holdings_table
from communis.people.models import Person

# Later than every moment, and above every number.
_END = 2**62


class After(NamedTuple):
    """The last row of the page before: a moment, and the public id of its conversation. Both were shown."""

    moment: int
    conversation: str


class Chronicle(NamedTuple):
    """A page: ``(conversation id, newest moment)`` pairs, and where the next one begins; None at the end."""

    found: list[tuple[int, int]]
    next: After | None


def all_seen(viewer: Viewer, after: After | None, size: int = 30) -> Chronicle:
    """Every conversation the viewer may see, newest words first."""
    moment, number = _place(after)
    with connection.cursor() as cursor:
        values: list[int | str] = [viewer.as_json(), *(moment, moment, number) * 2, size + 1, size + 1]
        cursor.execute(_sql(), values)
        return _page(cursor.fetchall(), size)


def own(viewer: Viewer, after: After | None, *, by: Person, size: int = 30) -> Chronicle:
    """The conversations the person wrote in, was written to or listens to, as far as they are seen now.

    ``viewer`` is the person's own: nobody has a list of what another wrote (R33, R52).
    """
    numbers = _concerning(by)
    if not numbers:
        return Chronicle([], None)
    moment, number = _place(after)
    places = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT activity.conversation_id, MAX(activity.last_at) AS newest"  # noqa: S608  constants
            f" FROM communis_activity activity JOIN {holdings_table('held')}"
            f" ON held.principal_id = activity.principal_id AND activity.last_at >= held.since"
            f" WHERE activity.conversation_id IN ({places}) GROUP BY activity.conversation_id"
            f" HAVING MAX(activity.last_at) < %s"
            f" OR (MAX(activity.last_at) = %s AND activity.conversation_id < %s)"
            f" ORDER BY newest DESC, activity.conversation_id DESC LIMIT %s",
            [viewer.as_json(), *numbers, moment, moment, number, size + 1],
        )
        return _page(cursor.fetchall(), size)


def listened_to(viewer: Viewer, *, by: Person, most: int = 12) -> list[tuple[int, int]]:
    """The newest of the conversations the person listens to, as far as they are seen now."""
    numbers = list(
        Following.objects.filter(person=by, way__in=Following.LISTENING).values_list(
            "conversation_id", flat=True
        )
    )
    places = ", ".join(["%s"] * len(numbers)) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT activity.conversation_id, MAX(activity.last_at) AS newest"  # noqa: S608  constants
            f" FROM communis_activity activity JOIN {holdings_table('held')}"
            f" ON held.principal_id = activity.principal_id AND activity.last_at >= held.since"
            f" WHERE activity.conversation_id IN ({places}) GROUP BY activity.conversation_id"
            f" ORDER BY newest DESC, activity.conversation_id DESC LIMIT %s",
            [viewer.as_json(), *numbers, most],
        )
        return [(number, at) for number, at in cursor.fetchall()]


def _concerning(person: Person) -> list[int]:
    written = Contribution.everything.filter(authorship_id__in=authorships_of(person))
    written_to = Activity.everything.filter(principal_id=person.principal_id)
    listened = Following.objects.filter(person=person, way__in=Following.LISTENING)
    numbers: set[int] = set()
    for rows in (written, written_to, listened):
        numbers |= set(rows.values_list("conversation_id", flat=True))
    return sorted(numbers)


def _place(after: After | None) -> tuple[int, int]:
    if after is None:
        return _END, _END
    known = Conversation.everything.filter(public_id=after.conversation).values_list("id", flat=True)
    return after.moment, known.first() or 0


def _page(rows: list[tuple[int, int]], size: int) -> Chronicle:
    found = [(number, at) for number, at in rows[:size]]
    if len(rows) <= size:
        return Chronicle(found, None)
    last, at = found[-1]
    return Chronicle(
        found, After(at, Conversation.everything.values_list("public_id", flat=True).get(id=last))
    )


def _sql() -> str:
    """At most one page of rows for each principal held; no conversation that an earlier page had already."""
    rows = """FROM communis_activity activity WHERE activity.principal_id = held.principal_id
        AND activity.last_at >= held.since
        AND (activity.last_at < %s OR (activity.last_at = %s AND activity.conversation_id < %s))
        AND NOT EXISTS (
            SELECT 1 FROM communis_activity newer JOIN held also
            ON also.principal_id = newer.principal_id AND newer.last_at >= also.since
            WHERE newer.conversation_id = activity.conversation_id
            AND (newer.last_at > %s OR (newer.last_at = %s AND newer.conversation_id >= %s)))
        ORDER BY activity.last_at DESC, activity.conversation_id DESC LIMIT %s"""
    if connection.vendor == "postgresql":
        top = f"CROSS JOIN LATERAL (SELECT activity.conversation_id, activity.last_at {rows}) top"
    else:
        top = f"JOIN communis_activity top ON top.rowid IN (SELECT activity.rowid {rows})"
    return (
        f"WITH held AS MATERIALIZED (SELECT * FROM {holdings_table('holding')})"  # noqa: S608  constants
        f" SELECT top.conversation_id, MAX(top.last_at) AS newest FROM held {top}"
        f" GROUP BY top.conversation_id ORDER BY newest DESC, top.conversation_id DESC LIMIT %s"
    )
