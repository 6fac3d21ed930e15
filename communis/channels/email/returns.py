"""Mails that came back: each has its own address for that, so that we know whose it was without reading on (VERP)."""

import re

from django.conf import settings

from communis.attention.mail_choices import mail_choice, pause_mail
from communis.channels.email.mail_ids import LASTS, hashed
from communis.channels.email.models import Outgoing
from communis.channels.email.parsing.bounces import bounced
from communis.channels.email.parsing.letter import Letter
from communis.journal.moments import DAY, now

# So many for good in so long: nothing reaches the address, and to go on would look like rubbish.
MOST_RETURNS = 3
WITHIN = 14 * DAY
_LOCAL = re.compile(r"b\.([a-z2-7]{26})")


def mail_returned_to(address: str) -> Outgoing | None:
    """The mail of ours whose address for coming back this is; None when it is none, or too old."""
    local, _at, domain = address.strip().lower().rpartition("@")
    found = _LOCAL.fullmatch(local)
    if not settings.MAIL_DOMAIN or domain != settings.MAIL_DOMAIN or found is None:
        return None
    return Outgoing.objects.filter(returns=hashed(found[1]), due_at__gt=now() - LASTS).first()


def note_return(mail: Outgoing, letter: Letter) -> None:
    """Count a mail that never reaches its address, once; the third in fourteen days pauses its person's mail."""
    report = bounced(letter)
    if report is None or not report.hard:
        return
    if not Outgoing.objects.filter(id=mail.id, returned_at=None).update(returned_at=now()):
        return
    begin = max(now() - WITHIN, mail_choice(mail.person_id).resumed_at)
    returned = Outgoing.objects.filter(person_id=mail.person_id, returned_at__gt=begin)
    if returned.count() >= MOST_RETURNS:
        pause_mail(mail.person_id)
