"""What DNS says about a domain, asked of the name server of this machine or the one that a setting names."""

from typing import Any

import dns.exception
import dns.name
import dns.resolver
from django.conf import settings

from communis.channels.email.intake.asked_again import NoAnswer

# Seconds, for one question with all its tries.
PATIENCE = 5.0


def texts(name: str, *, seconds: float = PATIENCE) -> list[bytes]:
    """Every text that stands there (TXT); none where there is no such name. Raises NoAnswer."""
    return [b"".join(found.strings) for found in _ask(name, "TXT", seconds)]


def mail_servers(domain: str) -> list[str]:
    """Who takes mail for the domain (MX), the preferred first, without the last dot. Raises NoAnswer."""
    found = sorted(_ask(domain, "MX", PATIENCE), key=lambda one: int(one.preference))
    return [str(one.exchange).rstrip(".").lower() for one in found]


def addresses(host: str) -> set[str]:
    """The addresses of a machine, as they are written. Raises NoAnswer."""
    return {str(one.address) for kind in ("A", "AAAA") for one in _ask(host, kind, PATIENCE)}


def _ask(name: str, kind: str, seconds: float) -> list[Any]:
    try:
        return list(_resolver().resolve(name, kind, lifetime=seconds, search=False))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.YXDOMAIN):
        return []
    except (dns.resolver.NoNameservers, dns.exception.Timeout, OSError) as error:
        raise NoAnswer(type(error).__name__) from error
    except (dns.exception.DNSException, UnicodeError):
        # No name at all.
        return []


def _resolver() -> dns.resolver.Resolver:
    if settings.DNS is None:
        try:
            return dns.resolver.Resolver()
        except dns.resolver.NoResolverConfiguration as error:
            raise NoAnswer(type(error).__name__) from error
    asked = dns.resolver.Resolver(configure=False)
    host, asked.port = settings.DNS
    asked.nameservers = [host]
    return asked
