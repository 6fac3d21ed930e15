"""Files that are not pictures: told by what is in them, taken as downloads, never unpacked (trust T24, FILE-1).

What a document says of its author inside itself is not removed; only pictures are made anew.
"""

import unicodedata
import zipfile
from io import BytesIO
from typing import NamedTuple

from django.utils.translation import gettext as _

from communis.conversations.composed import composed

MOST_BYTES = 20 * 1024 * 1024
_MOST_ENTRIES = 5_000  # in one zipped document
_LONGEST_NAME = 100

_OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "odg": "application/vnd.oasis.opendocument.graphics",
}
_OFFICE = {
    "docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_TEXT = {"txt": "text/plain", "csv": "text/csv"}


class FileRefused(ValueError):
    """The file cannot be taken; the message says why and what to do, for the person who chose it."""


class Document(NamedTuple):
    media_type: str
    extension: str


def document(data: bytes, extension: str) -> Document:
    """What the file is, where its contents are what its extension (lower case, no dot) says. Raises FileRefused."""
    if extension == "pdf" and data.startswith(b"%PDF-"):
        return Document("application/pdf", extension)
    if extension in _TEXT and _is_text(data):
        return Document(_TEXT[extension], extension)
    if extension in _OPEN_DOCUMENT or extension in _OFFICE:
        return Document(_zipped(data, extension), extension)
    if extension in {"pdf", *_TEXT}:
        raise _not_what_it_says(extension)
    raise FileRefused(
        _(
            "Files of this kind cannot be added. Pictures (JPEG, PNG, WebP, GIF, AVIF), PDF, OpenDocument, Word,"
            " Excel, PowerPoint, text and CSV can."
        )
    )


def clean_name(name: str, extension: str) -> str:
    """The name without folders, control characters and old extension, at most 100 characters, and ``extension``."""
    name = composed(name.replace("\\", "/").rsplit("/", 1)[-1])
    # Category C also holds the signs that turn the reading direction, which can hide an extension.
    kept = "".join(one for one in name if unicodedata.category(one)[0] != "C" and one not in '<>:"|?*')
    stem = kept.rsplit(".", 1)[0] if "." in kept else kept
    stem = " ".join(stem.split()).strip(". ")[:_LONGEST_NAME].strip(". ")
    return f"{stem or 'file'}.{extension}"


def extension_of(name: str) -> str:
    """What follows the last full stop, in lower case; empty where there is none."""
    return name.rsplit(".", 1)[1].strip().lower() if "." in name else ""


def _is_text(data: bytes) -> bool:
    """UTF-8, UTF-16 with its mark, or Western; without control characters other than white space."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(one < " " and one not in "\t\n\r\f" for one in text)
    return False


def _zipped(data: bytes, extension: str) -> str:
    """The media type of an OpenDocument or Office file. Only the list of its parts and one short part are read."""
    if not data.startswith(b"PK\x03\x04") or data.count(b"PK\x01\x02") > _MOST_ENTRIES:
        raise _not_what_it_says(extension)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.namelist()
            with archive.open("mimetype" if extension in _OPEN_DOCUMENT else "[Content_Types].xml") as part:
                beginning = part.read(200).decode("utf-8", "replace").strip()
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _not_what_it_says(extension) from error
    if any(part.lower().endswith("vbaproject.bin") or part.startswith("Basic/") for part in parts):
        raise FileRefused(
            _("This document holds macros, small programs. Save it without macros, then add it again.")
        )
    if extension in _OPEN_DOCUMENT:
        if beginning == _OPEN_DOCUMENT[extension]:
            return beginning
        raise _not_what_it_says(extension)
    folder, media_type = _OFFICE[extension]
    if any(part.startswith(folder) for part in parts):
        return media_type
    raise _not_what_it_says(extension)


def _not_what_it_says(extension: str) -> FileRefused:
    return FileRefused(
        _(
            "The name ends in .%(extension)s, but the file is something else or damaged. Save it again, then add it."
        )
        % {"extension": extension}
    )
