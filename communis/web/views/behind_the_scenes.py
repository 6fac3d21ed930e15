"""Writing behind the scenes: choosing the place, signed in; and sending the words, when nobody is."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from communis.behind_the_scenes.keys import key_for, place_of
from communis.behind_the_scenes.places import Crowd, Place, crowd_at, place_for
from communis.behind_the_scenes.writing import keep
from communis.conversations import drafting, markdown
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.shown_words import byline, sentence
from communis.conversations.visible_text import plain
from communis.looking.principals import ORGANISATION, PUBLIC
from communis.looking.viewers import Holding, Viewer
from communis.openness.receipt_codes import NotAReceipt
from communis.openness.rungs import Rung
from communis.people.models import Circle, Membership, Person
from communis.people.naming import circles_behind
from communis.web.access import signed_in
from communis.web.batch_words import appears
from communis.web.middleware import LookingRequest
from communis.web.receipt_picture import receipt_picture
from communis.widening.check import check
from communis.widening.findings import Finding
from communis.widening.known_names import KnownNames

EVERYONE = "everyone"


@require_http_methods(["GET", "POST"])
@signed_in
def begin(request: LookingRequest) -> HttpResponse:
    """Choose the place, read what it holds against, and get a form to write on. ``?line=`` answers a line."""
    if not settings.BEHIND_THE_SCENES:
        raise NotThere
    assert request.person is not None  # behind signed_in
    asked = request.POST if request.method == "POST" else request.GET
    line, where = asked.get("line", ""), asked.get("where", "")
    if not line and not where:
        return render(request, "behind_the_scenes/places.html", {"circles": _own_circles(request.viewer)})
    kind = Kind.COMMENT if line else Kind.IDEA
    circle = "" if where == EVERYONE else where
    place = Place(line, "" if line else circle, "" if line else asked.get("asked", ""), kind)
    try:
        crowd = place_for(place, by=request.person)
        if request.method == "POST":
            return form(request, key_for(place, by=request.person), crowd)
    except Refused as refused:
        context = {**_chosen(request, place), "fault": refused.message}
        return render(request, "behind_the_scenes/before.html", context, status=422)
    return render(request, "behind_the_scenes/before.html", {**_chosen(request, place), "crowd": crowd})


def _own_circles(viewer: Viewer) -> list[Circle]:
    held = [holding.principal for holding in viewer.narrow_holdings()]
    return list(Circle.visible.to(viewer).filter(principal_id__in=held).order_by("name", "id"))


def _chosen(request: LookingRequest, place: Place) -> dict[str, Any]:
    """What stands on the page before the first word."""
    assert request.person is not None  # behind signed_in
    viewer = request.viewer
    draft_place = drafting.reply_place(place.line) if place.line else drafting.NEW
    context: dict[str, Any] = {
        "place": place,
        "where": place.circle or EVERYONE,
        "has_draft": drafting.draft_at(draft_place, by=request.person) is not None,
    }
    if place.line:
        seen = line_seen(place.line, viewer).share
        return {**context, "answered": sentence(seen), "answered_by": byline(seen)}
    circle = Circle.visible.to(viewer).filter(public_id=place.circle).first() if place.circle else None
    if circle is not None:
        members = Membership.visible.to(viewer).filter(circle_id=circle.id).values("person_id")
        listed = Person.visible.to(viewer).filter(id__in=members).exclude(id=viewer.person_id)
        context |= {"circle": circle, "members": listed.order_by("name", "id")}
    return context


def form(
    request: HttpRequest, key: str, crowd: Crowd, given: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    """The form to write on; ``given`` is what was typed, when something was refused."""
    typed = given or {}
    rungs = [Rung.ORGANISATION, Rung.PUBLIC] if crowd.audience.rung == Rung.CIRCLE else [Rung.PUBLIC]
    context = {
        "posting_key": key,
        "number": crowd.number,
        "everyone": crowd.audience.rung == Rung.ORGANISATION,
        "circles": [circle.name for circle in circles_behind(crowd.audience.principals())],
        "rungs": [rung for rung in rungs if settings.PUBLIC_RUNG or rung != Rung.PUBLIC],
        "appears": appears(),
        "text": typed.get("text", ""),
        "opens_to": typed.get("opens_to", "0"),
        "receipt": typed.get("receipt", ""),
        **more,
    }
    return render(request, "behind_the_scenes/form.html", context, status=422 if more.get("faults") else 200)


@csrf_exempt
@require_POST
def words(request: HttpRequest) -> HttpResponse:
    """Take the words. The outermost layer has taken the cookie: the key in the form is all there is."""
    given = {name: request.POST.get(name, "") for name in ("key", "text", "opens_to", "receipt", "looked")}
    try:
        crowd = crowd_at(place_of(given["key"]))
    except (Refused, NotThere) as refusal:
        why = refusal.message if isinstance(refusal, Refused) else ""
        return _returned(request, given, why)
    found = _found(given["text"], crowd)
    if found and given["looked"] != _seen(given["text"]):
        looked = {"found": found, "looked": _seen(given["text"])}
        return form(request, given["key"], crowd, given, **looked)
    opens_to = given["opens_to"] or "0"
    try:
        if not opens_to.isdecimal() or len(opens_to) > 1:
            raise Refused(_("Choose how far your words may be opened."), "opens_to")
        kept = keep(given["key"], given["text"], opens_to=int(opens_to), code=given["receipt"])
    except Refused as refused:
        return form(request, given["key"], crowd, given, faults={refused.field or "above": refused.message})
    except NotAReceipt as wrong:
        return form(request, given["key"], crowd, {**given, "receipt": ""}, faults={"above": str(wrong)})
    context = {
        "appears": appears(kept.day),
        "receipt": kept.receipt,
        "picture": receipt_picture(kept.receipt),
    }
    return render(request, "behind_the_scenes/kept.html", context)


def _returned(request: HttpRequest, given: Mapping[str, str], why: str) -> HttpResponse:
    """Nothing can be sent with this form any more: the words are given back, to be copied."""
    fault = why or _("What you answer is no longer there. Copy your words, and begin anew somewhere else.")
    context = {"text": given["text"], "fault": fault}
    return render(request, "behind_the_scenes/returned.html", context, status=422)


def _found(text: str, crowd: Crowd) -> list[tuple[Finding, str]]:
    """What the check finds in the words, each with the words that stand there. Names: of all who are listed."""
    try:
        shown = plain(markdown.render(text))
    except markdown.TextTooLong:
        return []
    anyone = Viewer(None, (Holding(PUBLIC, 0), Holding(ORGANISATION, 0)))
    names = KnownNames(Person.visible.to(anyone).values_list("name", flat=True))
    findings = check(shown, rung=Rung(crowd.audience.rung), names=names)
    return [(one, shown[one.start : one.end]) for one in findings]


def _seen(text: str) -> str:
    """What the form carries once the findings were shown: they hold for these words alone."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:32]
