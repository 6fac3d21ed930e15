"""A mail to ourselves has come: how it looks is written down, and nothing of it is ever said."""

from typing import Any

from django.conf import settings

from communis.channels.email.checks.addresses import answered_at, check_at, key_in
from communis.channels.email.intake.asked_again import NoAnswer
from communis.channels.email.intake.proving import signed_here
from communis.channels.email.intake.spool import Envelope
from communis.channels.email.mail_ids import hashed
from communis.channels.email.models import MailCheck
from communis.channels.email.parsing.bounces import bounced
from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.letter import Letter

# Of what stands at the top, enough to tell.
_MOST, _LONGEST = 5, 1000


def take_check(envelope: Envelope, raw: bytes) -> bool:
    """Whether the mail is one of ours to ourselves; then it is known now how it came. Safe to repeat."""
    check = check_at(envelope.recipient)
    if check is None:
        return False
    own = MailCheck.objects.filter(id=check.id, arrived_at=None)
    if check.key == hashed(key_in(envelope.recipient)):
        own.update(arrived_at=envelope.arrived_at, arrival=looks(check, envelope, raw))
        return True
    letter = read_in_child(raw)
    report = bounced(letter) if isinstance(letter, Letter) else None
    own.update(sent_back=(report.status if report else "") or "?")
    return True


def looks(check: MailCheck, envelope: Envelope, raw: bytes) -> dict[str, Any]:
    """What can be told by looking at it as it lies there."""
    letter = read_in_child(raw)
    if not isinstance(letter, Letter):
        return {}
    sender = letter.sender.address.lower() if letter.sender else ""
    return {
        "folded": envelope.recipient != envelope.recipient.lower(),
        "returns": hashed(key_in(envelope.sender)) == check.returns,
        "reply_to": [one.address for one in letter.reply_to] == [answered_at()],
        "trusted": envelope.trusted,
        "findings": [said[:_LONGEST] for said in letter.header("authentication-results")[:_MOST]],
        "signed": _signed(raw, sender.rpartition("@")[2]),
    }


def _signed(raw: bytes, domain: str) -> str:
    if not settings.MAIL_CHECKED_HERE:
        return "not tried"
    try:
        return "yes" if signed_here(raw, domain) else "no"
    except NoAnswer:
        return "no answer"
