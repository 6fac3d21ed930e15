"""*Already tried*: going through it, one entry, and what people say has changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communis.answers.trials import rules
from communis.answers.trials.browsing import Chosen, changes_of, choices, trial_seen, trials_seen
from communis.answers.trials.changing import LONGEST, say_changed, take_change_back
from communis.answers.trials.wider import rungs_of
from communis.attention.actions import mark_read_about_trial
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.openness.rungs import Rung
from communis.people.models import Person
from communis.web import before_it_goes
from communis.web.access import hidden_is_missing, signed_in
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.trial_words import about, change_rows, guardian, parts, source, trial_rows, tried_line


@require_safe
def trials(request: LookingRequest) -> HttpResponse:
    """All that the viewer may see, by theme, unit, kind of reason and year."""
    chosen = Chosen(
        request.GET.get("theme", ""),
        request.GET.get("unit", ""),
        request.GET.get("reason", ""),
        request.GET.get("year", ""),
    )
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    found, more = trials_seen(request.viewer, chosen, page)
    goes_on = {name: value for name, value in chosen._asdict().items() if value}
    context = {
        "here": "trials",
        "rows": trial_rows(found, request.viewer),
        "choices": choices(request.viewer),
        "chosen": chosen,
        "narrowed": bool(goes_on),
        "next": urlencode({**goes_on, "page": page + 1}) if more else "",
        "may_write": request.person is not None and rules.may_write_trials(request.person),
        "may_import": request.person is not None and request.person.steward,
    }
    return render(request, "trials/list.html", context)


@require_safe
@hidden_is_missing
def trial(request: LookingRequest, trial: str) -> HttpResponse:
    """One entry. Whoever was told of it has read that now."""
    return _page(request, trial)


def _page(
    request: LookingRequest, trial: str, text: str = "", fault: str = "", found: Any = ()
) -> HttpResponse:
    one = trial_seen(trial, request.viewer)
    person = request.person
    if person is not None and request.method == "GET":
        mark_read_about_trial(one.id, by=person)
    rungs = rungs_of([one], request.viewer)
    if one.id not in rungs:
        raise NotThere
    context = {
        "here": "trials",
        "trial": one,
        "line": tried_line(one),
        "about": about(one),
        "rung": rungs[one.id],
        "parts": parts(one),
        "source": source(one, request.viewer),
        "guardian": guardian(one, request.viewer),
        "changes": change_rows(changes_of(one, request.viewer), request.viewer),
        "may_change": person is not None and rules.may_change_trial(one, person),
        "text": text,
        "fault": fault,
        "found": found,
        "checked": ",".join(row.token for row in found),
        "longest": LONGEST,
        "key": public_id(),
    }
    return render(request, "trials/one.html", context, status=422 if fault else 200)


@require_POST
@keeps_words
@signed_in
def changes(request: LookingRequest, trial: str) -> HttpResponse:
    """*Something has changed*. What the check finds is shown before the words go."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    words = before_it_goes.Words(text, Rung.ORGANISATION, request.viewer)
    mask = request.POST.get("mask", "")
    if mask:
        text = words.with_masked(mask)
        words = before_it_goes.Words(text, Rung.ORGANISATION, request.viewer)
    rows = words.rows(before_it_goes.left_in(request.POST))
    if mask or request.POST.get("leave") or not before_it_goes.may_go(rows, request.POST):
        return _page(request, trial, text, found=rows)
    try:
        say_changed(trial, text, by=_person(request), key=request.POST.get("key", ""))
    except Refused as refused:
        return _page(request, trial, text, refused.message, rows)
    messages.success(request, _("Said. The one to talk to is told."))
    return HttpResponseRedirect(reverse("trial", args=[trial]))


@require_POST
@signed_in
def take_back_change(request: LookingRequest, change: str) -> HttpResponse:
    """What one has said oneself is gone."""
    trial = take_change_back(change, by=_person(request))
    messages.success(request, _("Taken back. Nobody reads it here any more."))
    return HttpResponseRedirect(reverse("trial", args=[trial]))


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
