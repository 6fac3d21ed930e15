"""Who sent a mail: nothing in it is believed but what our own mail server has found out (RFC 8601, trust 8).

A mail says who it is from as a letter does, and anybody can write that. Our server, which has tried the signature of
the sender's domain (DKIM, DMARC), writes what it found into *Authentication-Results*. That the mail came from a network
the domain allows (SPF) is not enough: who smuggles one mail in another comes from there too.
"""

from authres import AuthenticationResultsHeader
from authres.core import AuthResError

from communis.channels.email.parsing.letter import Letter

_HEADER = "authentication-results"


def proved_sender(letter: Letter, *, trusted: bool, server: str) -> str | None:
    """The address, in small letters, that the mail really comes from; None when nothing vouches for it.

    ``trusted``: whether a mail server whose word we take delivered it. ``server``: the name it signs its findings with.
    """
    if letter.sender is None or not letter.sender.address or not trusted or not server:
        return None
    address = letter.sender.address.lower()
    domain = address.rpartition("@")[2]
    return address if any(_vouches(one, domain) for one in _findings(letter, server)) else None


def _findings(letter: Letter, server: str) -> list[tuple[str, str, dict[str, str]]]:
    """``(method, result, properties)`` as our server wrote them, which puts its own above all that came along."""
    for value in letter.header(_HEADER)[:1]:
        try:
            found = AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
        except AuthResError:
            return []
        if str(found.authserv_id or "").lower() != server.lower():
            return []
        return [
            (
                str(one.method).lower(),
                str(one.result).lower(),
                {
                    f"{said.type}.{said.name}".lower(): str(said.value or "").lower()
                    for said in one.properties
                },
            )
            for one in found.results
        ]
    return []


def _vouches(finding: tuple[str, str, dict[str, str]], domain: str) -> bool:
    method, result, said = finding
    if result != "pass":
        return False
    if method == "dmarc":
        return said.get("header.from") == domain
    return method == "dkim" and _aligned(said.get("header.d", ""), domain)


def _aligned(signed: str, domain: str) -> bool:
    """Signed by the sender's own domain, or by one that it belongs to and that is more than a top level."""
    return signed == domain or ("." in signed and domain.endswith(f".{signed}"))
