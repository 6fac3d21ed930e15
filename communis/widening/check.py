"""The check before opening: what a writer may want to know before more people see the words (R39, R41, R62, D24-D32).

Nothing found is kept or logged, nothing is looked up outside, and the same text gives the same answer. The check
helps who wishes to be careful; it does not hold against somebody who wants to get round it.
"""

from collections.abc import Collection, Iterable, Iterator

from communis.openness.rungs import Rung
from communis.widening.account_numbers import account_numbers
from communis.widening.crossing import crossing
from communis.widening.email_addresses import email_addresses
from communis.widening.findings import Finding, Kind
from communis.widening.inventions import inventions
from communis.widening.known_names import KnownNames
from communis.widening.names_found import names_found
from communis.widening.organisation_numbers import organisation_numbers
from communis.widening.personal_numbers import personal_numbers
from communis.widening.quoted_words import NarrowerTexts, quoted_words
from communis.widening.readable import Readable, readable
from communis.widening.sensitive_cases import sensitive_cases
from communis.widening.telephone_numbers import telephone_numbers
from communis.widening.wrongdoing import wrongdoing

LANGUAGES = ("sv", "en")
# Longer than any contribution's visible text.
LONGEST = 200_000

_Place = tuple[int, int, Kind]


def check(
    text: str,
    *,
    rung: Rung,
    names: Iterable[str] | KnownNames = (),
    narrower: Iterable[str] | NarrowerTexts = (),
    written_in: Collection[str] = (),
    read_in: Collection[str] = (),
    languages: Collection[str] = LANGUAGES,
) -> list[Finding]:
    """What stands in the visible text, or in a file's name or alt text, that is to be opened at ``rung``; in order.

    ``names``: full names of persons who have not been asked, or these taken apart already; whoever calls leaves out
    those whom the writer may not know of, else the answer tells that they exist. ``narrower``: visible texts, by
    others, that fewer people see, or these taken apart already.
    ``written_in`` and ``read_in``: the authorities on both sides. ``languages``: whose words to look for.

    Below "all employees" only quotations, borders and wrongdoing are looked for: a letter may name a colleague.
    Raises ValueError when the text is longer than ``LONGEST``.
    """
    if len(text) > LONGEST:
        raise ValueError(f"The check reads at most {LONGEST} characters.")
    plain = readable(text)
    places = [*quoted_words(plain.text, narrower), *wrongdoing(plain.text, languages)]
    if rung >= Rung.ORGANISATION:
        places += _identifying(plain.text, names)
        places += sensitive_cases(plain.text, languages)
    if rung == Rung.PUBLIC:
        places += inventions(plain.text, languages)
    border = crossing(rung, written_in, read_in)
    whole = [Finding(0, 0, border, rung)] if border else []
    return whole + sorted(_finding(plain, place, rung) for place in places)


def _identifying(text: str, names: Iterable[str] | KnownNames) -> list[_Place]:
    """Numbers, addresses and names. Where two would stand on the same characters the first in this order does."""
    found: list[_Place] = []
    taken = bytearray(len(text))
    for places in _in_order(text, names):
        for start, end, kind in places:
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append((start, end, kind))
    return found


def _in_order(text: str, names: Iterable[str] | KnownNames) -> Iterator[Iterator[_Place]]:
    yield personal_numbers(text)
    yield organisation_numbers(text)
    yield email_addresses(text)
    yield account_numbers(text)
    yield telephone_numbers(text)
    yield names_found(text, names if isinstance(names, KnownNames) else KnownNames(names))


def _finding(plain: Readable, place: _Place, rung: Rung) -> Finding:
    start, end, kind = place
    return Finding(*plain.place(start, end), kind, rung)
