"""Where things are in the demonstration: kept in its data folder when it is built, for the page "Try as".

That the file is there is also what makes a data folder a demonstration's.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

# The same in every demonstration, and printed on the page "Try as": whoever visits can be the author of the words
# behind the scenes there. Real receipts are random, and nobody but their holder has them.
RECEIPT = "AV1N-GE00-BR0G-ATAN-AVAG-EN11-0003"


@dataclass(frozen=True)
class Places:
    """The language people speak there, conversations by name, and the opening that waits for Elin: public ids."""

    language: str
    conversations: dict[str, str]
    widening: str


def keep_places(places: Places) -> None:
    """Write them down, in place of earlier ones."""
    _file().write_text(json.dumps(asdict(places)), encoding="utf-8")


def kept_places() -> Places | None:
    """What was written down; None where no demonstration was built."""
    try:
        return Places(**json.loads(_file().read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def forget_places() -> None:
    """Nothing is built here any more."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.DATA) / "demonstration.json"
