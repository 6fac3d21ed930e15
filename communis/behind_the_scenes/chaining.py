"""What is kept of who wrote it goes into the journal's chain with the batch, so that nobody can change it later.

One entry holds the root over all that appeared (openness/batch_tree.py): no person, no row of its own for any of them,
and no moment but that of the batch. Each receipt keeps its way to the root.
"""

from django.db import transaction

from communis.conversations.receipted import first_line
from communis.journal.finding import entry_with, last_before, stands_between
from communis.journal.record import record
from communis.journal.seals import stands
from communis.openness.batch_tree import root_and_ways, root_of
from communis.openness.receipts import Receipt, keep_ways, unchained

CHAINED, APPEARED = "chained commitments", "appeared"


@transaction.atomic
def chain_commitments() -> int:
    """Put what has appeared and is in no entry yet into one; returns how many. Cut short before, it is done now."""
    new = unchained()
    if new:
        root, ways = root_and_ways(list(new))
        entry = record(CHAINED, by=None, root=root.hex())
        keep_ways({new[commitment]: way for commitment, way in sorted(ways.items())}, entry.id)
    return len(new)


def chained(receipt: Receipt) -> bool:
    """Whether the chain has held what is kept of the author since the words appeared.

    It must be in the first such entry after they did: put into a later one it is not what was kept then.
    """
    entry = entry_with(receipt.chained_in, CHAINED)
    root = root_of(bytes(receipt.commitment), bytes(receipt.way))
    if entry is None or entry.about.get("root") != root.hex() or not stands(entry):
        return False
    line = first_line(receipt)
    return line is not None and stands_between(last_before(entry.id, CHAINED), entry.id, APPEARED, line=line)
