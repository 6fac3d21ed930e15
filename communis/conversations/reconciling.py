"""Whether the rows agree with one another: the ledger identity (trust K15). Nothing is changed here.

Every check in ``_LEDGER`` is one statement, so it looks at one moment while others go on writing; the copies that
actions keep are worked out again here in another way than the actions do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from communis.conversations.files import folder, kept_names, named_among
from communis.journal import seals
from communis.journal.moments import SECOND, now
from communis.looking.principals import ORGANISATION, PUBLIC
from communis.openness.rungs import Rung

FIRST = 5
# A file is stored before the words it belongs to, and waits for them in a draft.
WAITS = 24 * 60 * 60
TOGETHER = 500
# In the first half hour.
OFTEN_FAILED = 5


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it should be: in words, how often, and the first few rows or names it is true of."""

    what: str
    count: int
    first: list[str]


def differences() -> list[Difference]:
    """Everything that does not agree; empty when all is well. Takes the same memory however much there is."""
    found = [_difference(what, sql) for what, sql in _LEDGER.items()]
    found.append(_counted("file without its bytes", _missing_files()))
    found.append(_counted("stored file that nothing refers to", _unclaimed_files()))
    found.append(_counted("journal entry not as it was written", _journal_faults()))
    return [difference for difference in found if difference.count]


# What must not be found, and the numbers of the rows where it is. {…} are constants of the program.
_LEDGER = {
    "contribution without a line": """
        SELECT id FROM communis_contribution c
        WHERE NOT EXISTS (SELECT 1 FROM communis_line l WHERE l.contribution_id = c.id)""",
    "contribution without a revision": """
        SELECT id FROM communis_contribution c
        WHERE NOT EXISTS (SELECT 1 FROM communis_revision r WHERE r.contribution_id = c.id)""",
    "contribution without a share": """
        SELECT id FROM communis_contribution c
        WHERE NOT EXISTS (SELECT 1 FROM communis_share s WHERE s.contribution_id = c.id)""",
    "line without a share": """
        SELECT id FROM communis_line l WHERE NOT EXISTS (SELECT 1 FROM communis_share s WHERE s.line_id = l.id)""",
    "line with two live shares": """
        SELECT line_id AS id FROM communis_share WHERE ended_at IS NULL GROUP BY line_id HAVING COUNT(*) > 1""",
    "share of another contribution than its line or revision": """
        SELECT s.id FROM communis_share s
        JOIN communis_line l ON l.id = s.line_id JOIN communis_revision r ON r.id = s.revision_id
        WHERE l.contribution_id <> s.contribution_id OR r.contribution_id <> s.contribution_id""",
    "share with another conversation than its contribution": """
        SELECT s.id FROM communis_share s JOIN communis_contribution c ON c.id = s.contribution_id
        WHERE s.conversation_id <> c.conversation_id""",
    "share with another rung than its audience": """
        SELECT s.id FROM communis_share s JOIN communis_audience a ON a.id = s.audience_id WHERE s.rung <> a.rung""",
    "share that is wrong about being the opening": """
        SELECT s.id FROM communis_share s JOIN communis_contribution c ON c.id = s.contribution_id
        WHERE s.opening <> NOT EXISTS (SELECT 1 FROM communis_contribution parent
            WHERE parent.id = c.parent_id AND parent.conversation_id = c.conversation_id)""",
    "share that is wrong about being alone": """
        SELECT s.id FROM communis_share s WHERE s.ended_at IS NULL AND s.alone = EXISTS (
            SELECT 1 FROM communis_share other WHERE other.contribution_id = s.contribution_id
            AND other.ended_at IS NULL AND other.id <> s.id)""",
    "audience that names nobody, or an open one that names somebody": """
        SELECT id FROM communis_audience a WHERE (a.rung < {organisation}) <> EXISTS (
            SELECT 1 FROM communis_audienceprincipal named WHERE named.audience_id = a.id)""",
    "answer in another conversation than what it answers": """
        SELECT c.id FROM communis_contribution c JOIN communis_contribution parent ON parent.id = c.parent_id
        WHERE parent.conversation_id <> c.conversation_id
        AND NOT EXISTS (SELECT 1 FROM communis_moved moved WHERE moved.root_id = c.id)""",
    "moved branch that stands where it stood": """
        SELECT moved.id FROM communis_moved moved
        JOIN communis_contribution root ON root.id = moved.root_id
        JOIN communis_contribution summary ON summary.id = moved.summary_id
        WHERE root.conversation_id = summary.conversation_id OR root.parent_id <> summary.parent_id""",
    # Who could read what is not kept, so only the rung can be judged afterwards (gate rule 9).
    "answer that was wider than anything it could answer": """
        SELECT s.id FROM communis_share s JOIN communis_contribution c ON c.id = s.contribution_id
        WHERE c.parent_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM communis_share above WHERE above.contribution_id = c.parent_id AND above.rung >= s.rung)""",
    "anchor without a place in a revision of its target": """
        SELECT anchor.id FROM communis_anchor anchor
        JOIN communis_revision r ON r.contribution_id = anchor.target_id
            AND r.id >= (SELECT MIN(made.revision_id) FROM communis_place made WHERE made.anchor_id = anchor.id)
        WHERE NOT EXISTS (
            SELECT 1 FROM communis_place p WHERE p.anchor_id = anchor.id AND p.revision_id = r.id)
        UNION SELECT id FROM communis_anchor anchor
        WHERE NOT EXISTS (SELECT 1 FROM communis_place p WHERE p.anchor_id = anchor.id)""",
    "conversation with no contribution": """
        SELECT id FROM communis_conversation v
        WHERE NOT EXISTS (SELECT 1 FROM communis_contribution c WHERE c.conversation_id = v.id)""",
    # The same as activity.expected_rows, which a test holds equal.
    "conversation whose activity is not what its shares say": """
        SELECT DISTINCT conversation_id AS id FROM (
            SELECT conversation_id, principal_id, MAX(expected) AS expected, MAX(found) AS found FROM (
                SELECT s.conversation_id, CASE s.rung WHEN {everyone} THEN {public} WHEN {organisation} THEN
                    {organisation_principal} ELSE named.principal_id END AS principal_id,
                    s.opened_at AS expected, -1 AS found
                FROM communis_share s LEFT JOIN communis_audienceprincipal named ON named.audience_id = s.audience_id
                WHERE s.ended_at IS NULL
                UNION ALL
                SELECT conversation_id, principal_id, -1, last_at FROM communis_activity
            ) both_sides GROUP BY conversation_id, principal_id
        ) compared WHERE expected <> found""",
    # A fault of ours: nobody has been told, and it is tried again each hour.
    "journal entry that nobody could be told of": """
        SELECT id FROM communis_entry WHERE reacted_at IS NULL AND failures >= {often}""",
}


