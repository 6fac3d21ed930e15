"""Addresses a mail can be answered at. An address is worth as much as a key, so only its hash is kept."""

import base64
import hashlib
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from communis.channels.email.models import ReplyAddress
from communis.journal.moments import DAY, now

LASTS = 180 * DAY
_BYTES = 16
# 128 bits in 26 letters and digits, which a mail program may write in capitals.
_LOCAL = re.compile(r"r\.([a-z2-7]{26})")


def reply_address(person_id: int, line_id: int, *, mail: str) -> str:
    """The address at which a person answers a line; the same when it is asked for again for the same mail.

    ``mail`` is the Message-ID of what goes out. Empty where this installation takes no mail.
    """
    if not settings.MAIL_DOMAIN:
        return ""
    # As good as random to all who do not have the installation's key.
    secret = salted_hmac("communis.reply", f"{mail}:{person_id}", algorithm="sha256").digest()
    token = base64.b32encode(secret[:_BYTES]).decode().rstrip("=").lower()
    ReplyAddress.objects.get_or_create(
        hashed=_hashed(token), defaults={"person_id": person_id, "line_id": line_id}
    )
    return f"r.{token}@{settings.MAIL_DOMAIN}"


def reply_address_at(address: str) -> ReplyAddress | None:
    """The reply address that a mail was sent to, if there is one and it has not run out."""
    local, _at, domain = address.strip().lower().rpartition("@")
    found = _LOCAL.fullmatch(local)
    if not settings.MAIL_DOMAIN or domain != settings.MAIL_DOMAIN or found is None:
        return None
    return ReplyAddress.objects.filter(hashed=_hashed(found[1]), made_at__gt=now() - LASTS).first()


def is_ours(address: str) -> bool:
    """Whether mail to the address is taken."""
    return reply_address_at(address) is not None


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
