"""What an import of mails says of itself. Every mail is read once, and is in one of the counts below ``read``."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from communis.channels.importers.reports import REFUSALS_KEPT


@dataclass
class MailReport:
    """Counts of mails, but for ``conversations`` (that began) and ``files`` (that did not come along)."""

    read: int = 0
    added: int = 0
    conversations: int = 0
    already_there: int = 0
    twice: int = 0  # in this mailbox
    left_out: Counter[str] = field(default_factory=Counter)  # by kind: what no person wrote
    refused: list[dict[str, str]] = field(default_factory=list)
    refused_total: int = 0
    files: list[dict[str, str]] = field(default_factory=list)
    files_total: int = 0

    def refuse(self, where: str, why: str) -> None:
        """A mail that cannot be brought in, and the reason."""
        if len(self.refused) < REFUSALS_KEPT:
            self.refused.append({"where": where, "why": why})
        self.refused_total += 1

    def leave_file(self, where: str, name: str) -> None:
        """A file that stays in the mailbox."""
        if len(self.files) < REFUSALS_KEPT:
            self.files.append({"where": where, "name": name})
        self.files_total += 1

    def as_dict(self) -> dict[str, Any]:
        """As ``--json`` prints it."""
        return {
            "read": {"mails": self.read},
            "added": {"mails": self.added, "conversations": self.conversations},
            "already_there": {"mails": self.already_there},
            "twice": self.twice,
            "left_out": dict(sorted(self.left_out.items())),
            "refused": self.refused,
            "refused_total": self.refused_total,
            "files": self.files,
            "files_total": self.files_total,
        }
