"""Whether what was said behind the scenes is accounted for, and leads to nobody (trust K15, A2)."""

from communis.behind_the_scenes.chaining import chained
from communis.behind_the_scenes.models import Waiting
from communis.conversations.reconciling import FIRST, Difference, compared
from communis.openness.bylines import Byline
from communis.openness.receipts import with_commitment


def differences() -> list[Difference]:
    """Everything that does not agree; empty when all is well."""
    words = {
        "behind": int(Byline.Kind.BEHIND_THE_SCENES),
        "taken_back": int(Waiting.What.TAKEN_BACK),
        "consented": int(Waiting.What.CONSENTED),
    }
    found = [compared(what, sql.format(**words)) for what, sql in _LEDGER.items()]
    return [difference for difference in [*found, _unlike_the_chain()] if difference.count]


def _unlike_the_chain() -> Difference:
    """Receipts whose commitment is not the one that went into the journal. One not in it yet waits for the worker."""
    wrong = [one.id for one in with_commitment() if one.chained_in is not None and not chained(one)]
    what = "what is kept of an author is not what the journal's chain holds"
    return Difference(what, len(wrong), [str(number) for number in wrong[:FIRST]])


# What must not be found, and the numbers of the rows where it is. {…} are constants of the program.
_LEDGER = {
    "words behind the scenes that lead to an author": """
        SELECT id FROM communis_contribution WHERE receipt_id IS NOT NULL AND authorship_id IS NOT NULL""",
    "words behind the scenes without a receipt": """
        SELECT s.id FROM communis_share s
        JOIN communis_byline b ON b.id = s.byline_id AND b.kind = {behind}
        JOIN communis_contribution c ON c.id = s.contribution_id WHERE c.receipt_id IS NULL""",
    "words under a receipt that are shown as somebody's": """
        SELECT s.id FROM communis_share s
        JOIN communis_byline b ON b.id = s.byline_id AND b.kind <> {behind}
        JOIN communis_contribution c ON c.id = s.contribution_id WHERE c.receipt_id IS NOT NULL""",
    "entry of the journal that says who appeared": """
        SELECT id FROM communis_entry WHERE verb = 'appeared' AND person_id IS NOT NULL""",
    "words that wait and are none": """
        SELECT id FROM communis_waiting WHERE text = '' AND what NOT IN ({taken_back}, {consented})""",
}
