"""Public ids: 128 random bits that carry no time and no order (trust G8). The source is injectable (G16)."""

import secrets
from collections.abc import Callable


def random_id() -> str:
    """128 bits from the system's secure source, as 32 hexadecimal digits."""
    return secrets.token_hex(16)


_source: Callable[[], str] = random_id


def public_id() -> str:
    """A new id of 32 hexadecimal digits."""
    return _source()


def use_ids(source: Callable[[], str]) -> None:
    """Replace the source of ids; only tests do, to compare worlds byte by byte."""
    global _source
    _source = source
