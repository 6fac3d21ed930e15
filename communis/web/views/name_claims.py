"""Saying that one wrote what came in from elsewhere; one's own names from there; and the stewards' answers."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communis.attention.actions import mark_read_because
from communis.attention.models import Notice
from communis.channels.importers import name_claiming, settling
from communis.channels.importers.models import NameClaim
from communis.channels.importers.standing import LONGEST
from communis.conversations.refusals import Refused
from communis.journal.ids import public_id
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.unwritable import UNWRITABLE
from communis.web.views.stewards import for_stewards

Reason = Notice.Reason


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def claim_name(request: LookingRequest, line: str) -> HttpResponse:
    """Say that one wrote it, with a word on how that can be known."""
    person = _person(request)
    word = _written(request, "word")
    error = ""
    if request.method == "POST":
        try:
            name_claiming.claim_name(line, word, by=person, key=request.POST.get("key", ""))
            messages.success(request, _("Said. Only you and the stewards see it. They answer you here."))
            return HttpResponseRedirect(reverse("name-claims"))
        except Refused as refusal:
            error = refusal.message
    context = {
        "line": line,
        "name": name_claiming.claimable_name(line, request.viewer),
        "word": word,
        "error": error,
        "longest": LONGEST,
        "key": public_id(),
    }
    return render(request, "name_claims/claim.html", context, status=422 if error else 200)


@require_safe
@signed_in
def own(request: LookingRequest) -> HttpResponse:
    """What one has said of names from elsewhere, what one is asked, and what came of it."""
    person = _person(request)
    mark_read_because(Reason.NAME_CLAIM_ANSWERED, Reason.NAME_CLAIM_OFFERED, by=person)
    name_claims = [(one, public_id()) for one in name_claiming.own_name_claims(by=person)]
    return render(request, "name_claims/own.html", {"name_claims": name_claims, "states": NameClaim.State})


@require_POST
@signed_in
def answer(request: LookingRequest, name_claim: str) -> HttpResponse:
    """``do``: yes or no to what a steward has asked, or take-back."""
    person, key = _person(request), request.POST.get("key", "")
    do = request.POST.get("do", "")
    try:
        if do in ("yes", "no"):
            name_claiming.answer_offer(name_claim, do == "yes", by=person, key=key)
            messages.success(request, _("Kept."))
        elif do == "take-back":
            name_claiming.take_name_claim_back(name_claim, by=person, key=key)
            messages.success(request, _("Taken back. The name from there stands alone."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(reverse("name-claims"))


@require_safe
@for_stewards
def desk(request: LookingRequest) -> HttpResponse:
    """What waits for a steward, what persons are asked, and what stands."""
    person = _person(request)
    mark_read_because(Reason.NAME_CLAIM_WAITS, by=person)
    return render(
        request, "name_claims/desk.html", {"name_claims": settling.desk(by=person), "states": NameClaim.State}
    )


@require_http_methods(["GET", "POST"])
@for_stewards
def settle_one(request: LookingRequest, name_claim: str) -> HttpResponse:
    """``do``: agree, decline or end; the last two with a ``reason``."""
    person, key, reason = _person(request), request.POST.get("key", ""), _written(request, "reason")
    fault = {}
    if request.method == "POST":
        do = request.POST.get("do", "")
        try:
            if do in ("agree", "decline"):
                settling.settle(name_claim, do == "agree", reason, by=person, key=key)
            elif do == "end":
                settling.end_name_claim(name_claim, reason, by=person, key=key)
            return HttpResponseRedirect(reverse("stewards-name-claims"))
        except Refused as refusal:
            fault = {refusal.field or "above": refusal.message}
    found = settling.to_settle(name_claim, request.viewer, by=person)
    context = {
        "found": found,
        "states": NameClaim.State,
        "reason": reason,
        "fault": fault,
        "longest": LONGEST,
        "key": public_id(),
    }
    return render(request, "name_claims/one.html", context, status=422 if fault else 200)


def _written(request: LookingRequest, field: str) -> str:
    return str(request.POST.get(field, "")).replace(UNWRITABLE, "").strip()


def _person(request: LookingRequest) -> Person:
    return cast(Person, request.person)
