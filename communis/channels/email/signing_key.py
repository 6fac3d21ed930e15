"""The key that our mail is signed with, where one is set."""

import smtplib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from communis.database.check import Refusal

# What others take to be safe for years; some refuse less than half of it (RFC 8301 3.2).
LEAST_BITS = 2048


class CannotSign(smtplib.SMTPException):
    """The key cannot be used. To whoever sends it is a mail that could not be sent."""


def private_key() -> bytes:
    """As it stands in its file. Raises CannotSign when it cannot be read, is no key of RSA, or is too short."""
    # Here and not above: it brings what asks DNS, five MiB, and most have no key.
    from dkim.crypto import UnparsableKeyError, parse_pem_private_key

    try:
        key = Path(settings.DKIM_KEY).read_bytes().replace(b"\r\n", b"\n")
        bits = int(parse_pem_private_key(key)["modulus"]).bit_length()
    except (OSError, UnparsableKeyError, ValueError, IndexError) as error:
        raise CannotSign(type(error).__name__) from error
    if bits < LEAST_BITS:
        raise CannotSign(f"{bits} bits")
    return key


def key_refusals() -> Iterator[Refusal]:
    """What is wrong with the key, if one is set: then nothing starts, for no mail would leave."""
    if not settings.DKIM_KEY:
        return
    try:
        private_key()
    except CannotSign as error:
        sentence = _(
            "The key %(file)s in COMMUNIS_DKIM_KEY cannot be used (%(error)s). Make one of %(bits)d bits with "
            "opendkim-genkey, and let the user that runs Communis read it. No mail leaves unsigned."
        )
        yield Refusal("mail_key", sentence % {"file": settings.DKIM_KEY, "error": error, "bits": LEAST_BITS})
