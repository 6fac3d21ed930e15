"""The one shape of every mail: one recipient, a thread, one press to stop; text first, light HTML beside it."""

from email.message import Message
from email.utils import format_datetime
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communis.channels.email.mail_ids import hashed, host, returns_key, stops_key
from communis.journal.moments import as_datetime, now

# As a mail program has to see it, so that it leaves what is below out of an answer (RFC 3676 4.3).
_SIGNATURE = "-- "


class Part(NamedTuple):
    """A paragraph of ours, a link below it; or, with ``quoted``, words that somebody wrote, one paragraph a line."""

    text: str
    link: str = ""
    quoted: bool = False


class Recipient(NamedTuple):
    """Whom a mail goes to, its Message-ID, what it belongs to, and the address at which it can be answered."""

    to: str
    message_id: str
    # What all mails about the same thing answer, with < >; empty where a mail stands alone.
    thread: str = ""
    answered_at: str = ""


class Mail(EmailMultiAlternatives):
    """Of the same words the same bytes: the boundary between the parts follows from the Message-ID."""

    def message(self) -> Message:  # type: ignore[override]
        made = super().message()
        made.set_boundary(hashed(str(self.extra_headers["Message-ID"]))[:40])
        return made


def mail(subject: str, parts: list[Part], recipient: Recipient, *, why: str = "") -> Mail:
    """``why`` says at the end why the mail was sent."""
    below = _below(recipient, why)
    texts = [_as_text(part) for part in parts]
    context = {"language": get_language(), "subject": subject, "parts": parts, "below": below}
    made = Mail(
        subject=subject,
        body="\n\n".join(texts) + f"\n\n{_SIGNATURE}\n" + "\n".join(_as_text(part) for part in below) + "\n",
        from_email=_comes_back_to(recipient),
        to=[recipient.to],
        reply_to=[recipient.answered_at] if recipient.answered_at else None,
        headers=_headers(recipient),
    )
    made.attach_alternative(render_to_string("mail/mail.html", context), "text/html")
    return made


def _below(recipient: Recipient, why: str) -> list[Part]:
    return [
        *([Part(why)] if why else []),
        Part(_("Choose which mails you want:"), f"{settings.BASE_URL}{reverse('mail-choice')}"),
        Part(_("Stop all mail:"), _stops_at(recipient)),
    ]


def _as_text(part: Part) -> str:
    text = "\n\n".join(part.text.split("\n")) if part.quoted else part.text
    return f"{text}\n{part.link}" if part.link else text


def _headers(recipient: Recipient) -> dict[str, str]:
    headers = {
        "Message-ID": recipient.message_id,
        "Date": format_datetime(as_datetime(now())),
        "From": settings.DEFAULT_FROM_EMAIL,
        # No program answers it (RFC 3834), and our own does not take it in again.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Loop": settings.MAIL_DOMAIN or host(),
        # The same for all: what is hidden has no list of its own.
        "List-Id": f"<notices.{settings.MAIL_DOMAIN or host()}>",
        # One press in the mail program (RFC 8058).
        "List-Unsubscribe": f"<{_stops_at(recipient)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if recipient.thread:
        headers |= {"In-Reply-To": recipient.thread, "References": recipient.thread}
    return headers


def _stops_at(recipient: Recipient) -> str:
    return f"{settings.BASE_URL}{reverse('stop-mail', args=[stops_key(recipient.message_id)])}"


def _comes_back_to(recipient: Recipient) -> str:
    """The address that a mail server returns the mail to, another for each, so that we know whose it was (VERP)."""
    if not settings.MAIL_DOMAIN:
        return str(settings.DEFAULT_FROM_EMAIL)
    return f"b.{returns_key(recipient.message_id)}@{settings.MAIL_DOMAIN}"
