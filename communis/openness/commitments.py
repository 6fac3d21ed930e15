"""What is kept of who wrote something behind the scenes: a commitment that only its receipt opens (trust 7).

When the words are sent, one number is kept beside them: a hash of the words, of who writes and of a nonce that follows
from the receipt. The nonce hides who it was from everyone who reads all that is kept, staff list in hand; the hash
binds it, so that nobody else can say later that it was theirs, not even with the receipt.

The words are sent without a session, so who writes has to come with the key to write with. There it is sealed:
only this server can open it, only while that key lies before it, and it keeps neither.
"""

import hashlib
import hmac

from django.utils.crypto import salted_hmac

from communis.openness.receipt_codes import lookup_hash, nonce_for

# What is hashed is preceded by this, so that it is never taken for another hash of ours.
PURPOSE = b"communis-credit-v1"


def sealed_author(person: str, secret: str) -> str:
    """Who asks for a key to write with, to be put into that key: 32 hexadecimal digits that tell nothing.

    ``person`` is the public id; ``secret`` is the random part of the key, another one for every key. What holds
    the key together must be signed with it, or someone could put in another person.
    """
    return _turned(person, secret)


def opened_author(sealed: str, secret: str) -> str:
    """The public id that ``sealed_author`` put in. To be used for ``commitment`` at once, and forgotten."""
    return _turned(sealed, secret)


def commitment(code: bytes, text: str, person: str) -> bytes:
    """The 32 bytes to keep with the words. ``code`` is the receipt; ``person`` the public id of who writes."""
    receipt = lookup_hash(code)
    return _hashed(receipt, text, person, nonce_for(code, receipt.hex()))


def shown_nonce(code: bytes) -> bytes:
    """What is kept when the author shows who it was, so that anyone who sees that can try it."""
    return nonce_for(code, lookup_hash(code).hex())


def agrees(kept: bytes, *, receipt: bytes, text: str, person: str, nonce: bytes) -> bool:
    """Whether this person, these words and this nonce were what was kept. ``receipt`` is the hash it is found by."""
    return hmac.compare_digest(kept, _hashed(receipt, text, person, nonce))


def _hashed(receipt: bytes, text: str, person: str, nonce: bytes) -> bytes:
    """Each part has one length, so that no two sets of parts make the same bytes.

    No organisation is among them: the public id of a person is 128 random bits, drawn by one installation.
    """
    words = hashlib.sha256(text.encode()).digest()
    return hashlib.sha256(PURPOSE + receipt + words + bytes.fromhex(person) + nonce).digest()


def _turned(number: str, secret: str) -> str:
    """Sealed and opened alike: a pad of this server's own for every secret, as long as what it covers."""
    pad = salted_hmac("communis.sealed-author", secret, algorithm="sha256").digest()
    return bytes(one ^ other for one, other in zip(bytes.fromhex(number), pad[:16], strict=True)).hex()
