"""The stewards' page of mail from outside: what waits, and which questions anybody may write to. Nobody else has it."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.attention.actions import mark_read_because
from communis.attention.models import Notice
from communis.channels.email.outside import addresses, held
from communis.channels.importers import settling
from communis.conversations.refusals import Refused
from communis.journal.ids import public_id
from communis.people.models import Person
from communis.web.middleware import LookingRequest
from communis.web.unwritable import UNWRITABLE
from communis.web.views.stewards import for_stewards


@require_http_methods(["GET", "POST"])
@for_stewards
def outside_mail(request: LookingRequest) -> HttpResponse:
    """What waits, the oldest first; the addresses that are open, and a form that opens one."""
    if request.method != "POST":
        return _page(request)
    try:
        addresses.open_address(request.POST.get("line", ""), by=cast(Person, request.person))
    except Refused as refused:
        return _page(request, fault=refused.message)
    messages.success(request, _("Opened. The address stands on the question's page now."))
    return HttpResponseRedirect(reverse("outside-mail"))


def _page(
    request: LookingRequest, *, fault: str = "", about: str = "", email: str = "", email_fault: str = ""
) -> HttpResponse:
    """``about``: the mail at which the address ``email`` was typed."""
    steward = cast(Person, request.person)
    mark_read_because(Notice.Reason.OUTSIDE_WAITS, by=steward)
    context = {
        "takes_mail": bool(settings.MAIL_DOMAIN),
        "waiting": held.waiting_from_outside(by=steward),
        "most": held.MOST_SHOWN,
        "opened": addresses.open_addresses(by=steward),
        "offered": addresses.questions_without(by=steward),
        "let_in": held.let_in_lately(by=steward),
        "key": public_id(),
        "fault": fault,
        "about": about,
        "email": email,
        "email_fault": email_fault,
    }
    return render(request, "stewards/outside_mail.html", context, status=422 if fault or email_fault else 200)


@require_POST
@for_stewards
def close(request: LookingRequest, address: str) -> HttpResponse:
    """From now on nobody has the address."""
    addresses.close_address(address, by=cast(Person, request.person))
    messages.success(request, _("Closed. Nobody can write to it any more."))
    return HttpResponseRedirect(reverse("outside-mail"))


@require_POST
@for_stewards
def let_in(request: LookingRequest, mail: str) -> HttpResponse:
    """It becomes a letter to those who answer the question."""
    return _decided(request, mail, held.let_in, _("Let in. Those who answer the question read it now."))


@require_POST
@for_stewards
def throw_away(request: LookingRequest, mail: str) -> HttpResponse:
    """It is not to be said."""
    return _decided(request, mail, held.throw_away, _("Thrown away."))


@require_POST
@for_stewards
def ask_sender(request: LookingRequest, mail: str) -> HttpResponse:
    """Ask a person whether the name in a mail that was let in is theirs."""
    email, key = request.POST.get("email", "").replace(UNWRITABLE, ""), request.POST.get("key", "")
    try:
        settling.offer_sender(mail, email, by=cast(Person, request.person), key=key)
    except Refused as refused:
        return _page(request, about=mail, email=email, email_fault=refused.message)
    messages.success(request, _("Asked. You see the answer under Stewards: who wrote what came in."))
    return HttpResponseRedirect(reverse("outside-mail"))


def _decided(
    request: LookingRequest, mail: str, decide: Callable[..., None], said: str
) -> HttpResponseRedirect:
    try:
        decide(mail, by=cast(Person, request.person))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("outside-mail"))
