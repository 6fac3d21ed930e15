"""Who sent a mail: nothing in it is believed but what our own mail server has found out (RFC 8601, trust 8).

A mail says who it is from as a letter does, and anybody can write that. Our server, which has tried the signature of
the sender's domain (DKIM, DMARC), writes what it found into *Authentication-Results*. That the mail came from a network
the domain allows (SPF) is not enough: who smuggles one mail in another comes from there too.

Where no mail server does that, we can try the signature ourselves (COMMUNIS_MAIL_CHECKED_HERE).
"""

from authres import AuthenticationResultsHeader
from authres.core import AuthResError
from django.conf import settings

from communis.channels.email.intake.asked_again import NoAnswer
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.parsing.letter import Letter, Unreadable
from communis.journal.moments import DAY, now

_HEADER = "authentication-results"
# So long a mail waits for DNS to answer; then its sender is told that it waits for her.
LONGEST_WAIT = DAY


def sender_of(letter: Letter | Unreadable, envelope: Envelope, raw: bytes) -> str | None:
    """The address, in small letters, that the mail really comes from; None when nothing vouches for it.

    Asks DNS where nobody has vouched for it, so never within a transaction. Raises NoAnswer when it does not answer.
    """
    if isinstance(letter, Unreadable) or letter.sender is None or not letter.sender.address:
        return None
    told = proved_sender(letter, trusted=envelope.trusted, server=settings.MAIL_AUTHENTICATED_BY)
    if told is not None or not settings.MAIL_CHECKED_HERE:
        return told
    address = letter.sender.address.lower()
    try:
        return address if signed_here(raw, address.rpartition("@")[2]) else None
    except NoAnswer:
        if now() - envelope.arrived_at < LONGEST_WAIT:
            raise
        return None


def signed_here(raw: bytes, domain: str) -> bool:
    """As ``signatures.signed_by``. Raises NoAnswer."""
    # Here and not above: what asks DNS takes five MiB, and the pages, which read this file too, never ask.
    from communis.channels.email.intake.signatures import signed_by

    return signed_by(raw, domain)


def proved_sender(letter: Letter, *, trusted: bool, server: str) -> str | None:
    """The address, in small letters, that the mail really comes from; None when nothing vouches for it.

    ``trusted``: whether a mail server whose word we take delivered it. ``server``: the name it signs its findings with.
    """
    if letter.sender is None or not letter.sender.address or not trusted or not server:
        return None
    address = letter.sender.address.lower()
    # Our server puts its own above all that came along.
    top = next(iter(letter.header(_HEADER)), "")
    return address if vouched_for(top, address.rpartition("@")[2], server=server) else None


def vouched_for(findings: str, domain: str, *, server: str) -> bool:
    """Whether a value of *Authentication-Results* is our server's, and says that the mail is from the domain."""
    found = _parsed(findings)
    if found is None or _server(found) != server.lower():
        return False
    return any(
        _vouches(
            str(one.method).lower(),
            str(one.result).lower(),
            {f"{said.type}.{said.name}".lower(): str(said.value or "").lower() for said in one.properties},
            domain,
        )
        for one in found.results
    )


def server_of(findings: str) -> str:
    """The name that a value of *Authentication-Results* is signed with, in small letters; empty where there is none."""
    found = _parsed(findings)
    return "" if found is None else _server(found)


def _server(found: AuthenticationResultsHeader) -> str:
    return str(found.authserv_id or "").lower()


def _parsed(findings: str) -> AuthenticationResultsHeader | None:
    try:
        return AuthenticationResultsHeader.parse(f"Authentication-Results: {findings}") if findings else None
    except AuthResError:
        return None


def _vouches(method: str, result: str, said: dict[str, str], domain: str) -> bool:
    if result != "pass":
        return False
    if method == "dmarc":
        return said.get("header.from") == domain
    return method == "dkim" and aligned(said.get("header.d", ""), domain)


def aligned(signer: str, domain: str) -> bool:
    """Signed by the sender's own domain, or by one that it belongs to and that is more than a top level."""
    return signer == domain or ("." in signer and domain.endswith(f".{signer}"))
