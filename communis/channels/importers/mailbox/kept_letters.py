"""The mails of one run, put by on disk until their threads are known: a mailbox may be larger than the memory."""

import json
import tempfile
from types import TracebackType
from typing import NamedTuple, Self

from communis.channels.importers.kept_exports import folder


class Kept(NamedTuple):
    """What is needed of a mail that is brought in. ``left_out``: of which kind it is, when no person wrote it."""

    left_out: str
    name: str
    mailing_list: str
    subject: str
    text: str | None
    html: str | None
    files: tuple[str, ...]
    # Microseconds since 1970: the mail's own moment, else that of the mail before it in the mailbox.
    date: int | None


class KeptLetters:
    """One file without a name in the data folder, where the words of others are closed; gone with the process."""

    def __enter__(self) -> Self:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = tempfile.TemporaryFile(dir=folder())
        self._starts: dict[str, int] = {}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put_by(self, place: str, kept: Kept) -> None:
        """Keep what was read at this place of the mailbox."""
        self._starts[place] = self._file.seek(0, 2)
        self._file.write(json.dumps(kept).encode() + b"\n")

    def at(self, place: str) -> Kept:
        """What was put by there."""
        self._file.seek(self._starts[place])
        values = json.loads(self._file.readline())
        kept = Kept(*values)
        return kept._replace(files=tuple(kept.files))
