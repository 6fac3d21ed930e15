"""How one's own words read. Nothing is kept of it, and nobody else sees it (R99, R103)."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communis.conversations.gate import Seen
from communis.conversations.lines import line_seen
from communis.conversations.reading_help import want_reading_help, wants_reading_help
from communis.conversations.refusals import NotThere
from communis.looking.viewers import Viewer
from communis.web.access import signed_in
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.reading_panel import panel


@require_POST
@keeps_words
@signed_in
def readings(request: LookingRequest) -> HttpResponse:
    """The panel for the open page, or a page of its own."""
    assert request.person is not None  # behind signed_in
    text = request.POST.get("text", "").replace("\r\n", "\n")
    restated = _restated(request.POST.get("place", ""), request.viewer)
    wanted = wants_reading_help(by=request.person)
    context = {"here": "write", "text": text, "reading": panel(text, restated) if wanted else None}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "compose/reading_panel.html" if part else "compose/reading.html", context)


@require_POST
@signed_in
def reading_help(request: LookingRequest) -> HttpResponse:
    """Turn it on or off for good, from one's own page."""
    assert request.person is not None  # behind signed_in
    wanted = request.POST.get("wanted") == "yes"
    want_reading_help(wanted, by=request.person)
    messages.success(request, _("Kept."))
    return HttpResponseRedirect(reverse("own-page"))


def _restated(place: str, viewer: Viewer) -> Seen | None:
    about, _colon, line = place.partition(":")
    if about != "restate":
        return None
    try:
        return line_seen(line, viewer).share
    except NotThere:
        return None
