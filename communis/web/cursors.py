"""Where the next page of a list begins: opaque to people, and made only of what the page before showed."""

from typing import Any

from django.core.signing import BadSignature, Signer

# Signed, so that nobody can ask about a row that was never shown. No time in it: equal pages stay equal.
_signer = Signer(salt="communis.cursor")


def cursor(*shown: int | str) -> str:
    """The place after a row, of which these values were shown."""
    return _signer.sign_object(list(shown))


def place(written: str, length: int) -> list[Any] | None:
    """The values of a cursor, or None (the beginning) when it is not one of ours."""
    try:
        shown = _signer.unsign_object(written) if written else None
    except (BadSignature, ValueError):
        return None
    return shown if isinstance(shown, list) and len(shown) == length else None
