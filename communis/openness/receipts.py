"""Receipts: what an author behind the scenes holds instead of a name. No author is stored beside them."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import models

from communis.journal.ids import public_id
from communis.looking.guarding import Visible
from communis.looking.principals import Principal
from communis.openness.bylines import Unseen
from communis.openness.rungs import Rung

# Said of words that are to stay where they are.
NOBODY_MORE = 0


class Receipt(models.Model):
    """The hash of a receipt's code, never the code. A contribution points down to it, as to an authorship.

    It is made when the words are shown, in a batch, so that its number tells nothing of when they were written.
    """

    principal = models.OneToOneField(Principal, models.PROTECT, related_name="+")
    hash = models.BinaryField(max_length=32, unique=True)
    # Opens nothing any more. When it was burnt is not kept.
    burnt = models.BooleanField(default=False)
    # How far the words may ever be opened without asking again: the widest rung, or nobody more (gate rule 27).
    opens_to = models.SmallIntegerField(default=NOBODY_MORE)
    # Of who wrote it and the words as they appeared first: opened by the receipt alone (commitments.py).
    commitment = models.BinaryField(max_length=32, default=b"")

    # Since the batch: the entry of the journal that holds it, by number, and its way there (batch_tree.py).
    chained_in = models.BigIntegerField(null=True)
    way = models.BinaryField(default=b"")

    visible: Visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        indexes = [
            models.Index(
                fields=["id"],
                name="receipt_unchained",
                condition=models.Q(chained_in=None) & ~models.Q(commitment=b""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="receipt_opens_to_a_rung",
                condition=models.Q(opens_to__in=[NOBODY_MORE, Rung.ORGANISATION, Rung.PUBLIC]),
            ),
        ]


def receipt_for(digest: bytes, opens_to: int, commitment: bytes) -> Receipt:
    """The receipt with this hash, made with a principal of its own if it is new."""
    found: Receipt | None = Receipt.everything.filter(hash=digest).first()
    if found is not None:
        return found
    principal = Principal.objects.create(kind=Principal.Kind.RECEIPT)
    return Receipt.everything.create(
        principal=principal, hash=digest, opens_to=opens_to, commitment=commitment
    )


def receipt_with(digest: bytes) -> Receipt | None:
    """The receipt with this hash; None when there is none or it is burnt: the two are never told apart."""
    found: Receipt | None = Receipt.everything.filter(hash=digest, burnt=False).first()
    return found


def burn(receipt: Receipt) -> None:
    """From now on the receipt opens nothing, for anyone. The words stay; the hash does not."""
    Receipt.everything.filter(id=receipt.id).update(burnt=True, hash=hash_of_nothing())


def hash_of_nothing() -> bytes:
    """A hash that no code has: what stands in the place of a burnt one."""
    return bytes.fromhex(public_id() + public_id())


def open_to(receipt: Receipt, opens_to: int) -> None:
    """How far the words may be opened from now on without asking again."""
    Receipt.everything.filter(id=receipt.id).update(opens_to=opens_to)


def unchained() -> dict[bytes, int]:
    """``{commitment: the receipt's id}`` of all that no entry of the journal holds yet."""
    rows = Receipt.everything.filter(chained_in=None).exclude(commitment=b"")
    return {bytes(one): number for number, one in rows.values_list("id", "commitment")}


def keep_ways(ways: Mapping[int, bytes], entry: int) -> None:
    """Keep each receipt's way to what the entry holds."""
    receipts = Receipt.everything.in_bulk(list(ways))
    for number, way in ways.items():
        receipts[number].way, receipts[number].chained_in = way, entry
    Receipt.everything.bulk_update([receipts[number] for number in ways], ["way", "chained_in"])


def with_commitment() -> Iterator[Receipt]:
    """Every receipt that something is kept with; for checking, one at a time."""
    return Receipt.everything.exclude(commitment=b"").order_by("id").iterator()


def receipts_among(receipt_ids: Iterable[int]) -> dict[int, Receipt]:
    """``{id: receipt}`` of contributions that the caller has, burnt ones too; for asking, never for showing."""
    return Receipt.everything.in_bulk(set(receipt_ids))
