"""Staying with the question: a sign, a wish for simpler words, words adopted as the headline, a branch moved."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.conversations.kinds import Sign
from communis.conversations.lines import line_seen
from communis.conversations.moving import may_move, move
from communis.conversations.outing import flag_outing
from communis.conversations.reacting import react, take_sign_back
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.restating import adopt, stand_alone_again
from communis.conversations.sending import sent_already
from communis.conversations.simpler import wish_no_longer, wish_simpler
from communis.conversations.thanking import thank
from communis.journal.ids import public_id
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.audience_words import describe
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.views.conversation import show_line


@require_POST
@signed_in
def reactions(request: LookingRequest, line: str) -> HttpResponse:
    """Give the line a sign (``sign`` is its number), or take it back (anything else)."""
    given = request.POST.get("sign", "")
    signs = {str(int(sign)): sign for sign in Sign}
    try:
        if given in signs:
            react(line, signs[given], by=_person(request))
        else:
            take_sign_back(line, by=_person(request))
    except Refused as refusal:
        messages.info(request, refusal.message)
    return HttpResponseRedirect(reverse("line", args=[line]))


@require_POST
@signed_in
def simpler_wishes(request: LookingRequest, line: str) -> HttpResponse:
    """Want it said more simply, or no longer (``wanted`` is no)."""
    try:
        if request.POST.get("wanted") == "no":
            wish_no_longer(line, by=_person(request))
        else:
            wish_simpler(line, by=_person(request))
    except Refused as refusal:
        messages.info(request, refusal.message)
    return HttpResponseRedirect(reverse("line", args=[line]))


@require_POST
@signed_in
def adoptions(request: LookingRequest, line: str) -> HttpResponse:
    """Let the restatement on the line stand as the headline; or (``wanted`` is no) the question there stand alone."""
    try:
        if request.POST.get("wanted") == "no":
            stand_alone_again(line, by=_person(request))
            messages.success(request, _("The original words are the headline again."))
        else:
            adopt(line, by=_person(request))
            messages.success(request, _("It stands as the headline now, with its author's name."))
    except Refused as refusal:
        messages.info(request, refusal.message)
    return HttpResponseRedirect(reverse("line", args=[line]))


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def moves(request: LookingRequest, line: str) -> HttpResponse:
    """Make the branch its own conversation; a page first says what that does, and asks for the summary."""
    earlier = sent_already(request.POST.get("key", ""), by=_person(request))
    if earlier is not None:
        return HttpResponseRedirect(reverse("conversation", args=[earlier]))
    seen = line_seen(line, request.viewer)
    if not may_move(seen.share, by=_person(request)):
        raise NotThere
    if request.method == "GET":
        return _moving(request, line, "", public_id())
    text, key = request.POST.get("text", "").replace("\r\n", "\n"), request.POST.get("key", "")
    try:
        conversation = move(line, text, by=_person(request), key=key)
    except Refused as refusal:
        return _moving(request, line, text, key, refusal.message)
    messages.success(request, _("It is its own conversation now. Your summary stands in the old place."))
    return HttpResponseRedirect(reverse("conversation", args=[conversation]))


@require_POST
@keeps_words
@signed_in
def thanks(request: LookingRequest, line: str) -> HttpResponse:
    """Thank the author of the line in private: ``text``, read by the two alone."""
    text = request.POST.get("text", "")
    try:
        thank(line, text, by=_person(request), key=request.POST.get("key", ""))
    except Refused as refusal:
        return show_line(request, line, thanks_fault=refusal.message, thanks_text=text)
    messages.success(request, _("Your thanks are with the one who wrote. Only the two of you can read them."))
    return HttpResponseRedirect(reverse("line", args=[line]))


@require_POST
@signed_in
def outing_flags(request: LookingRequest, line: str) -> HttpResponse:
    """Say that the words on the line tell who writes without a name."""
    try:
        flag_outing(line, by=_person(request))
        messages.success(
            request,
            _("Thank you. The one who wrote it is told, and who looks after the conversation; not by whom."),
        )
    except Refused as refusal:
        messages.info(request, refusal.message)
    return HttpResponseRedirect(reverse("line", args=[line]))


def _moving(request: LookingRequest, line: str, text: str, key: str, fault: str = "") -> HttpResponse:
    seen = line_seen(line, request.viewer)
    context = {
        "writing": True,
        "line": line,
        "conversation": seen.conversation_public_id,
        "html": seen.share.html,
        "audience": describe(seen.share.audience, request.viewer),
        "text": text,
        "key": key,
        "fault": fault,
    }
    return render(request, "conversation/move.html", context, status=422 if fault else 200)


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
