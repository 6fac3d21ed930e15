"""All questions the viewer may see, and one's own conversations."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communis.conversations.listing import listed
from communis.conversations.paging import After, own
from communis.conversations.questions import questions as questions_before
from communis.web.access import signed_in
from communis.web.cursors import cursor, place
from communis.web.dates import today
from communis.web.middleware import LookingRequest
from communis.web.rows import conversation_rows, question_rows


@require_safe
def questions(request: LookingRequest) -> HttpResponse:
    """Questions, newest first, in their own words."""
    shown = place(request.GET.get("after", ""), 1)
    found, before = questions_before(request.viewer, shown[0] if shown else None)
    context = {
        "here": "questions",
        "questions": question_rows(found, today().isoformat(), request.viewer),
        "next": cursor(before) if before is not None else "",
    }
    return render(request, "front/questions.html", context)


@require_safe
@signed_in
def own_conversations(request: LookingRequest) -> HttpResponse:
    """Those one wrote in, was written to or listens to. Nobody has such a list of anybody else."""
    assert request.person is not None  # behind signed_in
    shown = place(request.GET.get("after", ""), 2)
    page = own(request.viewer, After(*shown) if shown else None, by=request.person)
    shown_here = listed(page.found, request.viewer)
    found = zip(shown_here, conversation_rows(shown_here, request.viewer), strict=True)
    context = {
        "here": "conversations",
        "rows": [{"row": row, "conversation": one.public_id, "listed": one} for one, row in found],
        "next": cursor(*page.next) if page.next else "",
    }
    return render(request, "front/conversations.html", context)
