"""Thoughts like the words being written. The words come in the body of a form: no address and no log has them.

Nothing is kept and nothing is journalled; whoever is shown something is shown what she may read anyway (L12).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from communis.search.similar import similar_to
from communis.web import often_asked
from communis.web.access import signed_in
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.polling import nothing_new
from communis.web.trial_words import similar_rows


@require_POST
@keeps_words
@signed_in
def similar_thoughts(request: LookingRequest) -> HttpResponse:
    """The hint for the open page, or a page of its own. ``do=similar``: asked for, so that nothing is said too."""
    assert request.person is not None  # behind signed_in
    part = request.headers.get("HX-Request") == "true"
    if often_asked.asked.too_often(request.person.id) and part:
        return nothing_new()
    text = request.POST.get("text", "").replace("\r\n", "\n")
    context = {
        "here": "write",
        "text": text,
        "similar": similar_to(text, viewer=request.viewer),
        "similar_tried": similar_rows(text, request.viewer),
        "similar_asked": not part or request.POST.get("do") == "similar",
    }
    return render(request, "compose/similar_panel.html" if part else "compose/similar.html", context)
