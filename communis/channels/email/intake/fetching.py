"""Fetches mail from a mailbox, where no mail server can hand it over (IMAP, RFC 3501).

A mail is in the spool before it is marked as read, and nothing is ever deleted or moved. Up to where was fetched is
noted here and not in the mailbox, which a person may look into with a program of hers. Killed in between, or when the
server has numbered its mails anew (UIDVALIDITY), a mail is fetched again; the same mail is said once.
"""

import contextlib
import errno
import imaplib
import json
import os
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from communis.channels.email.intake.listening import LARGEST, MOST_RECIPIENTS
from communis.channels.email.intake.spool import Envelope, Spool
from communis.channels.email.parsing.headers import Block, block
from communis.channels.email.parsing.letter import CannotRead
from communis.channels.email.parsing.limits import HEADERS
from communis.environment import Mailbox
from communis.journal.moments import now

# Seconds, for each answer of the server.
PATIENCE = 30
# The sender of the envelope, where the mail server has not written it down: not nobody, who only bounces.
_NOT_TOLD = "not told"
# What stands before and after an address.
_BETWEEN = re.compile(r"[\s<>()\[\],;:\"\\]+")


class Fetched(NamedTuple):
    """How many mails were taken, and how many were left where they are: to nobody here, or too large.

    ``waits``: how many are left until later, because so many came for an address.
    """

    taken: int
    left: int
    waits: int = 0


class Failed(Exception):
    """The mailbox answers, but not as it should."""


def fetch(
    mailbox: Mailbox,
    password: str,
    spool: Spool,
    *,
    is_ours: Callable[[str], bool],
    domain: str,
    recipient: Sequence[str],
    takes_more: Callable[[str], bool] = lambda address: True,
    least_free_mib: int = 256,
) -> Fetched:
    """Put all mails in the spool that came since last time.

    ``recipient`` names headers: of the first that has addresses at ``domain`` that are ours, each gets the mail. What
    an address takes no more of for now is left there unread, and looked at the next time. Raises OSError when the
    server cannot be reached or the disk is full, IMAP4.error and Failed for what it answers.
    """
    taken = left = waits = 0
    has_room = _until_full(takes_more)
    with _signed_in(mailbox, password) as box:
        _expect(box.select(f'"{mailbox.folder}"'))
        validity = _number(box.response("UIDVALIDITY")[1])
        # Set up otherwise, what was left before may be ours.
        mark = _Mark(spool, [mailbox.host, mailbox.user, mailbox.folder, validity, domain, *recipient])
        for uid in [*sorted(mark.later), *_since(box, mark.uid)]:
            waiting_for = mark.later.get(uid)
            if waiting_for is not None and not any(map(has_room, waiting_for)):
                waits += 1
                continue
            raw = _read(box, uid)
            envelopes = [] if raw is None else _envelopes(raw, domain, recipient, is_ours)
            if waiting_for is not None:
                # The others had it before.
                envelopes = [one for one in envelopes if one.recipient in waiting_for]
            later = []
            for envelope in envelopes:
                if not has_room(envelope.recipient):
                    later.append(envelope.recipient)
                    continue
                if spool.free_mib() < least_free_mib:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                spool.keep(envelope, raw or b"")
            if later:
                waits += 1
            elif envelopes:
                taken += 1
                box.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
            else:
                left += 1
            mark.set(uid, later)
    return Fetched(taken, left, waits)


def _until_full(takes_more: Callable[[str], bool]) -> Callable[[str], bool]:
    """The same, and an address that has had its fill is not asked about again: thousands may lie there for it."""
    full: set[str] = set()

    def has_room(address: str) -> bool:
        if address not in full and not takes_more(address):
            full.add(address)
        return address not in full

    return has_room


@contextlib.contextmanager
def _signed_in(mailbox: Mailbox, password: str) -> Iterator[imaplib.IMAP4]:
    """A conversation with the server, whose certificate is tried against those this machine believes."""
    box = (
        imaplib.IMAP4_SSL(
            mailbox.host, mailbox.port, ssl_context=ssl.create_default_context(), timeout=PATIENCE
        )
        if mailbox.secure
        else imaplib.IMAP4(mailbox.host, mailbox.port, timeout=PATIENCE)
    )
    with box:
        if "AUTH=PLAIN" in box.capabilities:
            box.authenticate("PLAIN", lambda _: f"\0{mailbox.user}\0{password}".encode())
        else:
            box.login(mailbox.user, password)
        yield box


