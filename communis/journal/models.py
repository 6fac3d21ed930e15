"""What happened: verbs and plain ids, never words, never a hidden author. Rows are only ever added."""

import hashlib
import json

from django.db import models


class Entry(models.Model):
    """One thing that was done. Written by the action, in the action's transaction.

    ``person_id`` and the ids in ``about`` are plain numbers, not foreign keys: the journal lies at the
    bottom and knows none of the tables above it.
    """

    verb = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True)
    about = models.JSONField(default=dict)
    at = models.BigIntegerField()
    # Erasing an entry deletes its salt: the commitment stays in the chain and tells nothing (gate rule 29).
    salt = models.BinaryField(max_length=16, null=True)
    commitment = models.BinaryField(max_length=32)
    # Those above the journal react afterwards; null while they have not (docs/decisions/0002).
    reacted_at = models.BigIntegerField(null=True)
    # How often a reaction has failed, and when it is tried again.
    failures = models.SmallIntegerField(default=0)
    retry_at = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="entry_waiting", condition=models.Q(reacted_at=None)),
        ]

    def committed(self) -> bytes:
        """SHA-256 over the salt and what the entry says; equal to ``commitment`` unless someone changed it."""
        return commitment(bytes(self.salt or b""), self.verb, self.person_id, self.about, self.at)


class Seal(models.Model):
    """A link of the hash chain over a batch of entries, forged by the worker (gate rule 29)."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    entries = models.JSONField()
    digest = models.BinaryField(max_length=32)
    at = models.BigIntegerField()


def commitment(salt: bytes, verb: str, person_id: int | None, about: dict[str, object], at: int) -> bytes:
    """SHA-256 over the salt and the canonical JSON of what an entry says."""
    said = json.dumps([verb, person_id, about, at], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(salt + said.encode()).digest()
