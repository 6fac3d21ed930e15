"""Ways in that work once: an invitation, and the first steward's link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from communis.people.first_run import begin, may_begin
from communis.people.invitations import InvitationSpent, accept, invitation_with
from communis.people.models import Person
from communis.people.refusals import PeopleRefused
from communis.people.signing_in import account_of
from communis.web.forms.people import Acceptance, FirstSteward
from communis.web.signing_in import sign_in


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Looking uses nothing up, because programs that read mail look at links too."""
    try:
        invited = invitation_with(secret)
        if invited.invited_by_id is None:
            raise InvitationSpent
        form = Acceptance(request.POST or None, initial={"name": invited.name})
        if request.method == "POST" and form.is_valid():
            try:
                person = accept(secret, form.cleaned_data["name"], language=get_language() or "sv")
                return _welcomed(request, person)
            except PeopleRefused as refusal:
                form.refused(refusal)
    except InvitationSpent:
        return _spent(request)
    return render(request, "account/invitation.html", {"form": form, "email": invited.email})


@require_http_methods(["GET", "POST"])
def first_steward(request: HttpRequest, secret: str) -> HttpResponse:
    """The very first page of an installation."""
    if not may_begin(secret):
        return _spent(request)
    form = FirstSteward(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = begin(secret, **form.cleaned_data, language=get_language() or "sv")
            return _welcomed(request, person)
        except PeopleRefused as refusal:
            form.refused(refusal)
        except InvitationSpent:
            return _spent(request)
    return render(request, "account/first_steward.html", {"form": form})


def _welcomed(request: HttpRequest, person: Person) -> HttpResponse:
    sign_in(request, account_of(person))
    return HttpResponseRedirect(reverse("front"))


def _spent(request: HttpRequest) -> HttpResponse:
    """One answer for used, too old, taken back and never made."""
    return render(request, "account/spent.html", status=404)
