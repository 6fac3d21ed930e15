"""In development mails are not sent: they are kept in a folder, and a page shows them."""

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from communis.journal.ids import public_id
from communis.journal.moments import now


class MailFolder(BaseEmailBackend):
    """Django's way of sending, into ``COMMUNIS_DATA/mails``: one file a mail, named so that they sort by time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        mail_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            path = mail_folder() / f"{now():020d}-{public_id()}.eml"
            path.write_bytes(message.message().as_bytes())
            path.chmod(0o600)
        return len(email_messages)


class Kept(NamedTuple):
    """A mail as the page shows it. ``at`` is a moment in microseconds."""

    at: int
    to: str
    subject: str
    text: str


def mail_folder() -> Path:
    return Path(settings.DATA) / "mails"


def kept_mails(limit: int = 50) -> list[Kept]:
    """The newest mails, newest first."""
    return [_read(path) for path in sorted(mail_folder().glob("*.eml"), reverse=True)[:limit]]


def _read(path: Path) -> Kept:
    mail: Parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body(preferencelist=("plain",))
    text = str(body.get_content()) if body is not None else ""
    return Kept(int(path.name.split("-")[0]), str(mail["To"]), str(mail["Subject"]), text)
