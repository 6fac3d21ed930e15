"""What tells one mail of ours from another: ids, and keys to what can be done with a mail.

All follow from the installation's key, and are another for each recipient: two mails cannot be laid side by side, and
nothing in one leads to what its reader may not see (trust L18).
"""

import base64
import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from communis.journal.moments import DAY

# How long the keys in a mail are good.
LASTS = 180 * DAY
_KEY_BYTES = 16


def host() -> str:
    """The host of the pages."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def message_id(person_id: int, about: str, template: str) -> str:
    """The Message-ID, with < >. The same again for the same thing, by which mail programs know it."""
    secret = salted_hmac("communis.mail", f"{template}:{person_id}:{about}", algorithm="sha256")
    return f"<{secret.hexdigest()[:32]}@{host()}>"


def thread_id(person_id: int, about: str) -> str:
    """What all mails of a person about one conversation answer, with < >. No mail has it itself."""
    return message_id(person_id, about, "thread")


def returns_key(mail: str) -> str:
    """In the address that the mail comes back to when it cannot be delivered. ``mail`` is its Message-ID."""
    return _key("communis.mail-returns", mail)


def stops_key(mail: str) -> str:
    """In the link that stops all mail to the person."""
    return _key("communis.mail-stops", mail)


def reply_key(mail: str, person_id: int) -> str:
    """In the address at which the mail is answered."""
    return _key("communis.reply", f"{mail}:{person_id}")


def begin_key(leads_to: str, by: str) -> str:
    """In the address at which one person begins something new; another for each who may."""
    return _key("communis.begin", f"{leads_to}:{by}")


def hashed(key: str) -> str:
    """What is kept of a key: who has a copy of the database cannot use it."""
    return hashlib.sha256(key.lower().encode()).hexdigest()


def _key(purpose: str, said: str) -> str:
    """128 bits in 26 letters and digits, which a mail program may write in capitals."""
    secret = salted_hmac(purpose, said, algorithm="sha256").digest()
    return base64.b32encode(secret[:_KEY_BYTES]).decode().rstrip("=").lower()
