"""Who is in a circle: letting in, letting out, leaving, looking after."""

import re
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.people import actions, rules
from communis.people.circles import alone_in_care, is_in, members, set_looks_after
from communis.people.directory import persons
from communis.people.models import Circle, Person
from communis.people.refusals import PeopleRefused
from communis.web.access import signed_in
from communis.web.converters import PublicId
from communis.web.middleware import LookingRequest


@require_http_methods(["GET", "POST"])
@signed_in
def let_in(request: LookingRequest, circle: str) -> HttpResponse:
    """Find someone who may be listed, and let them in."""
    shown, person = _seen(request, circle), cast(Person, request.person)
    if not rules.may_let_in(person, shown):
        raise Http404
    asked = request.GET.get("q", "")
    if request.method == "POST":
        newcomer = _listed(request, request.POST.get("person", ""))
        if newcomer is not None:
            actions.let_in(newcomer, shown, by=person)
            messages.success(request, _("%(name)s is in the circle now.") % {"name": newcomer.name})
            return HttpResponseRedirect(reverse("circle", args=[circle]))
        messages.error(request, _("Choose someone from the list."))
        asked = request.POST.get("q", "")
    inside = {member.person.id for member in members(shown, request.viewer)}
    found = (
        [one for one in persons(request.viewer, asked)[0] if one.id not in inside] if asked.strip() else []
    )
    return render(
        request, "circles/let_in.html", {"here": "circles", "circle": shown, "q": asked, "found": found}
    )


@require_POST
@signed_in
def change_member(request: LookingRequest, circle: str, person: str) -> HttpResponse:
    """Let someone out, or change whether they look after the circle."""
    shown, by = _seen(request, circle), cast(Person, request.person)
    if not rules.may_let_in(by, shown):
        raise Http404
    listed = [member.person for member in members(shown, request.viewer)]
    member = next((one for one in listed if one.public_id == person), None)
    if member is None:
        raise Http404
    try:
        do = request.POST.get("do", "")
        if do == "let-out":
            actions.leave(member, shown, by=by)
        elif do in ("look-after", "stop-looking-after"):
            set_looks_after(member, shown, do == "look-after", by=by)
        messages.success(request, _("Changed."))
    except PeopleRefused as refusal:
        messages.error(request, refusal.message)
    # A secret circle is gone for one who has let himself out.
    still_there = Circle.visible.to(request.viewer).filter(id=shown.id).exists() and member.id != by.id
    return HttpResponseRedirect(reverse("circle", args=[circle]) if still_there else reverse("circles"))


@require_http_methods(["GET", "POST"])
@signed_in
def leave(request: LookingRequest, circle: str) -> HttpResponse:
    """Leave the circle, after a page that says what that means."""
    shown, person = _seen(request, circle), cast(Person, request.person)
    if not is_in(person, shown):
        raise Http404
    if request.method == "POST":
        actions.leave(person, shown, by=person)
        messages.success(request, _("You have left %(circle)s.") % {"circle": shown.name})
        return HttpResponseRedirect(reverse("circles"))
    return render(
        request,
        "circles/leave.html",
        {"here": "circles", "circle": shown, "alone": alone_in_care(person, shown)},
    )


def _seen(request: LookingRequest, circle: str) -> Circle:
    shown: Circle | None = Circle.visible.to(request.viewer).filter(public_id=circle).first()
    if shown is None:
        raise Http404
    return shown


def _listed(request: LookingRequest, person: str) -> Person | None:
    if re.fullmatch(PublicId.regex, person) is None:
        return None
    # Oneself is always visible to oneself, also when protected: one may let oneself in.
    found: Person | None = Person.visible.to(request.viewer).filter(public_id=person).first()
    return found
