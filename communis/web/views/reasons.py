"""What comes after an answer: its reason is answered once, whoever gave it says that it stands, and is it clear?"""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.answers.clarity import tap
from communis.answers.reasons import answer_reason, keep_answer, standing
from communis.answers.showing import contribution_of
from communis.conversations.gate import seen_contributions
from communis.conversations.lines import conversations_with
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.looking.viewers import Viewer
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.drawn_alone import draw_alone
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def answer(request: LookingRequest, answer: str) -> HttpResponse:
    """The page where the author answers the reason."""
    person = cast(Person, request.person)  # behind signed_in
    found = standing(answer, request.viewer)
    if found is None or found.given_by_viewer:
        raise NotThere
    try:
        said = seen_contributions([contribution_of(answer)], request.viewer)
    except LookupError as early:
        raise NotThere from early
    if not said:
        raise NotThere
    conversation = conversations_with(said)[said[0].conversation]
    back = f"{reverse('conversation', args=[conversation])}#straight-answer"
    if request.method == "GET" and not found.may_answer:
        return HttpResponseRedirect(back)
    text, fault = request.POST.get("text", "").replace("\r\n", "\n"), ""
    if request.method == "POST":
        try:
            answer_reason(answer, text, by=person, key=request.POST.get("key", ""))
            messages.success(request, _("Said. You are told if the answer stands."))
            return HttpResponseRedirect(back)
        except Refused as refused:
            fault = refused.message
    context = {
        "answer": answer,
        "back": back,
        "drawn": draw_alone(said[0]),
        "text": text,
        "fault": fault,
        "key": request.POST.get("key", "") or public_id(),
    }
    return render(request, "answers/reason.html", context, status=422 if fault else 200)


@require_POST
@signed_in
def keep(request: LookingRequest, answer: str) -> HttpResponse:
    """*My answer stands.*"""
    try:
        keep_answer(answer, by=cast(Person, request.person))
        messages.success(request, _("Your answer stands. The one who asked is told, and nobody else."))
    except Refused as refused:
        messages.info(request, refused.message)
    return HttpResponseRedirect(reverse("to-answer"))


@require_POST
@signed_in
def clarity(request: LookingRequest, answer: str) -> HttpResponse:
    """Find an answer clear or not, or fair or not."""
    said = {name: request.POST[name] != "no" for name in ("clear", "fair") if name in request.POST}
    try:
        tap(answer, by=cast(Person, request.person), **said)
        messages.success(request, _("Noted. Nobody is shown it, and you can change it."))
    except Refused as refused:
        messages.info(request, refused.message)
    return HttpResponseRedirect(_page_of(answer, request.viewer))


def _page_of(answer: str, viewer: Viewer) -> str:
    """Where the answer stands for the viewer; the front page while only the two read it."""
    try:
        said = seen_contributions([contribution_of(answer)], viewer)
    except LookupError:
        said = []
    return reverse("line", args=[said[0].line]) if said else reverse("front")
