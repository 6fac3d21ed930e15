"""Tries the signatures of a mail ourselves, where no mail server does that for us (DKIM, RFC 6376).

What is tried says which domain vouches for the mail as it came: its words, and whom it says to be from. It says no
more than our own mail server would: see ``proving``.
"""

import logging
import re
import time
from collections import Counter
from typing import Any

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from communis.channels.email.asking_dns import PATIENCE, texts
from communis.channels.email.intake.asked_again import NoAnswer
from communis.channels.email.intake.proving import aligned
from communis.channels.email.parsing.headers import block
from communis.channels.email.parsing.letter import CannotRead
from communis.channels.email.parsing.limits import HEADERS
from communis.journal.moments import SECOND, now

MOST_SIGNATURES = 3
LEAST_BITS = 1024
# In bytes; what is larger has files with it, and waits for its sender anyway.
LARGEST = 2 * 2**20
# The library takes as long as the square of a gap, and a stranger may write as large a one as he likes.
_WIDE_GAP = re.compile(rb"[\t ]{300}")
_GAP_IN_SIGNATURE = re.compile(rb"\s{40}")
_LONGEST_SIGNATURE = 8192
# Programs choose differently between two of them, and a signature may speak of one only.
_ONCE = (
    b"from",
    b"to",
    b"cc",
    b"subject",
    b"date",
    b"reply-to",
    b"content-type",
    b"content-transfer-encoding",
)
# A domain, or a name below one, in small letters.
_NAME = re.compile(rb"[a-z0-9_]([a-z0-9_.-]{0,250}[a-z0-9])?")
_LINES = re.compile(rb"\r?\n")

_log = logging.getLogger("communis.email")


def signed_by(raw: bytes, domain: str) -> bool:
    """Whether the domain, or one that it belongs to, has signed the mail. Raises NoAnswer when DNS does not answer."""
    until = time.monotonic() + PATIENCE
    if len(raw) > LARGEST or _WIDE_GAP.search(raw):
        return False
    try:
        mail = dkim.DKIM(raw, minkey=LEAST_BITS)
        if not _reads_as_one(raw, mail):
            return False
        tried = [number for number, said in enumerate(_signatures(mail)) if _may_count(said, domain)]
    except (dkim.DKIMException, CannotRead, IndexError):
        return False
    nobody_answered: NoAnswer | None = None
    for number in tried[:MOST_SIGNATURES]:
        try:
            if _holds(mail, number, until):
                return True
        except NoAnswer as error:
            nobody_answered = error
    if nobody_answered is not None:
        raise nobody_answered
    return False


def _reads_as_one(raw: bytes, mail: Any) -> bool:
    """Whether what is tried and what is read are the same: one head, one body, and no header twice."""
    head = block(raw, 0, len(raw), most=HEADERS)
    counted = Counter(name.lower() for name, _value in mail.headers)
    same_body = b"\r\n".join(_LINES.split(raw[head.body :])) == mail.body
    return same_body and len(head.fields) == len(mail.headers) and all(counted[name] <= 1 for name in _ONCE)


def _signatures(mail: Any) -> list[dict[bytes, bytes]]:
    """What each says of itself, the topmost first; nothing of one that cannot be understood."""
    found: list[dict[bytes, bytes]] = []
    for name, value in mail.headers:
        if name.lower() == b"dkim-signature":
            try:
                plain = len(value) <= _LONGEST_SIGNATURE and not _GAP_IN_SIGNATURE.search(value)
                found.append(parse_tag_value(value) if plain else {})
            except InvalidTagValueList:
                found.append({})
    return found


def _may_count(said: dict[bytes, bytes], domain: str) -> bool:
    """Whether the signature, if it holds, says what we want to know."""
    signer, selector = said.get(b"d", b"").lower(), said.get(b"s", b"").lower()
    if not _NAME.fullmatch(signer) or not _NAME.fullmatch(selector):
        return False
    # SHA-1 can be forged (RFC 8301), and more can be added below what is counted out (RFC 6376 8.2).
    if said.get(b"a") != b"rsa-sha256" or b"l" in said:
        return False
    ends = said.get(b"x")
    if ends is not None and not (ends.isdigit() and len(ends) < 12 and int(ends) * SECOND > now()):
        return False
    about = {name.strip().lower() for name in said.get(b"h", b"").split(b":")}
    return {b"from", b"subject"} <= about and aligned(signer.decode(), domain)


def _holds(mail: Any, number: int, until: float) -> bool:
    """Raises NoAnswer."""

    def key_at(name: bytes, timeout: float = PATIENCE) -> bytes | None:
        left = until - time.monotonic()
        if left <= 0:
            raise NoAnswer("time is up")
        found = texts(name.decode("ascii"), seconds=left)
        # Of two nobody says which.
        return found[0] if len(found) == 1 and _is_for_mail(found[0], mail) else None

    try:
        return bool(mail.verify(number, dnsfunc=key_at))
    except NoAnswer:
        raise
    except Exception as error:
        # What a stranger has written makes the library fall in ways it does not name.
        _log.info("signature not tried", extra={"error": type(error).__name__})
        return False


def _is_for_mail(key: bytes, mail: Any) -> bool:
    """Whether the key is in earnest, for mail, and for this signer (RFC 6376 3.6.1)."""
    try:
        said = parse_tag_value(key)
    except InvalidTagValueList:
        return False
    flags = {flag.strip() for flag in said.get(b"t", b"").split(b":")}
    services = {service.strip() for service in said.get(b"s", b"*").split(b":")}
    hashes = {name.strip() for name in said.get(b"h", b"sha256").split(b":")}
    signer, whose = mail.signature_fields[b"d"].lower(), mail.signature_fields.get(b"i", b"").lower()
    strict = b"s" in flags and whose and whose.rpartition(b"@")[2] != signer
    return (
        said.get(b"k", b"rsa") == b"rsa"
        and b"y" not in flags
        and bool(services & {b"*", b"email"})
        and b"sha256" in hashes
        and not strict
    )
