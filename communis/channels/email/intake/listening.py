"""Takes mail from a mail server, by LMTP or SMTP: what is answered with 250 is in the spool (RFC 5321 6.1, trust 8).

It asks whether an address is one of ours, and looks at no mail: what becomes of it is decided later.
"""

import asyncio
import ipaddress
import logging
from collections.abc import Callable, Sequence

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as Received

from communis.channels.email.intake.spool import Envelope, Spool
from communis.journal.moments import now

LARGEST = 25 * 2**20
# Some programs write a whole paragraph, or a picture, in one line.
LONGEST_LINE = 2**16
# Of one mail; a server that has more sends the mail again for the others.
MOST_RECIPIENTS = 100

OURS = "250 2.1.5 Ok"
KEPT = "250 2.0.0 Kept"
UNKNOWN = "550 5.1.1 Nobody has this address here"
FULL = "452 4.3.1 No room just now"
MANY = "450 4.2.1 So many came for this address that it has to wait; try again later"
TROUBLE = "451 4.3.0 Something is wrong here; try again later"
TOO_MANY = "452 4.5.3 That is enough for one mail"

_log = logging.getLogger("communis.email")
# It tells each line it reads.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class Intake:
    """What a listener does with what it is told; each answer is what the sending server is answered.

    ``is_ours`` says whether an address is one of ours, ``takes_more`` whether one of ours has not had its fill for now;
    when they raise, the server is asked to try again.
    ``trusted`` are the networks of the servers whose word on the sender is taken. Below ``least_free_mib`` MiB free
    nothing is taken.
    """

    def __init__(
        self,
        spool: Spool,
        *,
        is_ours: Callable[[str], bool],
        takes_more: Callable[[str], bool] = lambda address: True,
        trusted: Sequence[str] = (),
        least_free_mib: int = 256,
    ) -> None:
        self.spool = spool
        self.is_ours = is_ours
        self.takes_more = takes_more
        self.trusted = [ipaddress.ip_network(network) for network in trusted]
        self.least_free_mib = least_free_mib

    async def handle_RCPT(
        self, server: SMTP, session: Session, received: Received, address: str, options: list[str]
    ) -> str:
        if len(received.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        try:
            known = await asyncio.to_thread(self.is_ours, address)
            more = known and await asyncio.to_thread(self.takes_more, address)
            room = self.spool.free_mib() >= self.least_free_mib
        except Exception as error:
            _log.error("address not looked up", extra={"error": type(error).__name__})
            return TROUBLE
        if not room:
            return FULL
        if not known:
            return UNKNOWN
        if not more:
            return MANY
        received.rcpt_tos.append(address)
        return OURS

    async def handle_DATA(self, server: SMTP, session: Session, received: Received) -> str:
        """One line for each recipient; whoever speaks SMTP gets one for all (RFC 2033 4.2)."""
        answers = [await asyncio.to_thread(self._keep, session, received, to) for to in received.rcpt_tos]
        if isinstance(server, LMTP):
            return "\r\n".join(answers)
        # All or none: a recipient that is kept twice is found out later, one that is lost is not.
        return next((one for one in answers if one != KEPT), KEPT)

    def _keep(self, session: Session, received: Received, recipient: str) -> str:
        content = received.content
        raw = content.encode() if isinstance(content, str) else bytes(content or b"")
        peer = str(session.peer[0]) if isinstance(session.peer, tuple) else "local"
        # What bounces comes from <>.
        sender = (received.mail_from or "").strip("<>")
        envelope = Envelope(recipient, sender, peer, self._is_trusted(peer), now())
        try:
            if self.spool.free_mib() < self.least_free_mib:
                return FULL
            self.spool.keep(envelope, raw)
        except OSError as error:
            _log.error("mail not kept", extra={"error": type(error).__name__, "number": error.errno})
            return FULL
        return KEPT

    def _is_trusted(self, peer: str) -> bool:
        if peer == "local":
            return True
        address = ipaddress.ip_address(peer)
        return any(address in network for network in self.trusted)

    async def handle_exception(self, error: Exception) -> str:
        """Never 5xx for a fault of ours: the mail would be given up."""
        _log.error("mail server failed", extra={"error": type(error).__name__})
        return TROUBLE


class Lmtp(LMTP):
    """Answers once for each recipient also where aiosmtpd itself refuses what came."""

    line_length_limit = LONGEST_LINE
    _owed = 0

    async def push(self, status: str | bytes) -> None:
        said = status if isinstance(status, bytes) else status.encode()
        if self._owed:
            lines = said.split(b"\r\n")
            said = b"\r\n".join(lines if len(lines) == self._owed else lines[:1] * self._owed)
            self._owed = 0
        elif said.startswith(b"354") and self.envelope is not None:
            self._owed = len(self.envelope.rcpt_tos)
            await super().push(said)
            return
        await super().push(said)


class Smtp(SMTP):
    line_length_limit = LONGEST_LINE


def server_for(intake: Intake, kind: type[Lmtp] | type[Smtp], hostname: str) -> Callable[[], SMTP]:
    """What makes the conversation with each server that connects."""

    def speak() -> SMTP:
        return kind(
            intake, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname=hostname, ident="Communis"
        )

    return speak
