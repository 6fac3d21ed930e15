"""The addresses of a check: one that its mail goes to, and one that it comes back to when nobody takes it."""

import re

from django.conf import settings

from communis.channels.email.mail_ids import hashed
from communis.channels.email.models import MailCheck
from communis.journal.moments import HOUR, now

# How long they are good.
LASTS = HOUR
_LOCAL = re.compile(r"t\.([a-z2-7]{26})", re.IGNORECASE)


def check_at(address: str) -> MailCheck | None:
    """The check whose mail goes to the address, or comes back to it; None when there is none, or it is over."""
    key = key_in(address)
    if not key:
        return None
    lately = MailCheck.objects.filter(sent_at__gt=now() - LASTS)
    return lately.filter(key=hashed(key)).first() or lately.filter(returns=hashed(key)).first()


def key_in(address: str) -> str:
    """The key in an address of this shape; empty where it has another."""
    local, _at, domain = address.strip().rpartition("@")
    found = _LOCAL.fullmatch(local)
    ours = bool(settings.MAIL_DOMAIN) and domain.lower() == settings.MAIL_DOMAIN
    return found[1] if found and ours else ""


def answered_at() -> str:
    """In the shape of an address at which a mail is answered, and nobody's: it shows whether such a one survives."""
    return f"r.{'a' * 26}@{settings.MAIL_DOMAIN}"
