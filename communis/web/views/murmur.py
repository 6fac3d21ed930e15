"""Beyond the twelve thoughts of the front page: the older ones, and what came since the page was opened."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from communis.conversations.gate import openings_and_newest
from communis.conversations.listing import newest
from communis.conversations.news import newest_anywhere
from communis.conversations.paging import After, all_seen
from communis.conversations.thoughts import thoughts
from communis.looking.viewers import Viewer
from communis.web.cursors import cursor, place
from communis.web.middleware import LookingRequest
from communis.web.polling import moment, nothing_new
from communis.web.rows import thought_row

# Beyond this nobody counts.
MOST = 20


@require_safe
def older(request: LookingRequest) -> HttpResponse:
    """Every conversation's thought, newest first, page by page."""
    shown = place(request.GET.get("after", ""), 2)
    page = all_seen(request.viewer, After(*shown) if shown else None)
    marks = request.person is not None
    context = {
        "here": "front",
        "thoughts": [thought_row(one, marks=marks) for one in thoughts(page.found, request.viewer)],
        "next": cursor(*page.next) if page.next else "",
    }
    return render(request, "front/older.html", context)


@require_safe
def new(request: LookingRequest) -> HttpResponse:
    """What is new since a moment: nothing (204, no body), or one line that offers to show it."""
    since = moment(request.GET.get("since", ""))
    last = newest_anywhere(request.viewer)
    number = _new_thoughts(request.viewer, since) if last is not None and last > since else 0
    if number == 0:
        return nothing_new()
    if number > MOST:
        words = _("More than twenty new thoughts. Show.")
    else:
        words = ngettext("%(count)d new thought. Show.", "%(count)d new thoughts. Show.", number)
        words %= {"count": number}
    return render(request, "front/news.html", {"words": words})


def _new_thoughts(viewer: Viewer, since: int) -> int:
    """In how many conversations someone else said something since then, at most one more than is told."""
    found = [(number, at) for number, at in newest(viewer, MOST + 1) if at > since]
    seen = openings_and_newest(found, viewer)
    return len({one.conversation for one in seen if one.opened_at > since and not one.own})
