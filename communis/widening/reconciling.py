"""Whether what was opened is what was agreed to: the ledger identity for proposals and consents (trust K15)."""

from communis.conversations.reconciling import Difference, compared
from communis.openness.bylines import Byline
from communis.widening.models import Consent, Widening

Way = Consent.Way


def differences() -> list[Difference]:
    """Everything that does not agree; empty when all is well."""
    words = {
        "none": int(Way.NONE),
        "no": int(Way.NO),
        "without_name": int(Way.WITHOUT_NAME),
        "after": int(Way.AFTER),
        "unnamed": int(Byline.Kind.UNNAMED),
        "asking": int(Widening.State.ASKING),
    }
    found = [compared(what, sql.format(**words)) for what, sql in _LEDGER.items()]
    return [difference for difference in found if difference.count]


# What must not be found, and the numbers of the rows where it is. {…} are constants of the program.
_LEDGER = {
    "something opened whose author has not said yes": """
        SELECT id FROM communis_consent
        WHERE opened_id IS NOT NULL AND (way IN ({none}, {no}) OR digest IS NULL)""",
    "something opened from a proposal that nobody has chosen": """
        SELECT c.id FROM communis_consent c JOIN communis_widening w ON w.id = c.widening_id
        WHERE c.opened_id IS NOT NULL AND w.state = {asking}""",
    "something opened that its author has not said the time has come for": """
        SELECT id FROM communis_consent
        WHERE opened_id IS NOT NULL AND way = {after} AND happened_at IS NULL""",
    "yes that waits for nothing, or something waited for with another answer": """
        SELECT id FROM communis_consent
        WHERE (way = {after}) <> (waits_for <> '') OR (way <> {after} AND happened_at IS NOT NULL)""",
    "opened line of another contribution than was asked about": """
        SELECT c.id FROM communis_consent c
        JOIN communis_line asked ON asked.id = c.line_id JOIN communis_line opened ON opened.id = c.opened_id
        WHERE asked.contribution_id <> opened.contribution_id""",
    "opened line with other readers than were proposed": """
        SELECT c.id FROM communis_consent c JOIN communis_widening w ON w.id = c.widening_id
        JOIN communis_share s ON s.line_id = c.opened_id WHERE s.audience_id <> w.audience_id""",
    "name shown on a line that was opened without it": """
        SELECT c.id FROM communis_consent c JOIN communis_share s ON s.line_id = c.opened_id
        JOIN communis_byline b ON b.id = s.byline_id WHERE c.way = {without_name} AND b.kind < {unnamed}""",
    "answer without its time, or a yes to nothing": """
        SELECT id FROM communis_consent
        WHERE (way = {none}) <> (answered_at IS NULL) OR (way NOT IN ({none}, {no})) <> (digest IS NOT NULL)""",
}
