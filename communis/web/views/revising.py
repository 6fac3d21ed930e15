"""Changing one's own words: edit or correct, undo, take back; and the earlier versions of a line."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.conversations import asking, drafting, history, markdown, revising, sending
from communis.conversations.gate import seen_contributions
from communis.conversations.lines import address_of, line_seen
from communis.conversations.reading_help import want_reading_help
from communis.conversations.refusals import Refused
from communis.journal.ids import public_id
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.web import before_it_goes
from communis.web.access import hidden_is_missing, signed_in
from communis.web.audience_words import describe
from communis.web.compose_page import draft_status, reading_context
from communis.web.found_rows import FoundRow
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.views.drafts import address_of_draft


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def revise(request: LookingRequest, line: str) -> HttpResponse:
    """New words for one's own line, as a small edit or as a correction."""
    person = _person(request)
    words = revising.own_words(line, by=person)
    place = drafting.edit_place(line)
    if request.method == "GET":
        draft = drafting.draft_at(place, by=person)
        text = draft.text if draft else words
        way = str(draft.choices.get("way", "")) if draft else ""
        return _form(request, line, text, way, status=draft_status(draft) if draft else "")
    text = request.POST.get("text", "").replace("\r\n", "\n")
    way, do = request.POST.get("way", ""), request.POST.get("do", "")
    written = _words(request, line, text)
    if request.POST.get("mask"):
        text = written.with_masked(request.POST.get("mask", ""))
        written = _words(request, line, text)
    found = written.rows(before_it_goes.left_in(request.POST))
    try:
        if text.strip():
            drafting.save_draft(place, text, by=person, choices={"way": way})
        if do == "send" and before_it_goes.may_go(found, request.POST):
            return _revised(line, text, way, person)
    except Refused as refused:
        return _form(request, line, text, way, {refused.field: refused.message}, found=found)
    if do == "send" or request.POST.get("mask") or request.POST.get("leave"):
        return _form(request, line, text, way, found=found)
    if do == "keep":
        messages.success(request, _("Kept. Only you see it."))
        return HttpResponseRedirect(reverse("drafts"))
    if do == "reading-off":
        want_reading_help(False, by=person)
    return _form(request, line, text, way, preview=do == "preview", read=do in ("reading", "preview"))


def _words(request: LookingRequest, line: str, text: str) -> before_it_goes.Words:
    """The new words, with what the check before opening finds in them where the line is widely open."""
    seen = line_seen(line, request.viewer).share
    answered = seen_contributions([seen.parent], request.viewer) if seen.parent is not None else []
    return before_it_goes.Words(
        text,
        Rung(seen.rung),
        request.viewer,
        answered=[one.person for one in answered if one.person is not None],
        outside_already=True,
    )


def _revised(line: str, text: str, way: str, person: Person) -> HttpResponse:
    if way not in ("edit", "correction"):
        raise Refused(_("Choose whether it is a small edit or a correction."), "way")
    with transaction.atomic():
        revising.revise(line, text, by=person, correction=way == "correction")
        drafting.throw_away(drafting.edit_place(line), by=person)
    return _to(line, person)


def _form(
    request: LookingRequest,
    line: str,
    text: str,
    way: str,
    errors: dict[str, str] | None = None,
    *,
    preview: bool = False,
    read: bool = False,
    status: str = "",
    found: Sequence[FoundRow] = (),
) -> HttpResponse:
    seen = line_seen(line, request.viewer).share
    context: dict[str, Any] = {
        "writing": True,
        "text": text,
        "way": way,
        "place": drafting.edit_place(line),
        "key": public_id(),
        "audience": describe(seen.audience, request.viewer),
        "errors": errors or {},
        "error_above": next(
            (said for name, said in (errors or {}).items() if name not in ("text", "way")), ""
        ),
        "found": found,
        "checked": ",".join(one.token for one in found),
        "preview": markdown.render(text) if preview and text.strip() else "",
        "status": status or _("Only you see it yet."),
        **reading_context(request, text if read else ""),
    }
    refused = bool(errors) or any(one.stops for one in found)
    return render(request, "compose/revise.html", context, status=422 if refused else 200)


@require_safe
@hidden_is_missing
def line_history(request: LookingRequest, line: str) -> HttpResponse:
    """What the line has shown before, and what changed, word by word."""
    seen = line_seen(line, request.viewer)
    context = {
        "line": line,
        "conversation": seen.conversation_public_id,
        "versions": history.versions(line, request.viewer),
    }
    return render(request, "compose/history.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def take_back(request: LookingRequest, line: str) -> HttpResponse:
    """Take one's own words back; a page first says what that does and does not do."""
    person = _person(request)
    share = revising.own_share(line, by=person)
    seen = line_seen(line, request.viewer)
    if request.method == "GET":
        context = {
            "line": line,
            "conversation": seen.conversation_public_id,
            "html": seen.share.html,
            "audience": describe(share.audience_id, request.viewer),
        }
        return render(request, "compose/take_back.html", context)
    revising.take_back(line, by=person)
    messages.success(request, _("Taken back."))
    return HttpResponseRedirect(_conversation_or_front(seen.conversation_public_id, request))


@require_POST
@signed_in
def undo(request: LookingRequest, line: str) -> HttpResponse:
    """Within the minute: the words are a draft again, and the form opens with them."""
    person = _person(request)
    try:
        draft = sending.unsend(line, by=person)
    except Refused as refused:
        messages.info(request, refused.message)
        return _to(line, person)
    messages.success(request, _("Undone. Nobody was told. Your words are here."))
    return HttpResponseRedirect(address_of_draft(draft, request.viewer))


def _conversation_or_front(conversation: str, request: LookingRequest) -> str:
    if asking.conversation_of(conversation, request.viewer) is None:
        return reverse("front")
    return reverse("conversation", args=[conversation])


def _to(line: str, person: Person) -> HttpResponseRedirect:
    conversation, address = address_of(revising.own_share(line, by=person))
    return HttpResponseRedirect(f"{reverse('conversation', args=[conversation])}#{address}")


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
