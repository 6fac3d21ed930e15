"""Under what name one's own words stand, line by line, and whether one is mentioned among those who took part."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communis.conversations.crediting import own_credit, take_credit
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.unnaming import OwnLine, own_lines, show_as
from communis.openness.bylines import Byline
from communis.people.actions import roles_now
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.audience_words import describe
from communis.web.byline_words import HIDDEN, BylineChoice, byline_choices
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest

# Of the credit, in the form.
_NOT, _UNNAMED = ":not", ":unnamed"


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def byline(request: LookingRequest, line: str) -> HttpResponse:
    """The lines of one's own contribution; ``which`` of them is shown under ``byline``, or mentions one so."""
    person = _person(request)
    seen = line_seen(line, request.viewer)
    lines = own_lines(line, by=person)
    if request.method == "GET":
        return _page(request, line, Kind(seen.share.kind), lines)
    which = request.POST.get("which", "")
    if which not in {one.line for one in lines}:
        raise NotThere
    try:
        if "credit" in request.POST:
            _mention(which, request.POST["credit"], person)
        else:
            _show(which, request.POST.get("byline", ""), person)
    except Refused as refusal:
        return _page(request, line, Kind(seen.share.kind), lines, which, refusal.message)
    messages.success(request, _("It stands so from now on. What someone has read or copied stays with them."))
    return HttpResponseRedirect(reverse("byline", args=[line]))


def _show(line: str, chosen: str, person: Person) -> None:
    role = next((role for role in roles_now(person) if role.title == chosen), None)
    if chosen in HIDDEN:
        show_as(line, HIDDEN[chosen], by=person)
    elif chosen:
        show_as(line, Byline.Kind.ROLE, by=person, role=role)
    else:
        show_as(line, Byline.Kind.NAMED, by=person)


def _mention(line: str, chosen: str, person: Person) -> None:
    role = next((role for role in roles_now(person) if role.title == chosen), None)
    if chosen == _NOT:
        take_credit(line, None, by=person)
    elif chosen == _UNNAMED:
        take_credit(line, Byline.Kind.UNNAMED, by=person)
    elif chosen:
        take_credit(line, Byline.Kind.ROLE, by=person, role=role)
    else:
        take_credit(line, Byline.Kind.NAMED, by=person)


def _page(
    request: LookingRequest, line: str, kind: Kind, lines: list[OwnLine], refused: str = "", why: str = ""
) -> HttpResponse:
    person = _person(request)
    rows = [
        {
            "line": one.line,
            "audience": describe(one.audience, request.viewer),
            "choices": _choices(person, one, kind),
            "fault": why if one.line == refused else "",
            "may_hide": one.may_hide,
            "credits": _credits(person, one.line),
        }
        for one in lines
    ]
    context = {"line": line, "rows": rows, "several": len(rows) > 1, "question": kind == Kind.QUESTION}
    return render(request, "conversation/byline.html", context, status=422 if why else 200)


def _choices(person: Person, own: OwnLine, kind: Kind) -> list[BylineChoice]:
    now = {hidden: value for value, hidden in HIDDEN.items()}.get(own.byline, own.role)
    choices = byline_choices(person, now, kind)
    return [one for one in choices if own.may_hide or one.value not in HIDDEN or one.chosen]


def _credits(person: Person, line: str) -> list[BylineChoice]:
    now = own_credit(line, by=person)
    chosen = _NOT if now is None else _UNNAMED if now[0] == Byline.Kind.UNNAMED else now[1]
    choices = {_NOT: _("I am not mentioned"), "": person.name}
    choices |= {role.title: f"{person.name}, {role.title}" for role in roles_now(person)}
    choices |= {chosen: f"{person.name}, {chosen}"} if chosen not in choices and chosen != _UNNAMED else {}
    choices[_UNNAMED] = _("An employee, without a name")
    return [BylineChoice(value, words, value == chosen) for value, words in choices.items()]


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
