"""What is kept of who wrote something behind the scenes: a commitment that only its receipt opens (trust 7).

Beside the words one number is kept: a hash of the words, of who wrote them and of a nonce that follows from the
receipt. The nonce hides who it was from everyone who reads all that is kept, staff list in hand; the hash binds it, so
that nobody else can say later that it was theirs, not even with the receipt.

The words are sent without a session, so who writes has to come with the key to write with. There it is sealed:
only this server can open it, only while that key lies before it, and it keeps neither.
"""

import hashlib
import hmac

from django.utils.crypto import salted_hmac

from communis.openness.receipt_codes import nonce_for

# What is hashed is preceded by these, so that it is never taken for another hash of ours.
AUTHOR = b"communis-credit-author-v1"
WORDS = b"communis-credit-v1"
# Each contribution has a receipt of its own, so the receipt says for which one the nonce is.
ITEM = "credit"


def sealed_author(person: str, secret: str) -> str:
    """Who asks for a key to write with, to be put into that key: 32 hexadecimal digits that tell nothing.

    ``person`` is the public id; ``secret`` is the random part of the key, another one for every key. What holds
    the key together must be signed with it, or someone could put in another person.
    """
    return _turned(person, secret)


def opened_author(sealed: str, secret: str) -> str:
    """The public id that ``sealed_author`` put in. To be used for ``author_part`` at once, and forgotten."""
    return _turned(sealed, secret)


def author_part(code: bytes, person: str) -> bytes:
    """What waits with the words until they appear, and may still be changed: 32 bytes that only the receipt opens.

    ``code`` is the receipt; ``person`` the public id of who writes, 128 bits that one installation drew at random.
    """
    return _author(person, shown_nonce(code))


def commitment(author: bytes, text: str) -> bytes:
    """The 32 bytes to keep, of ``author_part`` and the words as they appear first."""
    return hashlib.sha256(WORDS + hashlib.sha256(text.encode()).digest() + author).digest()


def shown_nonce(code: bytes) -> bytes:
    """What is kept when the author shows who it was, so that whoever sees that can try it."""
    return nonce_for(code, ITEM)


def agrees(kept: bytes, *, text: str, person: str, nonce: bytes) -> bool:
    """Whether this person, these words and this nonce are what was kept then."""
    return hmac.compare_digest(kept, commitment(_author(person, nonce), text))


def _author(person: str, nonce: bytes) -> bytes:
    return hashlib.sha256(AUTHOR + bytes.fromhex(person) + nonce).digest()


def _turned(number: str, secret: str) -> str:
    """Sealed and opened alike: a pad of this server's own for every secret, as long as what it covers."""
    pad = salted_hmac("communis.sealed-author", secret, algorithm="sha256").digest()
    return bytes(one ^ other for one, other in zip(bytes.fromhex(number), pad[:16], strict=True)).hex()
