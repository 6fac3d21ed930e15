"""Drafts: saved while one writes, listed to go on with, thrown away. Each person sees only her own."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.answers.models import Answer, Ask
from communis.answers.queue import ask_waiting
from communis.conversations import drafting
from communis.conversations.lines import line_seen
from communis.conversations.models import Draft
from communis.conversations.refusals import NotThere, Refused
from communis.looking.viewers import Viewer
from communis.people.models import Person
from communis.people.naming import person_with
from communis.web.access import signed_in
from communis.web.compose_page import draft_status
from communis.web.middleware import LookingRequest
from communis.web.uploads import describe_files

# What the forms send along with the words, and is kept with them.
_ONE = ("audience", "circle", "byline", "level", "scope", "answer_by", "kind", "words", "n", "quote", "way")
_MANY = ("persons", "hosts", "wishes")


class Listed(NamedTuple):
    """A draft in the list, and where one goes on with it."""

    public_id: str
    text: str
    saved_at: int
    address: str
    answers: bool
    edits: bool
    # An answer to what one was asked.
    rules: bool


@require_http_methods(["GET", "POST"])
def drafts(request: LookingRequest) -> HttpResponse:
    """The list of what one has begun; a POST keeps what stands in a form (and answers with one line)."""
    if request.method == "POST":
        return _save(request)
    return _list(request)


@signed_in
def _list(request: LookingRequest) -> HttpResponse:
    assert request.person is not None  # behind signed_in
    found = [_listed(draft, request.viewer) for draft in drafting.own_drafts(by=request.person)]
    return render(request, "compose/drafts.html", {"here": "drafts", "drafts": found})


def _save(request: LookingRequest) -> HttpResponse:
    """Keep the words. 403 when signed out: nothing is stored for a person who is not signed in."""
    if request.person is None:
        return line("", 403)
    place = request.POST.get("place", "")
    if not _text(request).strip() and drafting.draft_at(place, by=request.person) is None:
        return line(draft_status(None), 200)
    try:
        draft = keep(request, by=request.person)
        if draft is not None:
            describe_files(request.POST, place, by=request.person)
    except Refused as refusal:
        return line(refusal.message, 422)
    except NotThere:
        return line(_("That draft was thrown away. Your text is here."), 404)
    return line(draft_status(draft) if draft else _("Sent."), 200)


def keep(request: LookingRequest, *, by: Person) -> Draft | None:
    """Keep what stands in the form; None when it was sent already. Raises Refused and NotThere."""
    choices: dict[str, object] = {name: request.POST[name] for name in _ONE if name in request.POST}
    choices.update({name: request.POST.getlist(name) for name in _MANY if name in request.POST})
    place, key = request.POST.get("place", ""), request.POST.get("key", "")
    return drafting.save_draft(place, _text(request), by=by, choices=choices, key=key)


def _text(request: LookingRequest) -> str:
    return request.POST.get("text", "").replace("\r\n", "\n")


def line(text: str, status: int) -> HttpResponse:
    """One line for a script to show."""
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _listed(draft: Draft, viewer: Viewer) -> Listed:
    about = draft.place.partition(":")[0]
    address = address_of_draft(draft, viewer)
    return Listed(
        draft.public_id,
        draft.text or _("A picture or file"),
        draft.saved_at,
        address,
        about in ("reply", "restate"),
        about == "edit",
        about == "ask",
    )


_ADDRESSES = {"reply": "answer", "edit": "revise", "restate": "restate"}


def address_of_draft(draft: Draft, viewer: Viewer) -> str:
    """Where one goes on with a draft: where it was begun, while what it is about can be seen."""
    about, _colon, rest = draft.place.partition(":")
    answered = rest[:32]
    if draft.place == drafting.NEW:
        return reverse("write")
    if about == "ask" and (begun := _address_of_answer(rest, viewer)):
        return begun
    if about in _ADDRESSES and _seen(answered, viewer):
        wanted = {name: draft.choices[name] for name in ("words", "n", "quote") if draft.choices.get(name)}
        query = f"?{urlencode(wanted)}" if about == "reply" and wanted.get("words") else ""
        return reverse(_ADDRESSES[about], args=[answered]) + query
    return f"{reverse('write')}?{urlencode({'draft': draft.public_id})}"


def _address_of_answer(ask: str, viewer: Viewer) -> str:
    """Where an answer to what was asked goes on: while it waits for one, or where one's own is to be replaced."""
    if viewer.person_id is None:
        return ""
    try:
        waiting = ask_waiting(ask, viewer, by=person_with(viewer.person_id))
    except NotThere:
        return ""
    if waiting.ask.state in (Ask.State.WAITING, Ask.State.AUTHORS_TURN):
        return reverse("ask", args=[ask])
    given = Answer.visible.to(viewer).filter(ask_id=waiting.ask.id, person_id=viewer.person_id)
    last = given.order_by("-id").first()
    return reverse("replace-answer", args=[last.public_id]) if last else ""


def _seen(line: str, viewer: Viewer) -> bool:
    """Whether what the draft is about can still be seen; if not, its words can be used for something new."""
    try:
        line_seen(line, viewer)
    except NotThere:
        return False
    return True


@require_POST
@signed_in
def removal(request: LookingRequest, draft: str) -> HttpResponse:
    """Throw a draft away."""
    assert request.person is not None  # behind signed_in
    found = drafting.own_draft(draft, by=request.person)
    drafting.throw_away(found.public_id, by=request.person)
    messages.success(request, _("Thrown away."))
    return HttpResponseRedirect(reverse("drafts"))