def _since(box: imaplib.IMAP4, last: int) -> list[int]:
    """The numbers of the mails after that one, in the order in which they came."""
    found = _expect(box.uid("SEARCH", f"UID {last + 1}:*"))
    # Where there is none, the server names the last one.
    return sorted(uid for uid in map(int, b" ".join(filter(None, found)).split()) if uid > last)


def _read(box: imaplib.IMAP4, uid: int) -> bytes | None:
    """The mail as it came; None when it is too large, and then flagged for somebody to look at, or gone meanwhile."""
    told = _expect(box.uid("FETCH", str(uid), "(RFC822.SIZE)"))
    if not any(told):
        return None
    if _number(told, rb"RFC822\.SIZE (\d+)") > LARGEST:
        box.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Flagged)")
        return None
    found = _expect(box.uid("FETCH", str(uid), "(BODY.PEEK[])"))
    return next((bytes(part[1]) for part in found if isinstance(part, tuple)), None)


def _envelopes(
    raw: bytes, domain: str, recipient: Sequence[str], is_ours: Callable[[str], bool]
) -> list[Envelope]:
    """One for each of ours that it was sent to; none where its head says nobody of ours, or cannot be read."""
    try:
        head = block(raw, 0, len(raw), most=HEADERS)
    except CannotRead:
        return []
    sender = head.first("return-path")
    told = _NOT_TOLD if sender is None else sender.decode("ascii", "replace").strip("<> ")
    return [
        Envelope(address, told, "mailbox", trusted=True, arrived_at=now())
        for address in _recipients(head, domain, recipient, is_ours)
    ]


def _recipients(
    head: Block, domain: str, recipient: Sequence[str], is_ours: Callable[[str], bool]
) -> list[str]:
    for name in recipient:
        said = " ".join(value.decode("ascii", "replace") for value in head.all(name.lower()))
        words = dict.fromkeys(_BETWEEN.split(said.lower()))
        addresses = [word for word in words if word.endswith(f"@{domain}")]
        ours = [address for address in addresses[:MOST_RECIPIENTS] if is_ours(address)]
        if ours:
            return ours
    return []


class _Mark:
    """Up to which number everything of this mailbox was fetched, but for what waits: ``{number: for whom}``.

    Lost, all is fetched again, and said once.
    """

    def __init__(self, spool: Spool, of: list[str | int]) -> None:
        self.file = spool.folder / "fetched"
        self.of = of
        self.uid = 0
        self.later: dict[int, list[str]] = {}
        with contextlib.suppress(FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            noted = json.loads(self.file.read_text(encoding="utf-8"))
            if noted["of"] == self.of:
                self.uid = int(noted["uid"])
                self.later = {int(uid): list(whom) for uid, whom in noted.get("later", {}).items()}

    def set(self, uid: int, later: list[str]) -> None:
        """The mail was looked at, and waits for these."""
        self.uid = max(self.uid, uid)
        self.later.pop(uid, None)
        if later:
            self.later[uid] = later
        being_written = self.file.with_suffix(".new")
        said = {"of": self.of, "uid": self.uid, "later": self.later}
        being_written.write_text(json.dumps(said), encoding="utf-8")
        os.replace(being_written, self.file)


def _expect(answer: tuple[str, Any]) -> list[Any]:
    """What the server answers, when it answers OK. Raises Failed."""
    said, found = answer
    if said != "OK":
        raise Failed(said)
    return list(found)


def _number(found: list[Any], pattern: bytes = rb"(\d+)") -> int:
    """The first number that is so written. Raises Failed where there is none."""
    said = b" ".join(part[0] if isinstance(part, tuple) else part for part in found if part)
    number = re.search(pattern, said)
    if number is None:
        raise Failed("no number")
    return int(number[1])
