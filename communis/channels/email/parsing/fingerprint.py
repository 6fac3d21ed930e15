"""By what a mail is known when it comes twice; its Message-ID alone anyone can write (trust section 8)."""

import hashlib
import re

from communis.channels.email.parsing.headers import block
from communis.channels.email.parsing.letter import CannotRead
from communis.channels.email.parsing.limits import HEADERS

# What servers on the way and mail programs afterwards write into the same mail.
_OF_THE_WAY = re.compile(
    r"received|return-path|arc-.*|authentication-results|delivered-to|envelope-to|x-original-to|x-received"
    r"|status|x-status|x-keywords|x-uid|x-uidl|x-mozilla-.*|x-gmail-labels|x-gm-.*|x-account-key|lines"
)


def fingerprint(raw: bytes) -> bytes:
    """SHA-256 (32 bytes) of the mail without what was added on its way, whatever its line ends."""
    try:
        headers = block(raw, 0, len(raw), most=HEADERS)
    except CannotRead:
        return hashlib.sha256(raw).digest()
    known = hashlib.sha256()
    for field in headers.fields:
        if not _OF_THE_WAY.fullmatch(field.name):
            known.update(b"%s:%s\n" % (field.name.encode(), b" ".join(field.value.split())))
    known.update(b"\n" + raw[headers.body :].replace(b"\r\n", b"\n").rstrip(b"\n"))
    return known.digest()
