"""Pages about the place itself, and the choice of language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from communis.people.own_page import choose_language
from communis.web.languages import remember_language
from communis.web.middleware import LookingRequest


def records(request: HttpRequest) -> HttpResponse:
    """Where the records are: what the organisation keeps here, and how one asks for it (D16)."""
    return render(request, "about/records.html", {"here": "records"})


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (D51)."""
    return render(request, "about/accessibility.html", {"here": "accessibility"})


@require_POST
def set_language(request: LookingRequest) -> HttpResponse:
    """Remember the language, for someone signed in as their own, and go back to the page one was on."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        if request.person is not None:
            choose_language(language, by=request.person)
        remember_language(response, language)
    return response
