"""Pages about the place itself, and the choice of language. They are the same for everyone, signed in or not."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from communis.people.own_page import choose_language
from communis.web.glossary import words as all_words
from communis.web.languages import remember_language
from communis.web.middleware import LookingRequest
from communis.web.personal_data import KEPT, columns


def records(request: HttpRequest) -> HttpResponse:
    """Where the records are: what the organisation keeps here, and how one asks for it (D16)."""
    told = {"address": settings.BASE_URL, "registrar": settings.REGISTRAR}
    return render(request, "about/records.html", told)


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, who sees it and for how long (D35, D36)."""
    tables = columns()
    kept = [{**one._asdict(), "columns": [(table, tables[table]) for table in one.tables]} for one in KEPT]
    told = {"kept": kept, "officer": settings.DATA_PROTECTION_OFFICER}
    return render(request, "about/privacy.html", told)


def words(request: HttpRequest) -> HttpResponse:
    """The words of the product, each in a sentence or two (D52)."""
    return render(request, "about/words.html", {"words": all_words()})


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what the law asks for, from settings (D51)."""
    told = {
        "address": settings.BASE_URL,
        "level": settings.ACCESSIBILITY_LEVEL,
        "faults": settings.ACCESSIBILITY_FAULTS,
        "too_burdensome": settings.ACCESSIBILITY_TOO_BURDENSOME,
        "outside_the_law": settings.ACCESSIBILITY_OUTSIDE_THE_LAW,
        "tested_by": settings.ACCESSIBILITY_TESTED_BY,
        "tested": settings.ACCESSIBILITY_TESTED,
        "updated": settings.ACCESSIBILITY_UPDATED,
        "published": settings.PUBLISHED,
        "whom_to_ask": settings.CONTACT,
        "written_in": settings.LANGUAGE_CODE,
    }
    return render(request, "about/accessibility.html", told)


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
