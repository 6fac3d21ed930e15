"""One value of an export: text in, a number, time, address or name out."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext as _


class Unusable(Exception):
    """A value that makes its entry or comment unusable; the message says why, translated."""


def number(text: str, name: str) -> int | None:
    """A whole number; None where nothing is written. ``name`` is the element, for the reason."""
    if text == "":
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Unusable(_("%(name)s is “%(value)s”, which is not a number") % shown(name, text))
    return int(text)


def identity(text: str, name: str) -> int:
    """A number above 0, without which a second import could not know the thing again."""
    value = number(text, name)
    if not value:
        raise Unusable(_("%(name)s is missing") % {"name": name})
    return value


def moment(universal: str, local: str, name: str, published: str = "") -> datetime | None:
    """When something was written, in UTC; None where nothing says so.

    WordPress writes zeros for "no time". Then comes the blog's own clock, read as UTC because the export does not
    say where the blog was, and last ``published``, the RSS date, which is used only if it can be read.
    """
    for text, element in ((universal, f"{name}_gmt"), (local, name)):
        if text != "" and not text.startswith("0000-00-00"):
            return _written(text, element)
    # WordPress writes "Wed, 30 Nov -0001" for no time, which the parser would take for the year 2000.
    if not re.match(r"\w+, \d{1,2} \w+ \d{4} ", published):
        return None
    try:
        return _universal(parsedate_to_datetime(published))
    except (ValueError, OverflowError):
        return None


def _written(text: str, element: str) -> datetime:
    try:
        return _universal(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise Unusable(_("%(name)s is “%(value)s”, which is not a date") % shown(element, text)) from None


def _universal(written: datetime) -> datetime:
    return written.replace(tzinfo=UTC) if written.tzinfo is None else written.astimezone(UTC)


def shown(name: str, value: str) -> dict[str, str]:
    """The places of a reason: a long value is cut, so that the report stays readable."""
    return {"name": name, "value": value if len(value) <= 60 else value[:60] + "…"}


def address(text: str) -> str:
    """A web address, or "" for anything else: mail addresses are not kept, script addresses not trusted."""
    return text if re.match(r"https?://[^\s<>\"]+\Z", text, re.IGNORECASE) else ""


def login(text: str) -> str:
    """A login name. WordPress allows no angle brackets in one, but stray ones stand beside them in real exports."""
    return text.strip(" <>")


def public_name(text: str) -> str:
    """A commenter's name. Some typed their mail address there, and addresses are not kept."""
    return re.sub(r"(\S+)@\S+\.\S+", r"\1", text)
