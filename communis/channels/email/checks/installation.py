"""What can be tried without a mail: settings, room, listeners, and the server that takes our mail."""

import os
import smtplib
import socket
import ssl
import tempfile
from collections.abc import Iterator

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from communis.channels.email.checks.findings import Finding, not_tested, ok, wrong
from communis.channels.email.intake.receiving import spool
from communis.channels.email.mail_ids import host
from communis.channels.email.signing_key import CannotSign, private_key
from communis.database.check import LOOPBACK

# Seconds, for a listener of ours to greet.
_PATIENCE = 5


def installed() -> Iterator[Finding]:
    """What stands in the settings, and on this machine."""
    if host() in LOOPBACK:
        yield not_tested("links", "links to this machine")
    else:
        yield ok("links", "links", url=settings.BASE_URL)
    if not settings.MAIL_DOMAIN:
        yield not_tested("domain", "no domain")
    else:
        yield ok("domain", "domain", domain=settings.MAIL_DOMAIN)
        yield _room()
    if settings.DKIM_KEY:
        yield _key()
    if settings.MAIL_DOMAIN:
        yield from _listeners()


def _room() -> Finding:
    try:
        kept = spool()
        with tempfile.TemporaryFile(dir=kept.folder / "tmp"):
            pass
        free = kept.free_mib()
    except OSError as error:
        return wrong("spool", "spool closed", folder=settings.DATA / "spool", error=error.strerror)
    if free < settings.LEAST_FREE_MIB:
        return wrong("spool", "spool full", free=free)
    return ok("spool", "spool", free=free)


def _key() -> Finding:
    try:
        private_key()
    except CannotSign as error:
        return wrong("key", "key useless", error=error)
    return ok("key", "key", selector=settings.DKIM_SELECTOR)


def _listeners() -> Iterator[Finding]:
    places = [place for place in (settings.LMTP, settings.SMTP) if place is not None]
    for place in places:
        said = f"{place[0]}:{place[1]}"
        if _greets(place):
            yield ok("listener", "listener", place=said)
        else:
            yield wrong("listener", "nobody listens", place=said)
    if not places:
        yield not_tested("listener", "no listener")


def _greets(place: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(place, timeout=_PATIENCE) as line, line.makefile("rb") as said:
            greeted = said.readline(512).startswith(b"220")
            line.sendall(b"QUIT\r\n")
            return greeted
    except OSError:
        return False


def relay() -> str:
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def opened(connection: BaseEmailBackend) -> Finding:
    """Whether the server that takes our mail lets us in: it stays open when it does."""
    if settings.DEVELOPMENT:
        return not_tested("relay", "mail folder")
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError:
        return wrong("relay", "relay without password", host=relay())
    except smtplib.SMTPNotSupportedError:
        return wrong("relay", "relay without tls", host=relay())
    except ssl.SSLCertVerificationError:
        return wrong("relay", "relay not believed", host=relay())
    except OSError as error:
        # What the server answers may repeat addresses.
        why = os.strerror(error.errno) if error.errno else type(error).__name__
        return wrong("relay", "relay away", host=relay(), error=why)
    return ok("relay", "relay", host=relay())
