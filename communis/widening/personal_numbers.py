"""Swedish personal numbers and coordination numbers, in every way people write them (D32).

A number is one when its date is a day and its last digit is right; or when the words before it say that it is one, as
a mistyped number gives away as much. A coordination number has 60 added to its day. Whether the person exists is
not asked, and nobody is looked up.
"""

import re
from calendar import monthrange
from collections.abc import Iterator

import phonenumbers
from stdnum import luhn

from communis.widening.findings import Kind
from communis.widening.number_labels import COUNTED, PERSONAL, for_calling, labelled

# Looked for at every place where a number begins, also inside what another match covers.
_WRITTEN = re.compile(
    r"""(?<![0-9])(?=(
        (?P<century>18|19|20)?
        (?P<year>[0-9]{2}) (?P<apart>[-./\ ]?) (?P<month>[0-9]{2}) (?P=apart) (?P<day>[0-9]{2})
        (?P<between>\ ?[-+]\ ?|\ |\n|)
        (?P<last>[0-9]{4}|(?<=[-+])[0-9]{2}\ [0-9]{2})
        (?![0-9]) (?!-[0-9]{2}-?[0-9])
    ))""",
    re.VERBOSE,
)
# The number of a one-person firm stands inside its VAT number.
_VAT = re.compile(r"(?<![^\W_])SE[ -]?(?=[0-9])(?P<number>[0-9]{6}-?[0-9]{4})-?01(?![0-9])", re.IGNORECASE)
# A run of digits glued to letters is part of a code, unless the letters say that it is a number of someone.
_GLUED = re.compile(r"(?<![^\W_])(?:pnr|personnr|personnummer|id|nr|pn|p)$", re.IGNORECASE)
_STAMP = re.compile(r"(?:img|dsc|vid|pxl|scan|backup|log|screenshot)[_-]$", re.IGNORECASE)


def personal_numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """The places of personal and coordination numbers in a readable text, in order."""
    ended = 0
    for match in _all_written(text):
        start, end = match.span(1)
        if start < ended:
            continue
        kind = _kind(text, match)
        if kind:
            yield start, end, kind
            ended = end


def in_vat_number(digits: str) -> Kind | None:
    """Which kind of number of a person the ten digits of an organisation or VAT number are, if any."""
    kind = _of_date(digits[0:2], digits[2:4], digits[4:6], century=None)
    return kind if kind and digits[6:9] != "000" and luhn.is_valid(digits) else None


def vat_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """The places of the ten digits in VAT numbers, and the digits."""
    for match in _VAT.finditer(text):
        yield *match.span("number"), match["number"].replace("-", "")


def _all_written(text: str) -> Iterator[re.Match[str]]:
    return _WRITTEN.finditer(text)


def _kind(text: str, match: re.Match[str]) -> Kind | None:
    kind = _of_date(match["year"], match["month"], match["day"], match["century"])
    last = match["last"].replace(" ", "")
    if kind is None or last.startswith("000"):
        return None
    start, end = match.span(1)
    right = luhn.is_valid(match["year"] + match["month"] + match["day"] + last)
    if not right and not labelled(text, start, PERSONAL):
        return None
    if not match["apart"] and not match["between"] and not _may_be_bare(text, match, kind):
        return None
    return None if _glued_after(text, end) else kind


def _may_be_bare(text: str, match: re.Match[str], kind: Kind) -> bool:
    """Ten or twelve digits in a row are also how machines count: what stands around them decides."""
    start, end = match.span(1)
    before = text[max(0, start - 20) : start]
    glued = before[-1:].isalnum() or (before[-1:] in {"-", "/", ".", ":"} and before[-2:-1].isdigit())
    if (glued and not _GLUED.search(before)) or _STAMP.search(before):
        return False
    if match["century"] or labelled(text, start, PERSONAL):
        return True
    if labelled(text, start, COUNTED):
        return False
    return not (_is_mobile(match[1]) and (kind == Kind.COORDINATION_NUMBER or for_calling(text, start, end)))


def _is_mobile(digits: str) -> bool:
    return digits.startswith("07") and phonenumbers.is_valid_number(phonenumbers.parse(digits, "SE"))


def _glued_after(text: str, end: int) -> bool:
    return text[end : end + 1].isalnum()


def _of_date(year: str, month: str, day: str, century: str | None) -> Kind | None:
    """The kind that a date has, or None when it is no date. Without a century 29 February needs only a fourth year."""
    full, number = int((century or "20") + year), int(day)
    if not 1 <= int(month) <= 12:
        return None
    days = monthrange(full, int(month))[1]
    if 1 <= number <= days:
        return Kind.PERSONAL_NUMBER
    return Kind.COORDINATION_NUMBER if 61 <= number <= 60 + days else None
