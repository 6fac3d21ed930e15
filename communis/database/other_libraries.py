"""Which running programs have the database open with another SQLite library than ours. Linux only."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pysqlite3 import _sqlite3

OURS = os.path.realpath(_sqlite3.__file__)


class Process(NamedTuple):
    id: int
    name: str


def processes_with_another_library(database: Path, proc: Path = Path("/proc")) -> Iterator[Process]:
    """Processes that hold the file open and have not loaded our library; those of other users are not seen."""
    for folder in proc.glob("[0-9]*"):
        try:
            if has_open(folder, database) and OURS not in (folder / "maps").read_text(errors="replace"):
                yield Process(int(folder.name), (folder / "comm").read_text(errors="replace").strip())
        except OSError:
            # It has just ended, or belongs to somebody else.
            continue


def has_open(process: Path, database: Path) -> bool:
    there = os.stat(database)
    for handle in (process / "fd").iterdir():
        try:
            found = os.stat(handle)
        except OSError:
            continue
        if (found.st_dev, found.st_ino) == (there.st_dev, there.st_ino):
            return True
    return False
