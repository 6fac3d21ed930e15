"""Account numbers: bankgiro, plusgiro, bank accounts and IBAN. All but IBAN need a word before them that says so."""

import re
from collections.abc import Iterator

from stdnum import iban

from communis.widening.findings import Kind

_BANKGIRO = re.compile(
    r"(?<![^\W_])(?:bankgiro[^\W\d_]{0,8}|bg)(?![^\W_])[^0-9\n]{0,16}(?P<number>[0-9]{3,4}[- ]?[0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
_PLUSGIRO = re.compile(
    r"(?<![^\W_])(?:(?:plus|post)giro[^\W\d_]{0,8}|pg)(?![^\W_])[^0-9\n]{0,16}"
    r"(?P<number>[0-9][0-9 ]{0,9}-\ ?[0-9]|[0-9]{4,8})(?![0-9])",
    re.IGNORECASE,
)
_BANK = re.compile(
    r"(?<![^\W_])(?:(?:bank)?konto[^\W\d_]{0,8}|clearing[^\W\d_]{0,8}|(?:bank )?account(?: number| no\.?)?)"
    r"[^0-9\n]{0,16}(?P<number>[0-9][0-9 ,.-]{7,28}[0-9])(?![0-9])",
    re.IGNORECASE,
)
# Nine digits: a bookkeeping account has four to six.
_FEWEST = 9
_IBAN = re.compile(
    r"(?<![^\W_])[A-Z]{2}[0-9]{2}(?:(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?|[A-Z0-9]{11,30})(?![^\W_])"
)


def account_numbers(text: str) -> Iterator[tuple[int, int, Kind]]:
    """The places of account numbers in a readable text."""
    for match in _IBAN.finditer(text):
        end = _end_of_iban(match)
        if end:
            yield match.start(), end, Kind.ACCOUNT
    for pattern in (_BANKGIRO, _PLUSGIRO):
        for match in pattern.finditer(text):
            yield *match.span("number"), Kind.ACCOUNT
    for match in _BANK.finditer(text):
        if sum(one.isdigit() for one in match["number"]) >= _FEWEST:
            yield *match.span("number"), Kind.ACCOUNT


def _end_of_iban(match: re.Match[str]) -> int | None:
    """Where the number ends: words in capitals may follow it, group by group."""
    written = match[0]
    while len(written) > 14:
        if iban.is_valid(written, check_country=False):
            return match.start() + len(written)
        written = written.rpartition(" ")[0]
    return None
