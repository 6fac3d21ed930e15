"""Names and addresses, as the headers that a mail repeats write them."""

import re
from typing import NamedTuple

# More is not looked at.
LONGEST = 10_000

_ADDRESS = re.compile(r"[\w.+%'=/-]{1,64}@[\w.-]{1,255}")
_MAILTO = re.compile(r"(?i)[<\[(]?\s?mailto:([^<>\[\]()\s]{1,320})[>\])]?")
_AROUND = " \t\xa0,;<>()[]\"'“”„«»*_:"


class Correspondent(NamedTuple):
    """Somebody a mail was from or to. ``name`` or ``address`` is empty where it was not said."""

    name: str
    address: str


def correspondents(value: str) -> tuple[Correspondent, ...]:
    """All who are named in the value of a header, in their order."""
    value = _MAILTO.sub(r"<\1>", value[:LONGEST])
    found: list[Correspondent] = []
    position = 0
    for address in _ADDRESS.finditer(value):
        name = value[position : address.start()].strip(_AROUND)
        bare = address[0].strip("'.")
        if name or not found or found[-1].address.casefold() != bare.casefold():
            found.append(Correspondent(name if "@" not in name else "", bare))
        position = address.end()
    return tuple(found) or _names(value)


def _names(value: str) -> tuple[Correspondent, ...]:
    """Inside one organisation programs leave the addresses out."""
    names = [name.strip(_AROUND) for name in value.split(";")]
    return tuple(Correspondent(name, "") for name in names if name)
