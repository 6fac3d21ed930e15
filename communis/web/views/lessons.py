"""A lesson for all: written by who gave a private answer, agreed to by the one who got it."""

import hashlib
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communis.conversations import markdown
from communis.conversations.lines import lines_seen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.revising import own_words
from communis.conversations.shown_words import byline
from communis.journal.ids import public_id
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.people.naming import person_with
from communis.web.access import signed_in
from communis.web.forms.writing import NARROW_AND_WIDE
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.widening.findings import Finding
from communis.widening.lessons import (
    Answered,
    answer_lesson,
    answered_by,
    found_in_lesson,
    let_lesson_be,
    propose_lesson,
)
from communis.widening.models import Lesson

State = Lesson.State


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def draw(request: LookingRequest, line: str) -> HttpResponse:
    """Write the lesson: begun with the words of the answer, and shown once more when the check finds something."""
    person = _person(request)
    answered = answered_by(line, by=person)
    if request.method == "GET":
        return _drawing(request, answered, own_words(line, by=person), "organisation", public_id())
    text = request.POST.get("text", "").replace("\r\n", "\n")
    chosen, key = request.POST.get("audience", ""), request.POST.get("key", "")
    rung = NARROW_AND_WIDE.get(chosen, Rung.DIRECT)
    try:
        found = found_in_lesson(text, rung, answered, request.viewer) if rung >= Rung.ORGANISATION else []
    except markdown.TextTooLong as error:
        return _drawing(request, answered, text, chosen, key, fault=str(error))
    looked_at = request.POST.get("checked", "") == _digest(text, chosen)
    if request.POST.get("do") == "show" or (found and not looked_at):
        return _drawing(request, answered, text, chosen, key, found=found, shown=True)
    try:
        made = propose_lesson(line, text, rung, by=person, key=key)
    except Refused as refused:
        return _drawing(request, answered, text, chosen, key, found=found, fault=refused.message)
    messages.success(request, _("Asked. Nothing is told to anyone before there is a yes."))
    return HttpResponseRedirect(reverse("lesson", args=[made]))


def _drawing(
    request: LookingRequest,
    answered: Answered,
    text: str,
    chosen: str,
    key: str,
    *,
    found: list[tuple[str, Finding]] | None = None,
    shown: bool = False,
    fault: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "line": answered.own.line,
        "asked": byline(answered.answers),
        "text": text,
        "chosen": chosen,
        "key": key,
        "public": settings.PUBLIC_RUNG,
        "found": found or [],
        "preview": markdown.render(text) if shown and text.strip() else "",
        "checked": _digest(text, chosen) if shown else "",
        "fault": fault,
    }
    return render(request, "widenings/draw_lesson.html", context, status=422 if fault else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def lesson(request: LookingRequest, lesson: str) -> HttpResponse:
    """The exact words. The one who was answered agrees or not; who wrote them can let it be."""
    found = Lesson.visible.to(request.viewer).filter(public_id=lesson).first()
    if found is None:
        raise NotThere
    person = _person(request)
    if request.method == "GET":
        return _page(request, cast(Lesson, found))
    do, key = request.POST.get("do", ""), request.POST.get("key", "")
    try:
        if found.person_id == person.id:
            let_lesson_be(lesson, by=person)
        else:
            answer_lesson(lesson, do == "agree", by=person, key=key)
            if do == "agree":
                messages.success(request, _("Thank you. Until it opens you can take your yes back."))
            else:
                messages.success(request, _("Nothing is told to anyone. Nobody is told that you said no."))
    except Refused as refused:
        messages.info(request, refused.message)
    return HttpResponseRedirect(reverse("lesson", args=[lesson]))


def _page(request: LookingRequest, found: Lesson) -> HttpResponse:
    own = found.person_id == _person(request).id
    opened = lines_seen([found.opened_id], request.viewer) if found.opened_id is not None else {}
    context: dict[str, Any] = {
        "lesson": found,
        "html": markdown.render(found.text),
        "own": own,
        "rung": Rung(found.rung),
        # The two have written to each other.
        "proposer": person_with(found.person_id).name,
        "asking": found.state == State.ASKING,
        "agreed": found.state == State.AGREED,
        "opened": next((one.conversation_public_id for one in opened.values()), ""),
        "left": found.state == State.LEFT,
        "key": public_id(),
    }
    return render(request, "widenings/lesson.html", context)


def _digest(text: str, chosen: str) -> str:
    return hashlib.sha256(f"{chosen}\0{text}".encode()).hexdigest()[:32]


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
