"""Addresses a mail can be answered at. An address is worth as much as a key, so only its hash is kept."""

import re

from django.conf import settings

from communis.channels.email.mail_ids import LASTS, hashed, reply_key
from communis.channels.email.models import ReplyAddress
from communis.journal.moments import now

_LOCAL = re.compile(r"r\.([a-z2-7]{26})")


def reply_address(person_id: int, line_id: int, *, mail: str, outgoing: int | None = None) -> str:
    """The address at which a person answers a line; the same when it is asked for again for the same mail.

    ``mail`` is the Message-ID of what goes out, ``outgoing`` its number. Empty where this installation takes no mail.
    """
    if not settings.MAIL_DOMAIN:
        return ""
    key = reply_key(mail, person_id)
    ReplyAddress.objects.get_or_create(
        hashed=hashed(key), defaults={"person_id": person_id, "line_id": line_id, "outgoing_id": outgoing}
    )
    return f"r.{key}@{settings.MAIL_DOMAIN}"


def reply_address_at(address: str) -> ReplyAddress | None:
    """The reply address that a mail was sent to, if there is one and it has not run out."""
    local, _at, domain = address.strip().lower().rpartition("@")
    found = _LOCAL.fullmatch(local)
    if not settings.MAIL_DOMAIN or domain != settings.MAIL_DOMAIN or found is None:
        return None
    return ReplyAddress.objects.filter(hashed=hashed(found[1]), made_at__gt=now() - LASTS).first()
