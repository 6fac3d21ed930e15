"""Pictures and files: kept below the data folder under random names, read only through the gate."""

import filecmp
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from communis.conversations.gate import places_for
from communis.conversations.models import File, Line, Revision, Share
from communis.conversations.words import Attachment
from communis.journal.ids import public_id
from communis.looking.viewers import Viewer


def folder() -> Path:
    """Where files are kept."""
    return Path(settings.DATA) / "files"


def store(data: bytes) -> str:
    """Keep the bytes durably before any row refers to them (trust G18); returns the name they are kept under."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = public_id()
    with tempfile.NamedTemporaryFile(dir=place, delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.rename(file.name, place / name)
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return name


def stored(stored_as: str) -> bytes:
    """The stored bytes of a file that the caller has from the gate."""
    return (folder() / stored_as).read_bytes()


def same_bytes(stored_as: str, other: str) -> bool:
    """Whether two stored files are one and the same, byte for byte."""
    return filecmp.cmp(folder() / stored_as, folder() / other, shallow=False)


def discard(names: Sequence[str]) -> None:
    """Forget stored bytes, once the transaction holds, unless a contribution carries them."""
    wanted = [name for name in names if name]
    carried = File.everything.filter(Q(stored_as__in=wanted) | Q(small_stored_as__in=wanted))
    kept = {name for pair in carried.values_list("stored_as", "small_stored_as") for name in pair}

    def remove() -> None:
        for name in wanted:
            if name not in kept:
                (folder() / name).unlink(missing_ok=True)

    transaction.on_commit(remove)


def attach(revision: Revision, files: Sequence[Attachment]) -> None:
    """Let the revision carry the files, numbered from 1 in the order given."""
    File.everything.bulk_create(
        File(
            revision=revision,
            number=number,
            name=file.name,
            media_type=file.media_type,
            alternative=file.alternative,
            creator=file.creator,
            licence=file.licence,
            decoration=file.decoration,
            width=file.width,
            height=file.height,
            stored_as=file.stored_as,
            small_stored_as=file.small_stored_as,
        )
        for number, file in enumerate(files, start=1)
    )


def carry_over(before: Revision, after: Revision) -> None:
    """A new revision keeps the files of the one before; the bytes are not copied."""
    for file in File.everything.filter(revision=before):
        file.pk = None
        file.revision = after
        file.save(force_insert=True)


def file_of(line: str, number: int, viewer: Viewer) -> File | None:
    """A file of the revision that the line shows this viewer, or None: hidden and missing alike."""
    share: Share | None = (
        Share.visible.to(viewer)
        .filter(line_id__in=Line.everything.filter(public_id=line).values("id"))
        .first()
    )
    if share is None:
        return None
    return File.everything.filter(revision_id=share.revision_id, number=number).first()


def files_of(revision_ids: Sequence[int]) -> dict[int, list[File]]:
    """``{revision id: its files}`` for revisions that the caller has from the gate."""
    found: dict[int, list[File]] = {}
    if not revision_ids:
        return found
    with connection.cursor() as cursor:
        # Plain for the reason given in anchoring.anchored.
        cursor.execute(
            f"SELECT id FROM communis_file WHERE revision_id IN ({places_for(revision_ids)})", revision_ids
        )
        numbers = [number for (number,) in cursor]
    if not numbers:
        return found
    for file in File.everything.filter(id__in=numbers).order_by("revision_id", "number"):
        found.setdefault(file.revision_id, []).append(file)
    return found


def kept_names() -> Iterator[str]:
    """The names of all bytes that rows refer to, a few at a time."""
    for stored, small in File.everything.values_list("stored_as", "small_stored_as").iterator():
        yield stored
        if small:
            yield small


def named_among(names: Sequence[str]) -> set[str]:
    """Those of the names that some row refers to."""
    stored = File.everything.filter(stored_as__in=names).values_list("stored_as", flat=True)
    small = File.everything.filter(small_stored_as__in=names).values_list("small_stored_as", flat=True)
    return {*stored, *small}
