"""Signs what goes out, where no mail server of the organisation does (DKIM, RFC 6376).

The signature tells the receiver's server that the mail is from the sender's domain and was not changed on its way.
Where a key is set no mail leaves without one: a mail that cannot be signed waits.
"""

import logging
from email import message_from_bytes
from email.charset import QP, Charset
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr

import dkim
from django.conf import settings

from communis.channels.email.signing_key import CannotSign, private_key

# Signed once more than they stand there: nobody can add one on the way (RFC 6376 8.15).
_ONE_MORE = (
    "from", "to", "cc", "subject", "date", "reply-to", "message-id", "in-reply-to", "references", "mime-version",
    "content-type", "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted",
)  # fmt: skip
_AS_IT_IS = ("content-transfer-encoding", "sender")
# What is eight bits wide may be written otherwise on its way, which would break the signature (RFC 6376 5.3).
_SEVEN_BITS = Charset("utf-8")
_SEVEN_BITS.body_encoding = QP
_AS_SENT = compat32.clone(linesep="\r\n", cte_type="7bit")

# It repeats names and addresses.
logging.getLogger("dkimpy").setLevel(logging.CRITICAL)


def signed(raw: bytes) -> bytes:
    """The mail with a signature of the domain it says to come from. Raises CannotSign."""
    mail = message_from_bytes(raw, policy=_AS_SENT)
    _write_in_seven_bits(mail)
    written = mail.as_bytes(policy=_AS_SENT)
    domain = parseaddr(str(mail["From"]))[1].rpartition("@")[2]
    here = [name.lower() for name in mail]
    names = [name for name in here if name in (*_ONE_MORE, *_AS_IT_IS)]
    try:
        signature = dkim.DKIM(written).sign(
            settings.DKIM_SELECTOR.encode("ascii"),
            domain.encode("ascii"),
            private_key(),
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode("ascii") for name in (*names, *_ONE_MORE)],
        )
    except (dkim.DKIMException, UnicodeEncodeError) as error:
        raise CannotSign(type(error).__name__) from error
    return bytes(signature) + written


def _write_in_seven_bits(mail: Message) -> None:
    for part in mail.walk():
        if part.get("Content-Transfer-Encoding", "").lower() == "8bit" and not part.is_multipart():
            words = part.get_payload(decode=True)
            assert isinstance(words, bytes)
            del part["Content-Transfer-Encoding"]
            part.set_payload(words.decode(part.get_content_charset("utf-8")), _SEVEN_BITS)
