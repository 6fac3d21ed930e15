"""What DNS says of our mail: where it goes, who may send it, and with which key it is signed."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from django.conf import settings
from dkim.crypto import UnparsableKeyError, parse_pem_private_key, parse_public_key
from dkim.util import InvalidTagValueList, parse_tag_value

from communis.channels.email.asking_dns import mail_servers, texts
from communis.channels.email.checks.findings import Finding, not_tested, ok, wrong
from communis.channels.email.checks.round_trip import sender_domain
from communis.channels.email.intake.asked_again import NoAnswer
from communis.channels.email.signing_key import CannotSign, private_key

_SPF = re.compile(rb"v=spf1(?: |$)", re.IGNORECASE)
_DMARC = re.compile(rb"v=DMARC1[ ;]", re.IGNORECASE)


def named() -> Iterator[Finding]:
    """Each by itself: of what DNS does not answer it is said so."""
    tried: dict[str, Callable[[], Finding]] = {"mx": _mx, "spf": _spf, "record": _record, "dmarc": _dmarc}
    if not settings.MAIL_DOMAIN:
        del tried["mx"]
    for about, ask in tried.items():
        try:
            yield ask()
        except NoAnswer:
            yield not_tested(about, "dns silent")


def _mx() -> Finding:
    domain = settings.MAIL_DOMAIN
    hosts = [host for host in mail_servers(domain) if host]
    if not hosts:
        return wrong("mx", "no mx", domain=domain)
    return ok("mx", "mx", domain=domain, hosts=", ".join(hosts))


def _spf() -> Finding:
    """Of the domain that stands on the envelope: the one mails come back to."""
    domain = settings.MAIL_DOMAIN or sender_domain()
    found = any(_SPF.match(text) for text in texts(domain))
    return ok("spf", "spf", domain=domain) if found else wrong("spf", "no spf", domain=domain)


def _record() -> Finding:
    if not settings.DKIM_KEY:
        return not_tested("record", "we do not sign")
    name = f"{settings.DKIM_SELECTOR}._domainkey.{sender_domain()}"
    found = texts(name)
    if not found:
        return wrong("record", "no record", name=name)
    try:
        ours = parse_pem_private_key(private_key())["modulus"]
        published = base64.b64decode(parse_tag_value(found[0]).get(b"p", b""))
        same = len(found) == 1 and parse_public_key(published)["modulus"] == ours
    except (CannotSign, UnparsableKeyError, InvalidTagValueList, binascii.Error, IndexError):
        same = False
    return ok("record", "record", name=name) if same else wrong("record", "another record", name=name)


def _dmarc() -> Finding:
    """Of the domain our mail is from, or of the one that it belongs to (RFC 7489 6.6.3)."""
    domain = sender_domain()
    asked = domain
    while "." in asked:
        if any(_DMARC.match(text) for text in texts(f"_dmarc.{asked}")):
            return ok("dmarc", "dmarc", domain=domain)
        asked = asked.partition(".")[2]
    return wrong("dmarc", "no dmarc", domain=domain)
