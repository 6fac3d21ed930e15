"""What the plain mail about a direct letter says: that there is one, and where. Never its words or its author."""

from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from communis.journal.moments import as_datetime, now

LETTER = "letter"


def message_id(person_id: int, line: str) -> str:
    """As good as random, and another for each recipient: two mails cannot be laid side by side (trust L18)."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    secret = salted_hmac("communis.mail", f"{LETTER}:{person_id}:{line}", algorithm="sha256")
    return f"<{secret.hexdigest()[:32]}@{host}>"


def letter_mail(*, to: str, line: str, message_id: str, language: str) -> EmailMessage:
    """Text only, to one recipient. The link asks to sign in and then shows the line, or that it is not there."""
    with override(language):
        organisation = settings.ORGANISATION_NAME or "Communis"
        text = "\n\n".join(
            [
                _("Someone has written to you in %(organisation)s.") % {"organisation": organisation},
                _("Read and answer here:") + f"\n{settings.BASE_URL}{reverse('line', args=[line])}",
                _("The words are not in this mail: they are for you alone to open.")
                + " "
                + _("Do you want no such mails? Choose it here:")
                + f"\n{settings.BASE_URL}{reverse('for-you')}",
            ]
        )
        return EmailMessage(
            subject=_("Something has been written to you"),
            body=text + "\n",
            to=[to],
            headers={
                "Message-ID": message_id,
                "Date": format_datetime(as_datetime(now())),
                "Auto-Submitted": "auto-generated",
            },
        )
