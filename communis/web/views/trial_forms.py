"""Writing down what was tried: by hand, from an answer, or anew; and taking it back."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communis.answers.trials import rules
from communis.answers.trials.browsing import choices
from communis.answers.trials.drawing import drawn_from
from communis.answers.trials.models import Trial
from communis.answers.trials.wider import rungs_of, wider_line
from communis.answers.trials.writing import change_trial, own_trial, take_trial_back, write_trial
from communis.answers.verdicts import ReasonKind
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.openness.rungs import Rung
from communis.people.models import Circle, Person
from communis.people.naming import person_with
from communis.web import before_it_goes
from communis.web.access import signed_in
from communis.web.forms.trials import SAME, Typed, as_it_stands, begun_with, empty, typed_in
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.trial_words import guardian


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def write(request: LookingRequest) -> HttpResponse:
    """By hand: for whoever holds a mandate, and stewards."""
    person = _person(request)
    if not rules.may_write_trials(person):
        raise NotThere
    if request.method == "GET":
        return _form(request, empty())
    return _sent(
        request,
        lambda typed: write_trial(typed.words(), typed.around(request.viewer), by=person, key=_key(request)),
    )


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def draw(request: LookingRequest, answer: str) -> HttpResponse:
    """From an answer: the form begins with what it says."""
    person = _person(request)
    drawn = drawn_from(answer, by=person)
    more: dict[str, Any] = {"drawn": True}
    if request.method == "GET":
        return _form(request, begun_with(drawn), **more)
    return _sent(
        request,
        lambda typed: write_trial(
            typed.words(), typed.around(request.viewer), by=person, answer=answer, key=_key(request)
        ),
        **more,
    )


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def change(request: LookingRequest, trial: str) -> HttpResponse:
    """Write it anew."""
    person = _person(request)
    one = own_trial(trial, request.viewer, person)
    more: dict[str, Any] = {"trial": one, "wider": _wider(one, request, person)}
    if request.method == "GET":
        unit = Circle.visible.to(request.viewer).filter(id=one.unit_id).first()
        return _form(request, as_it_stands(one, unit, guardian(one, request.viewer)), **more)
    before = person_with(one.guardian_id) if one.guardian_id is not None else None
    return _sent(
        request,
        lambda typed: change_trial(
            trial,
            typed.words(),
            typed.around(request.viewer, before),
            by=person,
            wider=typed.fields["wider"] == "yes",
            key=_key(request),
        ),
        **more,
    )


@require_POST
@signed_in
def take_back(request: LookingRequest, trial: str) -> HttpResponse:
    """Nobody sees it any more."""
    take_trial_back(trial, by=_person(request))
    messages.success(request, _("Taken back. Nobody reads it here any more."))
    return HttpResponseRedirect(reverse("trials"))


def _wider(trial: Trial, request: LookingRequest, person: Person) -> Rung | None:
    """The rung its idea has been opened to since, where this person may let it go along."""
    line = wider_line(trial, request.viewer) if rules.may_widen_trial(trial, person) else None
    if line is None:
        return None
    return rungs_of([Trial(id=trial.id, line_id=line, rung=Rung.PUBLIC)], request.viewer)[trial.id]


def _sent(request: LookingRequest, act: Callable[[Typed], str], **more: Any) -> HttpResponse:
    typed, post = typed_in(request.POST), request.POST
    mask = post.get("mask", "")
    if mask:
        typed = typed.with_masked(mask, request.viewer)
    found = typed.found(post, request.viewer)
    if mask or post.get("leave"):
        return _form(request, typed, found=found, **more)
    try:
        # What is missing is said first, so that all of it is there when the check is read.
        typed.words()
        if not before_it_goes.may_go(found, post):
            return _form(request, typed, found=found, **more)
        made = act(typed)
    except Refused as refused:
        return _form(request, typed, found=found, fault=refused, **more)
    messages.success(request, _("Written down. It stands in Already tried."))
    return HttpResponseRedirect(reverse("trial", args=[made]))


def _form(
    request: LookingRequest,
    typed: Typed,
    *,
    found: Any = (),
    fault: Refused | None = None,
    trial: Trial | None = None,
    wider: Rung | None = None,
    drawn: bool = False,
) -> HttpResponse:
    person = _person(request)
    listed = Person.visible.to(request.viewer).order_by("name", "id")
    context: dict[str, Any] = {
        "here": "trials",
        "trial": trial,
        "typed": typed.fields,
        "fault": fault,
        "found": found,
        "checked": ",".join(row.token for row in found),
        "key": public_id(),
        "kinds": [(str(kind.value), kind.label) for kind in ReasonKind],
        "themes": choices(request.viewer).themes,
        "units": Circle.visible.to(request.viewer).filter(unit=True).order_by("name", "id"),
        "persons": [(one.public_id, one.name) for one in listed if one.id != person.id],
        "public": settings.PUBLIC_RUNG and (trial is None or rules.may_widen_trial(trial, person)),
        "same_guardian": SAME if typed.fields["guardian"] == SAME else "",
        "wider": wider,
        "from_idea": drawn or (trial is not None and trial.line_id is not None),
    }
    return render(request, "trials/form.html", context, status=422 if fault else 200)


def _key(request: LookingRequest) -> str:
    return str(request.POST.get("key", ""))


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
