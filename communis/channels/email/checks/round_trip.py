"""Sends a mail to ourselves through the mail server, and watches for it."""

import base64
import smtplib
import time
from collections.abc import Callable, Iterator
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from communis.channels.email.checks.addresses import answered_at, check_at
from communis.channels.email.checks.arriving import looks
from communis.channels.email.checks.findings import Finding, all_not_tested, not_tested, ok, wrong
from communis.channels.email.checks.installation import relay
from communis.channels.email.intake.proving import server_of, vouched_for
from communis.channels.email.intake.receiving import spool
from communis.channels.email.intake.spool import Broken
from communis.channels.email.mail_ids import hashed, host
from communis.channels.email.models import MailCheck
from communis.journal.ids import public_id
from communis.journal.moments import SECOND, as_datetime, now

_AFTER = ("arrived", "worker", "trusted", "returns", "addresses", "findings", "proof", "forged")
# Seconds between two looks, and for the worker to take what lies in the spool.
_PAUSE = 0.5
_FOR_THE_WORKER = 15
# What no mail server of anybody's can be.
_FORGED = "forged.invalid"


def round_trip(
    check: MailCheck, connection: BaseEmailBackend, *, wait: float, tell: Callable[[str], None]
) -> Iterator[Finding]:
    """Everything from handing over to what stands above the mail; ``wait`` in seconds."""
    if not settings.MAIL_DOMAIN:
        yield not_tested("sent", "no domain")
        return
    sent = _sent(check, connection)
    yield sent
    if sent.state != "ok":
        yield from all_not_tested(_AFTER)
        return
    tell(_("Handed over. Waiting for it to come back."))
    lies = _watch(check, wait, tell)
    came = MailCheck.objects.get(id=check.id)
    if came.arrived_at is None and lies is None:
        if came.sent_back:
            yield wrong("arrived", "sent back", status=came.sent_back)
        else:
            yield wrong("arrived", "did not arrive", seconds=round(wait), domain=settings.MAIL_DOMAIN)
        yield from all_not_tested(_AFTER[1:])
        return
    arrived_at = came.arrived_at or (lies or {}).get("at", 0)
    yield ok("arrived", "arrived", seconds=max(1, round((arrived_at - (came.sent_at or 0)) / SECOND)))
    yield wrong("worker", "no worker") if came.arrived_at is None else ok("worker", "worker")
    yield from _seen(came.arrival if came.arrived_at is not None else lies or {})


def sender_domain() -> str:
    """That of the address our mail says to come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()


def _sent(check: MailCheck, connection: BaseEmailBackend) -> Finding:
    to, back = _new_key(), _new_key()
    mark, at = hashed(to)[:20], now()
    # Known before it leaves: the mail server asks at once whether there is such an address.
    check.key, check.returns, check.sent_at = hashed(to), hashed(back), at
    check.save()
    server = settings.MAIL_AUTHENTICATED_BY or host()
    mail = EmailMessage(
        subject=_("Communis tries its mail"),
        body=_("Communis sends this mail to itself, to see how mail comes. Nobody reads it.") + "\n",
        from_email=f"t.{back}@{settings.MAIL_DOMAIN}",
        to=[f"t.{to}@{settings.MAIL_DOMAIN}"],
        reply_to=[answered_at()],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<{mark}@{host()}>",
            "Date": format_datetime(as_datetime(at)),
            "Auto-Submitted": "auto-generated",
            "Authentication-Results": f"{server}; dkim=pass header.d={_FORGED}; dmarc=pass header.from={_FORGED}",
        },
    )
    more = {"host": relay(), "sender": settings.DEFAULT_FROM_EMAIL}
    try:
        connection.send_messages([mail])
    except (smtplib.SMTPException, OSError) as error:
        return wrong("sent", "refused", domain=settings.MAIL_DOMAIN, code=_code(error), **more)
    return ok("sent", "sent", **more)


def _new_key() -> str:
    """128 bits in 26 letters and digits."""
    return base64.b32encode(bytes.fromhex(public_id())).decode().rstrip("=").lower()


def _code(error: Exception) -> str:
    """What the server answered, as its number; its words may repeat addresses."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return ", ".join(str(code) for code, _words in error.recipients.values())
    return str(getattr(error, "smtp_code", type(error).__name__))


def _watch(check: MailCheck, wait: float, tell: Callable[[str], None]) -> dict[str, Any] | None:
    """Until it has come or the time is up. How it lies in the spool, if it does and the worker has not taken it."""
    begun = time.monotonic()
    lies: dict[str, Any] | None = None
    until, told = begun + wait, begun
    while time.monotonic() < until:
        row = MailCheck.objects.filter(id=check.id).exclude(arrived_at=None, sent_back="")
        if row.exists():
            return None
        if lies is None:
            lies = _in_spool(check)
            if lies is not None:
                until = min(until, time.monotonic() + _FOR_THE_WORKER)
        if time.monotonic() - told >= 10:
            told = time.monotonic()
            tell(_("%(seconds)d seconds …") % {"seconds": told - begun})
        time.sleep(_PAUSE)
    return lies


def _in_spool(check: MailCheck) -> dict[str, Any] | None:
    kept = spool()
    for name in kept.waiting():
        # Its name begins with the moment at which it came.
        if name < f"{check.sent_at or 0:017}":
            continue
        try:
            envelope, raw = kept.read(name)
        except (Broken, OSError):
            # The worker has it.
            continue
        found = check_at(envelope.recipient)
        if found is not None and found.id == check.id and envelope.sender:
            return {"at": envelope.arrived_at, **looks(check, envelope, raw)}
    return None


def _seen(looked: dict[str, Any]) -> Iterator[Finding]:
    """What follows from how the mail looked when it came."""
    trusted = bool(looked.get("trusted"))
    yield ok("trusted", "trusted") if trusted else wrong("trusted", "not trusted")
    yield ok("returns", "returns") if looked.get("returns") else wrong("returns", "returns changed")
    if not looked.get("reply_to"):
        yield wrong("addresses", "reply lost")
    else:
        yield ok("addresses", "addresses folded" if looked.get("folded") else "addresses")
    yield from found_out(list(looked.get("findings", [])), str(looked.get("signed", "")), trusted=trusted)


def found_out(findings: list[str], signed: str, *, trusted: bool) -> Iterator[Finding]:
    """Of the values of Authentication-Results, the topmost first: whose they are, and what follows."""
    top = findings[0] if findings else ""
    forged_on_top, forged = _FORGED in top, any(_FORGED in one for one in findings)
    server, wanted = server_of(top), settings.MAIL_AUTHENTICATED_BY.lower()
    if settings.MAIL_CHECKED_HERE and not wanted:
        yield ok("findings", "findings here")
    elif not wanted:
        yield wrong("findings", "no server")
    elif not server or forged_on_top:
        yield wrong("findings", "no findings")
    elif server != wanted:
        yield wrong("findings", "another server", found=server)
    else:
        yield ok("findings", "findings", server=server)
    told = trusted and bool(wanted) and vouched_for(top, sender_domain(), server=wanted)
    if told or signed == "yes":
        yield ok("proof", "proof", domain=sender_domain())
    elif signed == "no answer":
        yield not_tested("proof", "dns silent")
    else:
        yield wrong("proof", "no proof", domain=sender_domain())
    if forged_on_top and wanted:
        yield wrong("forged", "forged on top")
    else:
        yield ok("forged", "forged below" if forged else "forged gone")
