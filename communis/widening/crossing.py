"""Whether an opening leaves the authority it was written in: then the words become an official document (D3, D5)."""

from collections.abc import Collection

from communis.openness.rungs import Rung
from communis.widening.findings import Kind


def crossing(rung: Rung, written_in: Collection[str], read_in: Collection[str]) -> Kind | None:
    """The border that is crossed. Authorities by name, as circles give them (``Circle.authority``); empty is unknown.

    An opening to all employees alone crosses none: the page has its standing line on record status (rulings).
    """
    if rung == Rung.PUBLIC:
        return Kind.OUTSIDE
    inside = {_same(name) for name in written_in} - {""}
    others = {_same(name) for name in read_in} - {""}
    return Kind.OTHER_AUTHORITY if inside and others - inside else None


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()
