"""A file's name from a mail, made safe to keep and to offer for saving on any system."""

import mimetypes
import re
import unicodedata

from communis.channels.email.parsing.charsets import cleaned

_LONGEST = 120
_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)
_FORBIDDEN = re.compile(r'[<>:"|?*\s]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_KINDS = mimetypes.MimeTypes(filenames=())  # only what Python knows: the same on every machine


def safe_name(name: str, content_type: str) -> str:
    """At most 120 characters and its ending kept; without folders, signs that turn the direction of writing or
    are forbidden somewhere, leading dots, and the names that Windows keeps for devices. Never empty.
    """
    name = _FOLDERS.sub("", cleaned(name))
    name = "".join(sign for sign in name if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    name = _FORBIDDEN.sub(" ", name).strip(" .")
    if not name:
        name = "attachment" + _ending(content_type)
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST and dot and len(ending) <= 10:
        return stem[: _LONGEST - len(ending) - 1].rstrip(" .") + dot + ending
    return name[:_LONGEST].rstrip(" .")


def _ending(content_type: str) -> str:
    if content_type == "message/rfc822":
        return ".eml"
    return _KINDS.guess_extension(content_type) or ""
