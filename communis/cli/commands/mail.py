import argparse
import asyncio
import sys
from collections.abc import Callable
from imaplib import IMAP4

from django.conf import settings
from django.db import close_old_connections
from django.utils.translation import gettext as _

from communis.channels.email.checks.running import all_is_well, check_now
from communis.channels.email.checks.sentences import STATES, name_of, sentence_of, state_of
from communis.channels.email.destinations import is_ours
from communis.channels.email.intake.fetching import Failed
from communis.channels.email.intake.listening import Intake, Lmtp, Smtp, server_for
from communis.channels.email.intake.receiving import fetch_mail, spool
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.outside.limits import takes_more
from communis.cli.checking import what_is_wrong
from communis.cli.result import Result
from communis.journal.moments import now

NAME = "mail"
HELP = _("take mail in: listen for it, fetch it, or hand over one; and check the whole way of mail")
MOST_SECONDS = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=["listen", "deliver", "fetch", "check"],
        help=_(
            "listen: to a mail server, at COMMUNIS_LMTP and COMMUNIS_SMTP. Deliver: one mail, from standard input. "
            "Fetch: what is new in the mailbox COMMUNIS_IMAP. Check: send a mail to ourselves, and say what is wrong."
        ),
    )
    parser.add_argument("address", nargs="?", default="", help=_("deliver: the address it was sent to"))
    parser.add_argument("--from", dest="sender", default="", help=_("deliver: the sender of the envelope"))
    parser.add_argument(
        "--wait",
        type=int,
        choices=range(MOST_SECONDS + 1),
        metavar="SECONDS",
        help=_("check: how long to wait for the mail to come back, else a minute"),
    )


def run(arguments: argparse.Namespace) -> Result:
    if wrong := what_is_wrong():
        return Result("\n".join(refusal.sentence for refusal in wrong), failed=True)
    if arguments.action == "check":
        return check(arguments.wait)
    if arguments.action == "deliver":
        return deliver(arguments.address, arguments.sender, sys.stdin.buffer.read())
    if arguments.action == "fetch":
        return fetch()
    if not settings.MAIL_DOMAIN or not (settings.LMTP or settings.SMTP):
        said = _(
            "Set COMMUNIS_MAIL_DOMAIN, and COMMUNIS_LMTP or COMMUNIS_SMTP: the address and port to listen on."
        )
        return Result(said, failed=True)
    asyncio.run(listen())
    raise AssertionError("listening ends with its process")


def deliver(address: str, sender: str, raw: bytes) -> Result:
    """One mail, as a mail server's pipe hands it over. When this has gone well, the mail is kept."""
    if not is_ours(address):
        return Result(_("Nobody has this address here."), failed=True)
    if not takes_more(address):
        return Result(_("So many came for this address that it has to wait. Try again later."), failed=True)
    kept = spool()
    if kept.free_mib() < settings.LEAST_FREE_MIB:
        return Result(_("There is no room for it just now."), failed=True)
    kept.keep(Envelope(address, sender, "local", trusted=True, arrived_at=now()), raw)
    return Result(_("Kept. What becomes of it is decided within seconds."))


def fetch() -> Result:
    """What is new in the mailbox; the worker does the same by itself."""
    if settings.IMAP is None:
        return Result(
            _("Set COMMUNIS_IMAP and COMMUNIS_IMAP_PASSWORD: the mailbox to fetch from."), failed=True
        )
    try:
        fetched = fetch_mail()
    except (IMAP4.error, Failed, OSError) as error:
        # Only its kind: what a server answers may repeat addresses.
        said = _(
            "The mailbox COMMUNIS_IMAP could not be fetched (%(error)s). Look at its address and password."
        )
        return Result(said % {"error": type(error).__name__}, failed=True)
    said = _(
        "Taken: %(taken)d. Left in the mailbox, for they are to nobody here or too large: %(left)d. Left until later, "
        "for so many came for one address: %(waits)d."
    )
    return Result(said % fetched._asdict(), fetched._asdict())


def check(wait: int | None) -> Result:
    """The whole way, there and back: a line for each thing that was tried."""
    found = check_now(wait=wait, tell=lambda said: print(said, file=sys.stderr, flush=True))
    widest = max(len(str(word)) for word in STATES.values())
    lines = [f"{state_of(one):{widest}}  {name_of(one)}: {sentence_of(one)}" for one in found]
    told = [one._asdict() | {"sentence": sentence_of(one)} for one in found]
    return Result("\n".join(lines), {"findings": told}, failed=not all_is_well(found))


async def listen() -> None:
    """On the places the settings name, until the process is ended."""
    intake = Intake(
        spool(),
        is_ours=known,
        takes_more=has_room,
        trusted=settings.MAIL_TRUSTED,
        least_free_mib=settings.LEAST_FREE_MIB,
    )
    loop = asyncio.get_running_loop()
    servers = []
    for place, kind in ((settings.LMTP, Lmtp), (settings.SMTP, Smtp)):
        if place is not None:
            servers.append(await loop.create_server(server_for(intake, kind, settings.MAIL_DOMAIN), *place))
    await asyncio.gather(*(server.serve_forever() for server in servers))


def known(address: str) -> bool:
    """Whether the address is ours, asked on a connection of the thread's own that still stands."""
    return _asked(is_ours, address)


def has_room(address: str) -> bool:
    """Whether it takes more for now, asked in the same way."""
    return _asked(takes_more, address)


def _asked(question: Callable[[str], bool], address: str) -> bool:
    close_old_connections()
    try:
        return question(address)
    finally:
        close_old_connections()
