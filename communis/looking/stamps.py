"""Stamps: what was worked out while a stamp stood holds for as long as the same stamp stands.

A stamp is a number drawn anew, in the same transaction, whenever what it stands for changes. It is random and not
counted up, so that no stamp ever comes back: not after a transaction that was given up, nor with a restored backup.
"""

import secrets


def new_stamp() -> int:
    """63 random bits, from the system's own source also where tests hold ids still."""
    return secrets.randbits(63)
