"""The mails that were not sent: development and demonstration only, on this machine only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communis.people.mail_folder import kept_mails
from communis.web.loopback import on_this_machine_only


@require_safe
@on_this_machine_only
def mails(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    if not settings.DEVELOPMENT:
        raise Http404
    return render(request, "mailbox/mails.html", {"mails": kept_mails()})
