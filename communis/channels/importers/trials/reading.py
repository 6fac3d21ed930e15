"""A list as bytes becomes rows of words: UTF-8 or Windows-1252, commas, semicolons or tabs, Swedish or English columns.

Nothing here looks at the database, and no row that cannot be read costs another.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from communis.answers.trials.words import TEXTS, Words, tidy
from communis.answers.verdicts import ReasonKind
from communis.channels.importers.trials.columns import COLUMNS, KINDS, NEEDED, NO, YES
from communis.conversations.refusals import Refused

MOST_BYTES = 5 * 2**20
MOST_ROWS = 5_000
# All but tabs and ends of lines: a spreadsheet may have kept some, and nobody reads them.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Row:
    """One row. ``number`` is what a spreadsheet calls it: the names of the columns are row 1.

    ``words`` is None where ``fault`` says what is wrong. ``unit`` and ``guardian`` as they stand there.
    """

    number: int
    what: str
    words: Words | None = None
    fault: str = ""
    unit: str = ""
    guardian: str = ""


def read(data: bytes, most: int = MOST_ROWS) -> list[Row]:
    """The rows of a list, empty ones left out; ``most`` so many.

    Raises Refused where the whole of it cannot be used.
    """
    if len(data) > MOST_BYTES:
        raise Refused(_("The file is larger than 5 MB. Divide it, and bring in one part at a time."), "file")
    lines = _lines(_text(data))
    heading = next(lines, [])
    columns = [COLUMNS.get(" ".join(name.split()).casefold(), "") for name in heading]
    shown = _shown()
    missing = [shown[column] for column in NEEDED if column not in columns]
    if missing:
        raise Refused(
            _("The first row has to name the columns. These are missing: %(columns)s.")
            % {"columns": ", ".join(missing)},
            "file",
        )
    rows: list[Row] = []
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) == most:
            raise Refused(
                _("The file has more than %(most)d rows. Divide it, and bring in one part at a time.")
                % {"most": most},
                "file",
            )
        rows.append(_row(number, dict(zip(columns, map(_readable, cells), strict=False))))
    return rows


def _shown() -> dict[str, str]:
    return {
        "what": _("What"),
        "place": _("Where"),
        "reason": _("Why"),
        "would_change": _("What would have to change"),
    }


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str) -> Iterator[list[str]]:
    """The cells of each line. Whichever stands most often in the first line is what divides them."""
    first = text.partition("\n")[0]
    divider = max(";,\t", key=first.count)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=divider)


def _readable(cell: str) -> str:
    return _UNREADABLE.sub("", cell).strip()


def _row(number: int, said: dict[str, str]) -> Row:
    what = said.get("what", "")
    try:
        words = tidy(_words(said))
    except Refused as refused:
        return Row(number, what, fault=refused.message)
    return Row(number, words.what, words, unit=said.get("unit", ""), guardian=said.get("guardian", ""))


def _words(said: dict[str, str]) -> Words:
    """Raises Refused where a cell is not what its column is for."""
    year = said.get("year", "")
    if not year:
        found = _YEAR.search(said.get("period", ""))
        year = found[0] if found else ""
    kind = said.get("reason_kind", "").casefold()
    if kind and kind not in KINDS:
        raise Refused(_("“%(words)s” is no kind of reason. Write money, law or other.") % {"words": kind})
    declined = said.get("declined", "").casefold()
    if declined not in YES | NO:
        raise Refused(_("Write yes or no under Declined."))
    review = said.get("review_on", "")
    try:
        review_on = datetime.date.fromisoformat(review) if review else None
    except ValueError as error:
        raise Refused(_("Write the day to look again like 2026-03-31.")) from error
    return Words(
        **{name: said.get(name, "") for name in TEXTS},
        year=int(year) if re.fullmatch(r"[0-9]{4}", year) else 0,
        reason_kind=ReasonKind(KINDS.get(kind, ReasonKind.OTHER)),
        review_on=review_on,
        declined=declined in YES,
    )
