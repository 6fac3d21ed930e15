"""A file's name from a mail, made safe to keep and to offer for saving on any system."""

import re
import unicodedata

from communis.channels.email.parsing.charsets import cleaned

_LONGEST = 120
_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)
_FORBIDDEN = re.compile(r'[<>:"|?*\s]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# For files that come without a name.
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
}


def safe_name(name: str, content_type: str) -> str:
    """At most 120 characters and its ending kept; without folders, signs that turn the direction of writing or
    are forbidden somewhere, leading dots, and the names that Windows keeps for devices. Never empty.
    """
    name = _FOLDERS.sub("", cleaned(name))
    name = _FORBIDDEN.sub(" ", name)
    # Category C also holds the signs that turn the reading direction, which can hide an ending.
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").strip(" .")
    if not name:
        name = "attachment" + _ENDINGS.get(content_type, "")
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST and dot and len(ending) <= 10:
        return stem[: _LONGEST - len(ending) - 1].rstrip(" .") + dot + ending
    return name[:_LONGEST].rstrip(" .")
