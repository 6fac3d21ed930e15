"""What an import says of itself: read, added, already there, refused; by kind."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

# Of a thousand faults nobody reads more; the total tells the rest.
REFUSALS_KEPT = 1_000

KINDS = ("posts", "pages", "comments", "pingbacks", "trackbacks", "authors")


@dataclass
class Report:
    """Counts by kind. ``held`` waits for a steward, ``drafts`` lie with the steward who imported."""

    read: dict[str, int] = field(default_factory=dict)
    added: Counter[str] = field(default_factory=Counter)
    already_there: Counter[str] = field(default_factory=Counter)
    drafts: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, str]] = field(default_factory=list)
    refused_total: int = 0
    source: str = ""  # the blog's address, or its title

    def as_dict(self) -> dict[str, Any]:
        """As ``--json`` prints it and the page shows it."""
        left_out = {kind: count for kind, count in self.read.items() if kind not in KINDS}
        return {
            "read": {kind: self.read.get(kind, 0) for kind in KINDS},
            "added": {kind: self.added[kind] for kind in KINDS},
            "already_there": {kind: self.already_there[kind] for kind in KINDS},
            "refused": self.refused,
            "refused_total": self.refused_total,
            "source": self.source,
            "drafts": dict(self.drafts),
            "held": dict(self.held),
            "left_out": left_out,
        }
