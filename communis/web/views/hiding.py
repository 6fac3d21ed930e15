"""Hiding words with a reason, the list of what is hidden, and showing it again."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.conversations.hiding import hidden_words, hide, may_hide, show_again
from communis.conversations.lines import line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.drawn_alone import draw_alone
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def hide_line(request: LookingRequest, line: str) -> HttpResponse:
    """The words, and why they are hidden."""
    person = cast(Person, request.person)  # behind signed_in
    reason, fault = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            hide(line, reason, by=person, key=request.POST.get("key", ""))
            messages.success(request, _("Hidden. The one who wrote it is told."))
            return HttpResponseRedirect(reverse("line", args=[line]))
        except Refused as refused:
            fault = refused.message
    seen = line_seen(line, request.viewer).share
    if not fault and not may_hide(seen, by=person):
        raise NotThere
    context = {
        "line": line,
        "drawn": draw_alone(seen),
        "reason": reason,
        "fault": fault,
        "key": request.POST.get("key", "") or public_id(),
    }
    return render(request, "hiding/form.html", context, status=422 if fault else 200)


@require_safe
@signed_in
def hidden(request: LookingRequest) -> HttpResponse:
    """What the person may show again."""
    found = hidden_words(request.viewer, by=cast(Person, request.person))
    # Sanitised when they were stored.
    rows = [(one, mark_safe(one.reason), mark_safe(one.words)) for one in found]  # noqa: S308
    return render(request, "hiding/list.html", {"rows": rows})


@require_POST
@signed_in
def show(request: LookingRequest, hiding: str) -> HttpResponse:
    """Show the words again."""
    show_again(hiding, by=cast(Person, request.person))
    messages.success(request, _("Shown again. The one who wrote it is told."))
    return HttpResponseRedirect(reverse("hidden-words"))
