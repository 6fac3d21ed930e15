"""Words of one's own that somebody wants to pass on: a yes or a no to them. Nobody else has this page."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communis.channels.email.intake.passing import answer_passing, ask_author, asked_of
from communis.conversations.refusals import Refused
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.middleware import LookingRequest


@require_safe
@signed_in
def passings(request: LookingRequest) -> HttpResponse:
    """What one is asked, the oldest first."""
    return render(request, "mail/passings.html", {"asked": asked_of(_person(request))})


@require_POST
@signed_in
def answer(request: LookingRequest, passing: str) -> HttpResponse:
    """Yes only to exactly what was shown; anything else is a no, of which nobody hears."""
    agree = request.POST.get("do") == "agree"
    try:
        answer_passing(passing, agree=agree, seen=request.POST.get("seen", ""), by=_person(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("passings"))
    messages.success(request, _("They can read it now.") if agree else _("It stays. Nobody is told."))
    return HttpResponseRedirect(reverse("passings"))


@require_POST
@signed_in
def ask(request: LookingRequest, mail: str) -> HttpResponse:
    """The sender lets the author be asked; if there is one here she is not told."""
    ask_author(mail, by=_person(request))
    messages.success(
        request, _("If its author is here, he or she is asked now. You hear of it only by a yes.")
    )
    return HttpResponseRedirect(reverse("held-mail"))


def _person(request: LookingRequest) -> Person:
    return cast(Person, request.person)  # behind signed_in
