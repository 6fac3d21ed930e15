"""The stewards' pages of people. For anybody else they are not there."""

from collections.abc import Callable
from functools import wraps
from smtplib import SMTPException
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.journal.ids import public_id
from communis.people import actions
from communis.people.circles import in_care_of
from communis.people.directory import persons
from communis.people.invitations import (
    invitation_with,
    invite,
    take_back_invitation,
    waiting_invitations,
)
from communis.people.models import Circle, Person
from communis.people.refusals import PeopleRefused
from communis.people.stewarding import Looked, closed_persons, looked_up, role_of, set_protected, with_address
from communis.web.access import signed_in
from communis.web.forms.people import Invitation, RoleTitle
from communis.web.middleware import LookingRequest


def for_stewards(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: LookingRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not cast(Person, request.person).steward:
            raise Http404
        return view(request, *arguments, **named)

    return signed_in(guarded)


@require_http_methods(["GET", "POST"])
@for_stewards
def people(request: LookingRequest) -> HttpResponse:
    """Invite; find someone; who is invited and who is closed."""
    steward = cast(Person, request.person)
    mine = in_care_of(steward)
    choices = [(circle.public_id, circle.name) for circle in mine]
    form = Invitation(request.POST or None, circles=choices)
    if request.method == "POST" and form.is_valid():
        chosen = next((one for one in mine if one.public_id == form.cleaned_data["circle"]), None)
        if _invited(request, form, chosen, steward):
            return HttpResponseRedirect(reverse("stewards-people"))
    asked = request.GET.get("q", "")
    by_address = with_address(asked, by=steward) if "@" in asked else None
    if by_address is not None:
        return HttpResponseRedirect(reverse("stewards-person", args=[by_address.public_id]))
    found = persons(request.viewer, asked)[0] if asked.strip() else []
    return render(
        request,
        "stewards/people.html",
        {
            "form": form,
            "key": public_id(),
            "q": asked,
            "found": found,
            "waiting": waiting_invitations(by=steward),
            "closed": closed_persons(by=steward),
        },
    )


def _invited(request: LookingRequest, form: Invitation, circle: Circle | None, steward: Person) -> bool:
    told = form.cleaned_data
    try:
        secret = invite(
            told["name"],
            told["email"],
            by=steward,
            circle=circle,
            steward=told["steward"],
            key=request.POST.get("key", ""),
        )
    except PeopleRefused as refusal:
        form.refused(refusal)
        return False
    if secret is not None and not _mailed(request, told["email"], secret, steward):
        # Nobody has its link, so it is of no use to anyone.
        take_back_invitation(invitation_with(secret).public_id, by=steward)
        form.add_error(
            None, _("The mail could not be sent just now. Nobody is invited. Try again in a while.")
        )
        return False
    messages.success(request, _("%(name)s is invited. A mail is on its way.") % {"name": told["name"]})
    return True


def _mailed(request: LookingRequest, email: str, secret: str, steward: Person) -> bool:
    link = f"{settings.BASE_URL}{reverse('invitation', args=[secret])}"
    told = {"link": link, "inviter": steward.name}
    subject = render_to_string("account/email/invitation_subject.txt", told, request).strip()
    text = render_to_string("account/email/invitation_message.txt", told, request)
    try:
        send_mail(" ".join(subject.split()), text, None, [email])
    except (OSError, SMTPException):
        return False
    return True


@require_POST
@for_stewards
def invitation_taken_back(request: LookingRequest, invitation: str) -> HttpResponse:
    take_back_invitation(invitation, by=cast(Person, request.person))
    messages.success(request, _("The link no longer works."))
    return HttpResponseRedirect(reverse("stewards-people"))


@require_http_methods(["GET", "POST"])
@for_stewards
def person(request: LookingRequest, person: str) -> HttpResponse:
    """Sign-in, roles, protection and units of one person, also of one who is in no list."""
    steward = cast(Person, request.person)
    looked = looked_up(person, by=steward)
    if looked is None:
        raise Http404
    form = RoleTitle()
    if request.method == "POST":
        do = request.POST.get("do", "")
        form = RoleTitle(request.POST) if do == "hold-role" else form
        try:
            if do != "hold-role" or form.is_valid():
                _do(do, looked, request, form, steward)
                messages.success(request, _("Done."))
                return HttpResponseRedirect(reverse("stewards-person", args=[person]))
        except PeopleRefused as refusal:
            if do == "hold-role":
                form.refused(refusal)
            else:
                messages.error(request, refusal.message)
    return render(request, "stewards/person.html", {"looked": looked, "form": form})


def _do(do: str, looked: Looked, request: LookingRequest, form: RoleTitle, steward: Person) -> None:
    someone = looked.person
    if do == "hold-role":
        actions.hold_role(someone, form.cleaned_data["title"], by=steward)
    elif do == "close":
        actions.close_sign_in(someone, by=steward)
    elif do == "open":
        actions.open_sign_in(someone, by=steward)
    elif do == "protect":
        set_protected(someone, True, by=steward)
    elif do == "end-protection":
        set_protected(someone, False, by=steward)
    elif do == "end-role":
        role = role_of(someone, request.POST.get("role", ""))
        if role is not None:
            actions.end_role(role, by=steward)
    elif do in ("let-in", "let-out"):
        unit = _unit(looked, request.POST.get("unit", ""))
        if do == "let-in":
            actions.let_in(someone, unit, by=steward, looks_after="looks_after" in request.POST)
        else:
            actions.leave(someone, unit, by=steward)
    else:
        raise PeopleRefused(_("Press one of the buttons on the page."))


def _unit(looked: Looked, public_id: str) -> Circle:
    for unit in [*looked.units, *looked.other_units]:
        if unit.public_id == public_id:
            return unit
    raise PeopleRefused(_("Choose a unit from the list."))
