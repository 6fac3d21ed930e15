"""The codes of receipts: how they are written, read back and kept.

A receipt is the only key to what was said behind the scenes (trust 7), so nobody but its holder keeps it. People read
it from paper and type it: 28 letters and digits in seven groups, *7K3M-9QWE-…*, in the alphabet of Crockford's
base 32, where no two signs look alike. The first 26 are 130 random bits. The last two are a check: the number that
the 26 make, modulo 1021. As 1021 is a prime, one wrong sign and two
neighbours that changed places are always found.

``static/js/receipt-code.js`` makes the same codes in the browser. Change both or neither.
"""

import hashlib
import hmac
from collections.abc import Sequence

from django.utils.translation import gettext as _

from communis.journal.ids import public_id

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 130
RANDOM_SIGNS = 26
CHECK_SIGNS = 2
SIGNS = RANDOM_SIGNS + CHECK_SIGNS
GROUP = 4
MODULUS = 1021
# What the eye and the hand mistake for each other.
_FORGIVEN = str.maketrans("OIL", "011")
# Between the groups people write what they like, or nothing. What cannot be printed does not count either.
_BETWEEN = frozenset(" -_.:,·–—−‐")


class NotAReceipt(Exception):
    """What was typed cannot be a receipt; the message says what to do, in the person's language.

    It follows from what was typed alone: it never says whether such a receipt is kept.
    """


def new_code() -> str:
    """A new receipt as it is shown: seven groups of four."""
    return written((int(public_id() + public_id(), 16) >> (256 - BITS)).to_bytes(17, "big"))


def written(code: bytes) -> str:
    """The receipt as it is shown, from what ``parse`` returns."""
    number = int.from_bytes(code, "big")
    signs = _signs(number, RANDOM_SIGNS) + _signs(number % MODULUS, CHECK_SIGNS)
    return "-".join(signs[start : start + GROUP] for start in range(0, SIGNS, GROUP))


def parse(text: str) -> bytes:
    """The 17 bytes of the receipt someone typed. Case, spaces, O for 0 and I or L for 1 are forgiven.

    Raises NotAReceipt.
    """
    typed = [sign for sign in text[:200] if sign.isprintable() and sign not in _BETWEEN]
    signs = [sign.upper().translate(_FORGIVEN) for sign in typed]
    for sign, as_typed in zip(signs, typed, strict=True):
        # A string of two is in the alphabet too: ß is SS in capitals.
        if len(sign) != 1 or sign not in ALPHABET:
            raise NotAReceipt(
                _("A receipt has no “%(sign)s”. Compare with what you kept.") % {"sign": as_typed}
            )
    if len(signs) != SIGNS:
        raise NotAReceipt(
            _("A receipt has %(right)d letters and digits. You wrote %(count)d. Compare with what you kept.")
            % {"right": SIGNS, "count": len(signs)}
        )
    number, check = _number(signs[:RANDOM_SIGNS]), _number(signs[RANDOM_SIGNS:])
    if number % MODULUS != check:
        raise NotAReceipt(
            _("A letter or digit is wrong, or two have changed places. Compare with what you kept.")
        )
    return number.to_bytes(17, "big")


def lookup_hash(code: bytes) -> bytes:
    """What is kept of a receipt, and found by: 32 bytes.

    A slow hash is for secrets that people choose. These are 130 random bits: whoever holds the hash and tries
    10¹² codes a second needs 10¹⁹ years, so a slow one would cost the server and protect nobody.
    """
    return hashlib.sha256(b"communis-receipt-lookup-v1" + code).digest()


def nonce_for(code: bytes, item: str) -> bytes:
    """The 32 bytes that hide a commitment to this item (trust 7): HKDF-SHA-256 of the receipt (RFC 5869).

    Showing the nonce of one item tells neither the receipt nor the nonce of another.
    """
    extracted = hmac.digest(b"communis-receipt-v1", code, "sha256")
    return hmac.digest(extracted, b"nonce" + item.encode() + b"\x01", "sha256")


def _signs(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in reversed(range(length)))


def _number(signs: Sequence[str]) -> int:
    number = 0
    for sign in signs:
        number = number * 32 + ALPHABET.index(sign)
    return number
