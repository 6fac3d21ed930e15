"""E-mail addresses."""

import re
from collections.abc import Iterator

from communis.widening.findings import Kind

# Each is matched from an at sign, outwards and no further than an address may reach: the first one backwards.
_BEFORE = re.compile(r"[\w.+%'-]{1,64}")
_AFTER = re.compile(r"[^\W_](?:[\w-]{0,62}[^\W_])?(?:\.[^\W_](?:[\w-]{0,62}[^\W_])?){1,6}")


def email_addresses(text: str) -> Iterator[tuple[int, int, Kind]]:
    """The places of e-mail addresses in a readable text."""
    sign = text.find("@")
    while sign >= 0:
        before = _BEFORE.match(text[max(0, sign - 64) : sign][::-1])
        after = _AFTER.match(text, sign + 1)
        if before and after:
            yield sign - before.end(), after.end(), Kind.EMAIL
        sign = text.find("@", sign + 1)