def _difference(what: str, sql: str) -> Difference:
    rows = sql.format(
        everyone=int(Rung.PUBLIC),
        organisation=int(Rung.ORGANISATION),
        public=PUBLIC,
        organisation_principal=ORGANISATION,
        often=OFTEN_FAILED,
    )
    return compared(what, rows)


def compared(what: str, rows: str) -> Difference:
    """What one statement finds; ``rows`` selects the ``id`` of everything that is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, COUNT(*) OVER () FROM ({rows}) wrong ORDER BY id LIMIT {FIRST}"  # noqa: S608  constants
        )
        found = cursor.fetchall()
    return Difference(what, found[0][1] if found else 0, [str(number) for number, _ in found])


def _missing_files() -> Iterator[str]:
    place = folder()
    return (name for name in kept_names() if not (place / name).is_file())


def _unclaimed_files() -> Iterator[str]:
    old = (path.name for path in _files_in(folder()) if path.stat().st_mtime < now() / SECOND - WAITS)
    for names in _in_batches(old):
        yield from sorted(set(names) - named_among(names))


def _files_in(place: Path) -> Iterator[Path]:
    return (path for path in place.iterdir() if path.is_file()) if place.is_dir() else iter(())


def _in_batches(names: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for name in names:
        batch.append(name)
        if len(batch) == TOGETHER:
            yield batch
            batch = []
    yield batch


def _journal_faults() -> Iterator[str]:
    return (f"{fault.entry} {fault.what}" for fault in [*seals.verify(), *seals.verify_unsealed()])


def _counted(what: str, wrong: Iterable[str]) -> Difference:
    """Counts without keeping: only the first few are remembered."""
    count = 0
    first: list[str] = []
    for name in wrong:
        count += 1
        if len(first) < FIRST:
            first.append(name)
    return Difference(what, count, first)
