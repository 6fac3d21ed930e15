"""How someone becomes signed in: through allauth's codes, or by a link that is used once."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communis.journal.moments import as_datetime, now
from communis.people.accounts import Account
from communis.people.signing_in import language_of
from communis.web.languages import remember_language

_log = logging.getLogger("communis.web")


class Adapter(DefaultAccountAdapter):
    """What allauth asks us about."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": gettext_lazy("That is not the code. Look in the newest mail and write it again."),
        "too_many_login_attempts": gettext_lazy(
            "That was many tries. Wait a while, then ask for a new code."
        ),
        "rate_limited": gettext_lazy("That was many tries. Wait a while, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a steward invites."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away is told of alike, whoever the mail was for."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            _log.error("sign-in mail not sent", extra={"error": type(error).__name__})
            messages.error(self.request, _("The mail could not be sent just now. Try again in a while."))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what went wrong is said: the pages themselves tell the rest."""
        if message:
            messages.add_message(request, level, message)

    def login(self, request: HttpRequest, user: Any) -> None:
        sign_in(request, user)

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **named)
        remember_language(response, language_of(user))
        return response


def sign_in(request: HttpRequest, account: Account) -> None:
    """Begin a session of fixed length under a new key; what another person's session held is dropped."""
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(as_datetime(now()) + timedelta(seconds=settings.SESSION_COOKIE_AGE))
