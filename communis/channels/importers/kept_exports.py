"""Uploaded exports, kept until they have been brought in: they hold addresses of people outside, so no longer."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from communis.journal.ids import public_id


def folder() -> Path:
    """Beside the pictures and files, not among them: nothing here is ever served."""
    return Path(settings.DATA) / "imports"


def keep(pieces: Iterable[bytes]) -> str:
    """Keep the bytes durably, a piece at a time; returns the name they are kept under."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = public_id()
    with tempfile.NamedTemporaryFile(dir=place, delete=False) as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    os.rename(file.name, place / name)
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return name


def place_of(stored_as: str) -> Path:
    """Where an export is kept."""
    return folder() / stored_as


def forget(stored_as: str) -> None:
    """Delete it; once it is gone, doing so again does nothing."""
    place_of(stored_as).unlink(missing_ok=True)
