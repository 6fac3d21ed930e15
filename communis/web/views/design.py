"""The style page: every component in every state, with invented words. For stewards, and where people build."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from communis.openness.receipt_codes import written
from communis.openness.rungs import Rung
from communis.web.design_words import ENGLISH, SWEDISH
from communis.web.middleware import LookingRequest
from communis.web.receipt_picture import receipt_picture
from communis.web.rung_signs import DRAFT

# Nobody's: made of nothing but zeros.
RECEIPT = written(bytes(17))
COLOURS = (
    "paper",
    "paper-raised",
    "paper-sunk",
    "ink",
    "ink-quiet",
    "line",
    "line-strong",
    "accent",
    "kept",
    "gone",
    "warning",
)


@require_safe
def design(request: LookingRequest) -> HttpResponse:
    """Every component; hidden as missing from those who neither look after the place nor build it."""
    steward = request.person is not None and request.person.steward
    if not steward and not settings.DEVELOPMENT:
        raise Http404
    words = SWEDISH if get_language() == "sv" else ENGLISH
    signs = [(DRAFT, words["draft"]), *((int(rung), str(rung.label)) for rung in Rung if rung != DRAFT)]
    context = {
        "words": words,
        "signs": signs,
        "colours": COLOURS,
        "receipt": RECEIPT,
        "picture": receipt_picture(RECEIPT),
    }
    return render(request, "design/page.html", context)
