"""Addresses a mail can be answered at. An address is worth as much as a key, so only its hash is kept."""

import re
from typing import Any

from django.conf import settings

from communis.channels.email.mail_ids import LASTS, hashed, reply_key
from communis.channels.email.models import ReplyAddress
from communis.journal.moments import now

Does = ReplyAddress.Does
_LOCAL = re.compile(r"r\.([a-z2-7]{26})")


def reply_address(
    person_id: int,
    line_id: int,
    *,
    mail: str,
    outgoing: int | None = None,
    does: ReplyAddress.Does = Does.ANSWERS,
    ask: int | None = None,
) -> str:
    """The address at which a person answers a line; the same when it is asked for again for the same mail.

    ``mail`` is the Message-ID of what goes out, ``outgoing`` its number. Empty where this installation takes no mail.
    """
    about = {"line_id": line_id, "outgoing_id": outgoing, "does": does, "ask_id": ask}
    return _address(reply_key(mail, person_id), person_id, about)


def consent_address(person_id: int, widening_id: int, page: str, *, mail: str, outgoing: int) -> str:
    """The address at which a person answers about an opening, as the page with this hash shows it.

    Another page has another address, also where the same mail is sent once more.
    """
    about = {"widening_id": widening_id, "page": page, "outgoing_id": outgoing, "does": Does.CONSENTS}
    return _address(reply_key(f"{mail}:{page}", person_id), person_id, about)


def _address(key: str, person_id: int, about: dict[str, Any]) -> str:
    if not settings.MAIL_DOMAIN:
        return ""
    made = ReplyAddress(hashed=hashed(key), person_id=person_id, **about)
    # The same mail, sent again, has the same address.
    ReplyAddress.objects.bulk_create([made], ignore_conflicts=True)
    return f"r.{key}@{settings.MAIL_DOMAIN}"


def reply_address_at(address: str) -> ReplyAddress | None:
    """The reply address that a mail was sent to, if there is one and it has not run out."""
    local, _at, domain = address.strip().lower().rpartition("@")
    found = _LOCAL.fullmatch(local)
    if not settings.MAIL_DOMAIN or domain != settings.MAIL_DOMAIN or found is None:
        return None
    return ReplyAddress.objects.filter(hashed=hashed(found[1]), made_at__gt=now() - LASTS).first()
