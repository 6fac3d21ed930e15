"""The link that stops all mail to a person, from the mail itself and without signing in (RFC 8058)."""

from communis.attention.mail_choices import stop_mail
from communis.channels.email.mail_ids import LASTS, hashed
from communis.channels.email.models import Outgoing
from communis.journal.moments import now


def stop_with(key: str) -> None:
    """Send no more mail to whoever was sent this key. Nothing happens, and nothing is told, with one that is not good.

    The key can do this one thing; whoever is passed on a mail can do it too, and learns nothing by it.
    """
    mail = Outgoing.objects.filter(stops=hashed(key), due_at__gt=now() - LASTS).first()
    if mail is not None:
        stop_mail(mail.person_id)
