"""A conversation, one contribution of it, and what is new in it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from communis.conversations.anchoring import anchored
from communis.conversations.asking import conversation_of, question_of
from communis.conversations.files import files_of
from communis.conversations.following import mark_seen, seen_until, way_of
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_seen
from communis.conversations.markdown import first_line
from communis.conversations.news import newest_in
from communis.conversations.reading import mentions, newer_than, shares_at, shares_of, thread
from communis.conversations.wider import own_wider_lines
from communis.looking.viewers import Viewer
from communis.openness.rungs import Rung
from communis.web.access import hidden_is_missing
from communis.web.audience_words import describe
from communis.web.contributions import Page, draw_one, draw_thread
from communis.web.middleware import LookingRequest


@require_safe
def conversation(request: LookingRequest, conversation: str) -> HttpResponse:
    """The whole conversation as this viewer may see it, on one page."""
    number, shares = shares_at(conversation, request.viewer)
    if not shares:
        raise Http404
    said, elsewhere = mentions(shares)
    opening = next((seen for seen in said if seen.opening), None)
    newest = max(seen.opened_at for seen in shares)
    seen_before = None
    if request.person is not None:
        seen_before = seen_until(number, by=request.person)
        if seen_before is None or seen_before < newest:
            mark_seen(number, newest, by=request.person)
    page = _page(request, shares, opening, seen_before)
    nodes = thread(number, said)
    return render(
        request,
        "conversation/page.html",
        {
            "conversation": conversation,
            "title": first_line(opening.html) if opening else _("A conversation"),
            "opening": opening,
            "question": question_of(opening, request.viewer) if opening else None,
            "rung": Rung(page.rung),
            "audience": _audience(opening, shares, request.viewer),
            "to_one": page.rung == Rung.DIRECT,
            "head": draw_thread(nodes[:1], page),
            "thread": draw_thread(nodes[1:], page),
            "alone": len(said) == 1,
            "mentions": draw_thread(thread(number, elsewhere), page) if elsewhere else "",
            "newest": newest,
            "way": way_of(number, by=request.person) if request.person else None,
        },
    )


def _audience(opening: Seen | None, shares: list[Seen], viewer: Viewer) -> str:
    """Who reads along, in words. At the wide rungs the rung's own word says it."""
    if opening is None or opening.rung >= Rung.ORGANISATION:
        return ""
    return describe(opening.audience, viewer, {seen.person for seen in shares if seen.person is not None})


def _page(request: LookingRequest, shares: list[Seen], opening: Seen | None, seen_before: int | None) -> Page:
    return Page(
        rung=opening.rung if opening else max(seen.rung for seen in shares),
        seen_until=seen_before,
        may_answer=request.person is not None,
        shown={seen.contribution: seen for seen in shares},
        anchored=anchored(shares),
        files=files_of([seen.revision for seen in shares]),
    )


@require_safe
def news(request: LookingRequest, conversation: str) -> HttpResponse:
    """What is new since a moment: nothing (204, no body), or one line that offers to show it."""
    since = _moment(request.GET.get("since", ""))
    newest = newest_in(conversation, request.viewer)
    if newest is None or newest <= since:
        return _nothing_new()
    found = conversation_of(conversation, request.viewer)
    count = newer_than(found.id, request.viewer, since) if found else 0
    if count == 0:
        return _nothing_new()
    words = ngettext("%(count)d new contribution. Show.", "%(count)d new contributions. Show.", count)
    return render(
        request,
        "conversation/news.html",
        {"conversation": conversation, "words": words % {"count": count}, "newest": newest},
    )


def _nothing_new() -> HttpResponse:
    """Three hundred bytes at most: no body, so nothing for a content policy to hold back."""
    response = HttpResponse(status=204)
    response._csp_exempt = True  # type: ignore[attr-defined]  # what django-csp sets itself
    return response


def _moment(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 18 else 0


@require_safe
@hidden_is_missing
def line(request: LookingRequest, line: str) -> HttpResponse:
    """One contribution by itself, with all that can be done with it."""
    seen = line_seen(line, request.viewer)
    found = conversation_of(seen.conversation_public_id, request.viewer)
    assert found is not None  # it holds the share just seen
    shares = [seen.share]
    opening = next((one for one in shares_of(found.id, request.viewer) if one.opening), None)
    context: dict[str, Any] = {
        "seen": seen.share,
        "conversation": seen.conversation_public_id,
        "opening": opening,
        "question_line": first_line(opening.html) if opening else "",
        "drawn": draw_one(seen.share, _page(request, shares, None, None)._replace(may_answer=False)),
        "wider": own_wider_lines(line, by=request.person) if request.person and seen.share.own else [],
        "answerable": request.person is not None and seen.share.kind != Kind.MENTION,
    }
    return render(request, "conversation/line.html", context)


def to_contribution(conversation: str, line: str) -> HttpResponseRedirect:
    """Go to a contribution in its conversation."""
    return HttpResponseRedirect(f"{reverse('conversation', args=[conversation])}#{line}")
