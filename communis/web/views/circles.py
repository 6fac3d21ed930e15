"""Circles: the list, founding one, a circle's page, and what is changed about it."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communis.channels.email.destinations import circle_address
from communis.journal.ids import public_id
from communis.people import actions, rules
from communis.people import circles as of_circles
from communis.people.models import Circle, Person
from communis.people.refusals import PeopleRefused
from communis.web.access import signed_in
from communis.web.forms.circles import Changing, Founding, Nesting
from communis.web.middleware import LookingRequest


@require_safe
@signed_in
def circles(request: LookingRequest) -> HttpResponse:
    """The circles one may know of, own ones first."""
    found = of_circles.circles(request.viewer)
    return render(
        request,
        "circles/list.html",
        {
            "here": "circles",
            "mine": [listed for listed in found if listed.mine],
            "others": [listed for listed in found if not listed.mine],
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def found(request: LookingRequest) -> HttpResponse:
    """Anyone may found a circle, with nobody's approval (R35)."""
    person = cast(Person, request.person)
    form = Founding(request.POST or None, unit=rules.may_found_unit(person))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            circle = actions.found_circle(
                told["name"],
                by=person,
                purpose=told["purpose"],
                history=told["history"] == "yes",
                sight=told["sight"],
                unit=told.get("unit", False),
                authority=told.get("authority", "") if told.get("unit") else "",
                key=request.POST.get("key", ""),
            )
            return _back_to(circle)
        except PeopleRefused as refusal:
            form.refused(refusal)
    return render(request, "circles/found.html", {"here": "circles", "form": form, "key": public_id()})


@require_safe
@signed_in
def circle(request: LookingRequest, circle: str) -> HttpResponse:
    """What it is for, who is in it as far as one may see, and what joining it means."""
    shown = _seen(request, circle)
    person = cast(Person, request.person)
    sees_members = of_circles.sees_members(shown, request.viewer)
    return render(
        request,
        "circles/circle.html",
        {
            "here": "circles",
            "circle": shown,
            "sees_members": sees_members,
            "members": of_circles.members(shown, request.viewer) if sees_members else [],
            "around": of_circles.around(shown, request.viewer),
            "inside": of_circles.inside(shown, request.viewer),
            "is_in": of_circles.is_in(person, shown),
            "letter_at": circle_address(shown, by=person),
            "may_let_in": rules.may_let_in(person, shown),
            "may_change": rules.may_change_circle(person, shown),
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: LookingRequest, circle: str) -> HttpResponse:
    """Rename it, describe it, let fewer know of it."""
    shown, person = _in_care(request, circle)
    told = {name: getattr(shown, name) for name in ("name", "purpose", "sight", "authority")}
    form = Changing(request.POST or None, unit=shown.unit, widest=shown.sight, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            of_circles.change_circle(shown, by=person, **form.cleaned_data)
            messages.success(request, _("Changed."))
            return _back_to(shown)
        except PeopleRefused as refusal:
            form.refused(refusal)
    return render(request, "circles/change.html", {"here": "circles", "circle": shown, "form": form})


@require_http_methods(["GET", "POST"])
@signed_in
def nest(request: LookingRequest, circle: str) -> HttpResponse:
    """Put it inside another that one looks after too, or take it out."""
    shown, person = _in_care(request, circle)
    mine = [one for one in of_circles.in_care_of(person) if one.id != shown.id]
    now_around = next((one.public_id for one in mine if one.id == shown.parent_id), "")
    choices = [(one.public_id, one.name) for one in mine]
    form = Nesting(request.POST or None, circles=choices, initial={"outer": now_around})
    if request.method == "POST" and form.is_valid():
        outer = next((one for one in mine if one.public_id == form.cleaned_data["outer"]), None)
        try:
            actions.nest(shown, outer, by=person)
            messages.success(request, _("Changed."))
            return _back_to(shown)
        except PeopleRefused as refusal:
            form.add_error("outer", refusal.message)
    return render(request, "circles/nest.html", {"here": "circles", "circle": shown, "form": form})


@require_http_methods(["GET", "POST"])
@signed_in
def history(request: LookingRequest, circle: str) -> HttpResponse:
    """Turn history off, after a page that says what that means. It cannot be turned on."""
    shown, person = _in_care(request, circle)
    if request.method == "POST":
        actions.turn_off_history(shown, by=person)
        messages.success(request, _("From now on, those who come in see only what is said after that."))
        return _back_to(shown)
    return render(request, "circles/history.html", {"here": "circles", "circle": shown})


def _seen(request: LookingRequest, circle: str) -> Circle:
    """The circle if the viewer may know of it. Raises Http404, for hidden as for missing."""
    shown: Circle | None = Circle.visible.to(request.viewer).filter(public_id=circle).first()
    if shown is None:
        raise Http404
    return shown


def _in_care(request: LookingRequest, circle: str) -> tuple[Circle, Person]:
    """The circle, for one who may change it. For others the page is not there."""
    shown, person = _seen(request, circle), cast(Person, request.person)
    if not rules.may_change_circle(person, shown):
        raise Http404
    return shown, person


def _back_to(circle: Circle) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("circle", args=[circle.public_id]))
