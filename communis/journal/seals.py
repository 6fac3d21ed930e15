"""The hash chain over the journal. The worker seals entries in batches, so that no writer waits for it."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction

from communis.journal.models import Entry, Seal
from communis.journal.moments import MINUTE, now

# Entries may commit out of the order of their numbers on PostgreSQL; a minute lets the stragglers in.
SETTLED = MINUTE
BATCH = 10_000


class Fault(NamedTuple):
    """Where the journal is not what was sealed: the entry's number, and what is wrong in one word."""

    entry: int
    what: str


def seal() -> int:
    """Seal what has settled since the last seal. Returns how many entries were sealed."""
    with transaction.atomic():
        last = Seal.objects.select_for_update().order_by("-id").first()
        after = last.last_entry if last else 0
        waiting = Entry.objects.filter(id__gt=after, at__lte=now() - SETTLED).order_by("id")
        commitments = [
            (number, bytes(one)) for number, one in waiting.values_list("id", "commitment")[:BATCH]
        ]
        if not commitments:
            return 0
        numbers = [number for number, _ in commitments]
        Seal.objects.create(
            first_entry=numbers[0],
            last_entry=numbers[-1],
            entries=numbers,
            digest=_link(bytes(last.digest) if last else b"", commitments),
            at=now(),
        )
        return len(numbers)


def verify() -> list[Fault]:
    """Every place where the journal differs from its chain; empty when all is well."""
    faults: list[Fault] = []
    before = b""
    for sealed in Seal.objects.order_by("id").iterator():
        found = {
            entry.id: entry
            for entry in Entry.objects.filter(id__gte=sealed.first_entry, id__lte=sealed.last_entry)
        }
        faults += [Fault(number, "missing") for number in sealed.entries if number not in found]
        faults += [Fault(number, "added") for number in sorted(found.keys() - set(sealed.entries))]
        faults += [
            Fault(entry.id, "changed")
            for entry in found.values()
            if entry.salt is not None and entry.committed() != bytes(entry.commitment)
        ]
        commitments = [
            (number, bytes(found[number].commitment)) for number in sealed.entries if number in found
        ]
        digest = _link(before, commitments)
        if digest != bytes(sealed.digest) and not any(fault.entry in sealed.entries for fault in faults):
            faults.append(Fault(sealed.first_entry, "resealed"))
        before = bytes(sealed.digest)
    return faults


def stands(entry: Entry) -> bool:
    """Whether one entry is what was written and the seal over it is over that; not yet sealed, it has none.

    Looks at one batch. That the seals hold together, and no later one was made anew, ``verify`` finds.
    """
    if entry.committed() != bytes(entry.commitment):
        return False
    over = Seal.objects.filter(first_entry__lte=entry.id, last_entry__gte=entry.id).first()
    if over is None:
        return True
    before = Seal.objects.filter(id__lt=over.id).order_by("-id").first()
    rows = Entry.objects.filter(id__in=over.entries).order_by("id").values_list("id", "commitment")
    commitments = [(number, bytes(one)) for number, one in rows]
    sealed = _link(bytes(before.digest) if before else b"", commitments)
    return entry.id in over.entries and sealed == bytes(over.digest)


def verify_unsealed() -> Iterator[Fault]:
    """The entries that no seal covers yet and that are not what was written, one at a time."""
    last = Seal.objects.order_by("-id").first()
    for entry in Entry.objects.filter(id__gt=last.last_entry if last else 0).iterator():
        if entry.salt is not None and entry.committed() != bytes(entry.commitment):
            yield Fault(entry.id, "changed")


def _link(before: bytes, commitments: list[tuple[int, bytes]]) -> bytes:
    chain = hashlib.sha256(before)
    for number, committed in commitments:
        chain.update(number.to_bytes(8, "big") + committed)
    return chain.digest()
