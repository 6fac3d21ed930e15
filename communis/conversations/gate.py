"""The gate for many rows at a time: what one viewer may see, on a plain cursor.

The same rule as ``Share.visible.to(viewer)``: audiences are resolved once, and the fold is made here and
filtered by nobody afterwards (gate, section 2). A test holds the two equal.
"""

from collections.abc import Collection, Sequence, Sized
from typing import Any, NamedTuple

from django.db import connection

from communis.looking.viewers import Viewer
from communis.openness.open_to import holdings_table
from communis.openness.rungs import Rung


class Seen(NamedTuple):
    """One contribution as the viewer sees it. Numbers are for the program; only public ids are shown."""

    conversation: int
    share: int
    contribution: int
    parent: int | None
    kind: int
    rung: int
    audience: int
    opening: bool
    opened_at: int
    line: str
    line_number: int
    revision: int
    html: str
    written_at: int
    corrected: bool
    byline: int
    person: str | None
    person_name: str | None
    # False for those who are in no list: the name stands under their words and leads nowhere (D30).
    listed: bool | None
    role: str | None
    # Of what came in from elsewhere. Beside it the person, once someone stands behind the name; a protected one
    # is not shown: the name would tell of someone who must not be found (D30).
    outside_name: str | None
    outside_site: str | None
    # The number of a pseudonym's name.
    alias: int | None
    own: bool


def seen_in(conversations: list[int], viewer: Viewer, *, openings_only: bool = False) -> list[Seen]:
    """What the viewer may see of these conversations, each contribution once, in the order it was said."""
    which = f"conversation_id IN ({places_for(conversations)})"
    if openings_only:
        which += " AND opening"
    return _seen(which, conversations, viewer) if conversations else []


def seen_contributions(contributions: list[int], viewer: Viewer) -> list[Seen]:
    """Those of these contributions that the viewer may see."""
    which = f"contribution_id IN ({places_for(contributions)})"
    return _seen(which, contributions, viewer) if contributions else []


def seen_of_kind(kind: int, conversations: Sequence[int], viewer: Viewer) -> list[Seen]:
    """What of one kind the viewer may see in these conversations, without reading all the rest of them."""
    which = (
        "contribution_id IN (SELECT id FROM communis_contribution"
        f" WHERE kind = %s AND conversation_id IN ({places_for(conversations)}))"
    )
    return _seen(which, [kind, *conversations], viewer) if conversations else []


def seen_below(kinds: Collection[int], parents: Sequence[int], viewer: Viewer) -> list[Seen]:
    """What of these kinds the viewer may see of all that answers these contributions, in whichever conversation."""
    which = (
        "contribution_id IN (SELECT id FROM communis_contribution"
        f" WHERE kind IN ({places_for(kinds)}) AND parent_id IN ({places_for(parents)}))"
    )
    return _seen(which, [*kinds, *parents], viewer) if parents else []


def openings_and_newest(found: list[tuple[int, int]], viewer: Viewer) -> list[Seen]:
    """The opening of each conversation, and what was opened in it at its moment.

    ``found`` are ``(conversation id, newest moment)`` pairs, which the caller has from the gate. Never more
    than a few rows a conversation, however long it is.
    """
    conversations = [number for number, _ in found]
    moments = [at for _, at in found]
    live = f"SELECT contribution_id FROM communis_share WHERE conversation_id IN ({places_for(found)})"
    which = (
        f"contribution_id IN ({live} AND ended_at IS NULL AND opening"
        f" UNION {live} AND ended_at IS NULL AND opened_at IN ({places_for(found)}))"
    )
    return _seen(which, [*conversations, *conversations, *moments], viewer) if found else []


def lines_read(lines: Sequence[int], viewer: Viewer) -> set[int]:
    """Those of the lines that the viewer reads, or would if she read the contribution on no narrower one."""
    rows = _rows(f"line_id IN ({places_for(lines)})", list(lines), viewer) if lines else []
    return {row[_LINE] for row in rows}


def places_for(values: Sized) -> str:
    """``%s, %s, …``: one place a value, for ``IN`` in plain SQL."""
    return ", ".join(["%s"] * len(values))


def _seen(which: str, named: list[int], viewer: Viewer) -> list[Seen]:
    """``which`` has to take all live shares of a contribution or none, for the fold is made here."""
    seen: list[Seen] = []
    for row in _rows(which, named, viewer):
        # Ordered by rung within a contribution: the first is the narrowest, the others are folded away.
        if not seen or seen[-1].contribution != row[2]:
            seen.append(Seen._make(row))
    return seen


_LINE = Seen._fields.index("line_number")


def _rows(which: str, named: list[int], viewer: Viewer) -> list[tuple[Any, ...]]:
    """Everything open to the viewer, not folded."""
    widely_open = Rung.ORGANISATION if viewer.in_organisation else Rung.PUBLIC
    values: list[int | str] = [
        *named,
        viewer.narrow_as_json(),
        viewer.person_id or 0,
        int(widely_open),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_sql(which), values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _sql(which: str) -> str:
    return f"""
WITH live AS MATERIALIZED (
    SELECT * FROM communis_share
    WHERE {which} AND ended_at IS NULL
),
opened AS MATERIALIZED (
    SELECT named.audience_id, MIN(held.since) AS since
    FROM (SELECT DISTINCT audience_id FROM live WHERE rung < {int(Rung.ORGANISATION)}) narrow
    JOIN communis_audienceprincipal named ON named.audience_id = narrow.audience_id
    JOIN {holdings_table("held")} ON held.principal_id = named.principal_id
    GROUP BY named.audience_id
)
SELECT live.conversation_id, live.id, live.contribution_id, contribution.parent_id, contribution.kind, live.rung,
    live.audience_id, live.opening, live.opened_at, line.public_id, live.line_id, live.revision_id,
    revision.html, revision.written_at, revision.correction, byline.kind,
    person.public_id, person.name, (NOT person.protected AND person.closed_at IS NULL),
    role.title, outside.name, outside.site, byline.alias, (authorship.id IS NOT NULL)
FROM live
JOIN communis_contribution contribution ON contribution.id = live.contribution_id
JOIN communis_line line ON line.id = live.line_id
JOIN communis_revision revision ON revision.id = live.revision_id
JOIN communis_byline byline ON byline.id = live.byline_id
LEFT JOIN opened ON opened.audience_id = live.audience_id
LEFT JOIN communis_outsidename outside ON outside.id = byline.outside_name_id
LEFT JOIN communis_person person ON person.id = COALESCE(byline.person_id, outside.claimed_by_id)
    AND (outside.id IS NULL OR NOT person.protected)
LEFT JOIN communis_role role ON role.id = byline.role_id
LEFT JOIN communis_authorship authorship
    ON authorship.id = contribution.authorship_id AND authorship.person_id = %s
WHERE live.rung >= %s OR opened.since <= live.opened_at
ORDER BY live.contribution_id, live.rung, live.line_id
"""
