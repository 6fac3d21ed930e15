"""Mandates: who may answer for what. Everyone can read it; a steward writes it down."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.answers.mandates import end_mandate, give_mandate, mandates_now
from communis.answers.rules import may_hold_mandates
from communis.conversations.refusals import Refused
from communis.people.models import Circle, Person
from communis.web.access import signed_in
from communis.web.middleware import LookingRequest


@require_http_methods(["GET", "POST"])
@signed_in
def mandates(request: LookingRequest) -> HttpResponse:
    """All mandates held now, and for a steward the form to write one down."""
    person = cast(Person, request.person)
    typed = {name: request.POST.get(name, "") for name in ("subject", "person", "unit")}
    hosts = request.POST.getlist("hosts")
    fault: Refused | None = None
    if request.method == "POST":
        try:
            _give(request, typed, hosts, person)
            return HttpResponseRedirect(reverse("mandates"))
        except Refused as refused:
            fault = refused
    may_write = may_hold_mandates(person)
    context = {
        "mandates": mandates_now(request.viewer),
        "may_write": may_write,
        "persons": Person.visible.to(request.viewer).order_by("name", "id") if may_write else [],
        "units": Circle.visible.to(request.viewer).filter(unit=True).order_by("name") if may_write else [],
        "typed": typed,
        "hosts": hosts,
        "fault": fault,
    }
    return render(request, "answers/mandates.html", context, status=422 if fault else 200)


def _give(request: LookingRequest, typed: dict[str, str], hosts: list[str], by: Person) -> None:
    listed = Person.visible.to(request.viewer)
    holder = listed.filter(public_id=typed["person"]).first()
    if holder is None:
        raise Refused(_("Choose who holds it: someone from the list."), "person")
    unit = None
    if typed["unit"]:
        unit = Circle.visible.to(request.viewer).filter(public_id=typed["unit"], unit=True).first()
        if unit is None:
            raise Refused(_("Choose a unit, or the whole organisation."), "unit")
    along = list(listed.filter(public_id__in=hosts))
    give_mandate(holder, typed["subject"], by=by, unit=unit, hosts=along)
    messages.success(request, _("Written down. It holds from now."))


@require_POST
@signed_in
def end(request: LookingRequest, mandate: str) -> HttpResponse:
    """It holds no longer."""
    person = cast(Person, request.person)
    try:
        end_mandate(mandate, by=person)
        messages.success(request, _("Ended. What was answered within it stands."))
    except Refused as refused:
        messages.info(request, refused.message)
    return HttpResponseRedirect(reverse("mandates"))
