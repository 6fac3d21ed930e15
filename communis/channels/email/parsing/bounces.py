"""Which address a mail did not reach, and whether trying again can help (RFC 3464, 3463).

Our own mails say in their return address for whom they were, so that this is only the second witness.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from communis.channels.email.parsing.charsets import decoded
from communis.channels.email.parsing.kinds import Evidence, LetterKind, kind_of
from communis.channels.email.parsing.letter import Letter

_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_LONGEST = 20_000  # characters that are looked through
_FIELD = re.compile(r"^([a-z-]{1,40}):[ \t]*(.*(?:\n[ \t]+.*)*)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,100}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,10}"
)
# As most mail systems name whom they could not reach: at the beginning of a line, with a colon behind.
_NAMED = re.compile(rf"^[ \t]*<?({_ADDRESS.pattern})>?:", re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"(?<![\d.])([45][0-5]\d)(?=[\s-])")
_ORIGINAL = re.compile(r"^(?:received|return-path|message-id):", re.IGNORECASE | re.MULTILINE)
_FOR_GOOD = re.compile(
    r"permanent|fatal|unknown|no such|not exist|not found|not a valid|disabled|rejected|refused",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"temporar|delayed|warning|will (?:be )?(?:retr|tr)|quota|mailbox (?:is )?full", re.IGNORECASE
)
# Of the permanent ones these pass: the box is full, the mail too big, the time ran out.
_PASSES = re.compile(r"5\.2\.[23]|5\.3\.4|5\.4\.7")


class Bounce(NamedTuple):
    address: str  # empty if the report does not say
    hard: bool  # no mail will ever reach it; else this one did not, or not yet
    status: str  # as ``5.1.1`` (RFC 3463), empty if the report does not say
    by: Evidence


def bounced(letter: Letter) -> Bounce | None:
    """The first address that was not reached; None if the mail is no bounce or says that it was delivered."""
    judged = kind_of(letter)
    if judged.kind is not LetterKind.BOUNCE:
        return None
    reports = [attachment for attachment in letter.attachments if attachment.content_type in _REPORTS]
    told = False
    for report in reports:
        for action, bounce in _recipients(decoded(report.content[:_LONGEST])):
            if action not in {"delivered", "relayed", "expanded"}:
                return bounce
            told = True
    return None if told else _by_words(letter)


def _recipients(report: str) -> Iterator[tuple[str, Bounce]]:
    """Each recipient's action and what follows from it."""
    for group in re.split(r"\n[ \t]*\n", report):
        fields = {field[1].lower(): field[2] for field in _FIELD.finditer(group)}
        recipient = fields.get("final-recipient") or fields.get("original-recipient")
        if not recipient:
            continue
        action = fields.get("action", "failed").strip().lower()
        said = fields.get("status", "") + " " + fields.get("diagnostic-code", "")
        status = _status(said)
        address = _ADDRESS.search(recipient) or _ADDRESS.search(fields.get("original-recipient", ""))
        hard = action != "delayed" and _is_hard(status, said)
        yield action, Bounce(address[0] if address else "", hard, status, Evidence.DELIVERY_REPORT)


def _by_words(letter: Letter) -> Bounce:
    """What the mail system wrote above the mail it returns."""
    words = (letter.text or "")[:_LONGEST]
    if letter.text is None:
        words = re.sub(r"<[^<>]*>", " ", (letter.html or "")[:_LONGEST])
    original = _ORIGINAL.search(words)
    told = words[: original.start()] if original else words
    failed = " ".join(letter.header("x-failed-recipients"))
    addresses = _ADDRESS.findall(failed) or _NAMED.findall(told) or _ADDRESS.findall(told)
    ours = {mailbox.address for mailbox in (*letter.to, *letter.senders)}
    others = [address for address in addresses if address not in ours]
    status = _status(told)
    by = Evidence.FAILED_RECIPIENTS if failed else Evidence.TEXT
    return Bounce((others or addresses or [""])[0], _is_hard(status, told), status, by)


def _status(said: str) -> str:
    """As ``5.1.1``. Of a report that says both, what the other server said is more than ``5.0.0``."""
    found = [str(status) for status in _STATUS.findall(said)]
    telling = [status for status in found if not status.endswith(".0.0")]
    if telling or found:
        return (telling or found)[0]
    reply = _REPLY.search(said)
    return f"{reply[1][0]}.0.0" if reply else ""


def _is_hard(status: str, said: str) -> bool:
    if status:
        return status.startswith("5") and not _PASSES.fullmatch(status) and not _says_full(status, said)
    return bool(_FOR_GOOD.search(said)) and not _FOR_NOW.search(said)


def _says_full(status: str, said: str) -> bool:
    """Servers that only know ``5.0.0`` tell a full box in words."""
    return status == "5.0.0" and bool(_FOR_NOW.search(said))
