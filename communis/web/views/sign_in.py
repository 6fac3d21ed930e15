"""Signing in by a code in a mail, and signing out."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from communis.web.loopback import from_this_machine


class AskForCode(RequestLoginCodeView):
    """The address. Known and unknown addresses get the same answer."""

    template_name = "account/address.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """A code that waits does not hold the page: the address may have been mistyped."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        here = from_this_machine(self.request)
        known: dict[str, Any] = super().get_context_data(**named)
        return known | {
            "can_try": settings.DEMONSTRATION and here,
            "can_see_mails": settings.DEVELOPMENT and here,
        }


class WriteCode(ConfirmLoginCodeView):
    """The code from the mail."""

    template_name = "account/code.html"

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(**named)
        return known | {
            "can_see_mails": settings.DEVELOPMENT and from_this_machine(self.request),
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
        }


ask_for_code = AskForCode.as_view()
_write_code = WriteCode.as_view()


def write_code(request: HttpRequest) -> HttpResponse:
    """When the code is too old or the tries are used up one begins again, still bound for the same page."""
    response: HttpResponse = _write_code(request)
    beginning = reverse("account_login")
    back = get_next_redirect_url(request)
    if isinstance(response, HttpResponseRedirect) and response.url == beginning and back:
        return HttpResponseRedirect(f"{beginning}?{urlencode({'next': back})}")
    return response


@require_safe
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Nobody signs up; the page says whom to ask."""
    return render(request, "account/no_sign_up.html")


@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """Where allauth leads when a sign-in was closed between the code and its use."""
    return HttpResponseRedirect(reverse("account_login"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, here and in the database; the browser is told to forget what it kept."""
    logout(request)
    response = HttpResponseRedirect(reverse("front"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
