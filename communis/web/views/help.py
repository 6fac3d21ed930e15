"""Help where it is needed: one page each for those who write, who answer, stewards and registrars."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from communis.openness.rungs import Rung


def help_pages(request: HttpRequest) -> HttpResponse:
    """Which pages there are."""
    return _page(request, "list")


def writing(request: HttpRequest) -> HttpResponse:
    """For those who contribute."""
    rungs = [
        (Rung.DIRECT, "direct", _("those you choose")),
        (Rung.CIRCLE, "circle", _("those in it")),
        (Rung.ORGANISATION, "all-employees", _("everyone who works here, also those who come later")),
    ]
    if settings.PUBLIC_RUNG:
        rungs.append((Rung.PUBLIC, "open", _("anyone, also without signing in")))
    return _page(request, "writing", rungs=rungs, reporting_channel=settings.REPORTING_CHANNEL)


def answering(request: HttpRequest) -> HttpResponse:
    """For those who lead: what is written to them, and the questions they ask."""
    return _page(request, "answering")


def stewards(request: HttpRequest) -> HttpResponse:
    """For stewards. It tells nothing that others may not know, so anyone can read it."""
    return _page(request, "stewards")


def registrars(request: HttpRequest) -> HttpResponse:
    """For registrars: what can be handed out from here today, and how."""
    return _page(request, "registrars")


def _page(request: HttpRequest, name: str, **told: object) -> HttpResponse:
    return render(request, f"help/{name}.html", {"whom_to_ask": settings.CONTACT, **told})
