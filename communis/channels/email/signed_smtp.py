"""Django's way of sending mail, with our signature on each: letters, invitations and codes to sign in."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from communis.channels.email.signing import signed


class SignedSmtp(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SignedTls if self.use_ssl else _Signed


class _Signed(smtplib.SMTP):
    def sendmail(
        self, from_addr: str, to_addrs: str | Sequence[str], msg: Any, *arguments: Any, **named: Any
    ) -> dict[str, tuple[int, bytes]]:
        return super().sendmail(from_addr, to_addrs, signed(bytes(msg)), *arguments, **named)


class _SignedTls(_Signed, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""
