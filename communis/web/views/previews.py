"""How words will look. Nothing but one's own draft is looked up for it: a link to a hidden thing is a plain link
(trust L29).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communis.conversations import drafting, markdown
from communis.web.access import signed_in
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.pictures import with_draft_pictures


@require_POST
@keeps_words
@signed_in
def previews(request: LookingRequest) -> HttpResponse:
    """The words as they will be shown: a part for the open page, or a page of its own."""
    assert request.person is not None  # behind signed_in
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        html = markdown.render(text) if text.strip() else ""
    except markdown.TextTooLong:
        html = ""
    draft = drafting.draft_at(request.POST.get("place", ""), by=request.person) if html else None
    if draft is not None:
        html = with_draft_pictures(html, draft.public_id, drafting.files_in(draft))
    context = {
        "here": "write",
        "text": text,
        "html": html,
        "empty": _("There are no words yet. Write a few first."),
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "compose/preview_panel.html" if part else "compose/preview.html", context)
