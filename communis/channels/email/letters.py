"""What our plain mails say: that something is there, and where. Never its words or who wrote them."""

from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from communis.journal.moments import as_datetime, now

# Of a letter that came, and of a mail of one's own that waits.
LETTER = "letter"
HELD = "held"


def message_id(person_id: int, about: str, template: str = LETTER) -> str:
    """As good as random, and another for each recipient: two mails cannot be laid side by side (trust L18)."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    secret = salted_hmac("communis.mail", f"{template}:{person_id}:{about}", algorithm="sha256")
    return f"<{secret.hexdigest()[:32]}@{host}>"


def letter_mail(*, to: str, line: str, message_id: str, language: str, answered_at: str = "") -> EmailMessage:
    """Text only, to one recipient. The link asks to sign in and then shows the line, or that it is not there.

    ``answered_at`` is the address at which a mail in answer becomes an answer; empty where none is taken.
    """
    with override(language):
        organisation = settings.ORGANISATION_NAME or "Communis"
        paragraphs = [
            _("Someone has written to you in %(organisation)s.") % {"organisation": organisation},
            _("Read and answer here:") + f"\n{settings.BASE_URL}{reverse('line', args=[line])}",
        ]
        if answered_at:
            paragraphs.append(_("You can also answer this mail. Those who read the letter read your answer."))
        paragraphs.append(
            _("The words are not in this mail: they are for you alone to open.")
            + " "
            + _("Do you want no such mails? Choose it here:")
            + f"\n{settings.BASE_URL}{reverse('for-you')}"
        )
        return _mail(_("Something has been written to you"), paragraphs, to, message_id, answered_at)


def held_mail(*, to: str, message_id: str, language: str) -> EmailMessage:
    """About a mail that waits: text only, to the address its person signs in with."""
    with override(language):
        paragraphs = [
            _("A mail has come that may be from you. We cannot tell for certain, so nobody reads it."),
            _("Look at it here, and send it or throw it away:")
            + f"\n{settings.BASE_URL}{reverse('held-mail')}",
            _("Have you sent none? Then throw it away."),
        ]
        return _mail(_("A mail waits for you"), paragraphs, to, message_id)


def _mail(
    subject: str, paragraphs: list[str], to: str, message_id: str, answered_at: str = ""
) -> EmailMessage:
    return EmailMessage(
        subject=subject,
        body="\n\n".join(paragraphs) + "\n",
        to=[to],
        reply_to=[answered_at] if answered_at else None,
        headers={
            "Message-ID": message_id,
            "Date": format_datetime(as_datetime(now())),
            "Auto-Submitted": "auto-generated",
        },
    )
