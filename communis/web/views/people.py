"""Persons: the directory, a person's page, and one's own."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.behind_the_scenes.claiming import own_claims
from communis.channels.email.destinations import letter_address
from communis.channels.importers.name_claiming import own_name_claims
from communis.conversations.reading_help import wants_reading_help
from communis.people.actions import roles_now
from communis.people.directory import circles_of, persons, titles_of
from communis.people.models import Person
from communis.people.own_page import choose_adviser, describe_oneself
from communis.people.refusals import PeopleRefused
from communis.web.access import signed_in
from communis.web.forms.people import OwnPage
from communis.web.middleware import LookingRequest


@require_safe
@signed_in
def directory(request: LookingRequest) -> HttpResponse:
    """Everyone who may be listed, or those whose name begins so."""
    beginning = request.GET.get("q", "")
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    found, more = persons(request.viewer, beginning, page)
    titles = titles_of(found)
    return render(
        request,
        "people/directory.html",
        {
            "persons": [(one, titles.get(one.id, [])) for one in found],
            "q": beginning,
            "page": page,
            "next_page": page + 1 if more else None,
        },
    )


@require_safe
@signed_in
def person(request: LookingRequest, person: str) -> HttpResponse:
    """Name, roles, circles and what they wrote about themselves. Never what they wrote elsewhere (R33, R52)."""
    found = Person.visible.to(request.viewer).filter(public_id=person).first()
    if found is None:
        raise Http404
    own = found.id == request.viewer.person_id
    return render(
        request,
        "people/person.html",
        {
            "person": found,
            "own": own,
            "roles": roles_now(found),
            "circles": circles_of(found, request.viewer),
            "letter_at": letter_address(found, by=cast(Person, request.person)),
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def own_page(request: LookingRequest) -> HttpResponse:
    """What one shows of oneself; the way to drafts, to other settings, and out."""
    own = cast(Person, request.person)
    form = OwnPage(request.POST or None, initial={"name": own.name, "about": own.about})
    if request.method == "POST" and form.is_valid():
        try:
            describe_oneself(**form.cleaned_data, by=own)
            messages.success(request, _("Kept."))
            return HttpResponseRedirect(reverse("own-page"))
        except PeopleRefused as refusal:
            form.refused(refusal)
    return render(
        request,
        "people/own_page.html",
        {
            "here": "own-page",
            "form": form,
            "roles": roles_now(own),
            "circles": circles_of(own, request.viewer),
            "reading_help": wants_reading_help(by=own),
            "name_claims": own_name_claims(by=own),
            "shown_claims": own_claims(by=own),
        },
    )


@require_POST
@signed_in
def adviser(request: LookingRequest) -> HttpResponse:
    """Offer the adviser again, or no longer."""
    choose_adviser(request.POST.get("adviser") == "on", by=cast(Person, request.person))
    messages.success(request, _("Kept."))
    return HttpResponseRedirect(reverse("own-page"))
