"""Emptying the demonstration's own data folder, and no other."""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from communis.database.other_libraries import has_open
from communis.people.people_here import anyone_here
from communis.web.demonstration_places import forget_places, kept_places

# What a demonstration leaves in its folder. The key stays: nothing depends on its being new.
DATABASE = "communis.sqlite3"
DATABASE_FILES = tuple(f"{DATABASE}{end}" for end in ("", "-wal", "-shm", "-queue", "-writer"))
FOLDERS = ("files", "imports", "mails")


class NotReset(Exception):
    """Nothing was taken away; the message says why, and what to do."""


def empty() -> None:
    """Delete everything said in the demonstration. Raises NotReset for any other folder, and while it is in use."""
    folder = Path(settings.DATA)
    if settings.DATABASES["default"]["NAME"] != str(folder / DATABASE):
        raise NotReset(
            _("The demonstration keeps its words in its own folder. Take DATABASE_URL away, then try again.")
        )
    if kept_places() is None and anyone_here():
        sentence = _(
            "%(folder)s holds no demonstration of this version, so nothing is deleted. "
            "Look what it is, and delete the folder yourself if nobody needs it."
        )
        raise NotReset(sentence % {"folder": folder})
    connections.close_all()
    if (folder / DATABASE).exists() and _in_use(folder / DATABASE):
        raise NotReset(_("The demonstration is running. Stop it first (Ctrl-C), then try again."))
    for name in DATABASE_FILES:
        (folder / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    # Last, so that one that was cut off here can be done again.
    forget_places()


def _in_use(database: Path, proc: Path = Path("/proc")) -> bool:
    """Whether another process holds the file open; those of other users are not seen."""
    for process in proc.glob("[0-9]*"):
        try:
            if process.name != str(os.getpid()) and has_open(process, database):
                return True
        except OSError:
            # It has just ended, or belongs to somebody else.
            continue
    return False
