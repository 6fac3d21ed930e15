"""Showing, signed in and with the receipt, that one wrote something behind the scenes; and what one is shown."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communis.attention.actions import mark_read_because
from communis.attention.models import Notice
from communis.behind_the_scenes import claiming
from communis.behind_the_scenes.claiming import LONGEST
from communis.conversations.gate import Seen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.shown_words import sentence
from communis.journal.ids import public_id
from communis.looking.viewers import Viewer
from communis.openness.choosing import Choice
from communis.openness.receipt_codes import NotAReceipt, parse, written
from communis.openness.rungs import Rung
from communis.people import directory
from communis.people.models import Circle, Person
from communis.web.access import hidden_is_missing, signed_in
from communis.web.audience_words import describe
from communis.web.middleware import LookingRequest
from communis.web.unwritable import UNWRITABLE

# Of the form: to one person, a circle, or a wide rung.
ONE, CIRCLE = "one", "circle"
WIDE = {"organisation": Rung.ORGANISATION, "public": Rung.PUBLIC}


@require_http_methods(["GET", "POST"])
@signed_in
def claims(request: LookingRequest) -> HttpResponse:
    """What one has shown; and with a receipt, the words under it and whom one can show that they are one's own."""
    person = _person(request)
    if request.method == "GET":
        return _ask(request)
    typed = _written(request.POST, "code")
    try:
        code = parse(typed)
        words = claiming.claimable(code, by=person)
    except NotAReceipt as wrong:
        return _ask(request, typed, str(wrong))
    except NotThere:
        # One answer for a receipt that opens nothing, and for words of somebody else.
        return _ask(request, typed, _("With this receipt you cannot show that words here are yours."))
    if request.POST.get("do") != "show":
        return _choose(request, code, words, {"to": ONE})
    given = {name: _written(request.POST, name) for name in ("to", "name", "person", "in", "word")}
    persons: list[Person] = []
    try:
        persons = _persons(given, request.viewer)
        claiming.claim(
            code, _choice(given, persons), given["word"], by=person, key=request.POST.get("key", "")
        )
    except Refused as refused:
        several = persons if len(persons) > 1 else []
        return _choose(request, code, words, given, refused, several)
    messages.success(request, _("Shown. Those you chose see it beside the words from now on."))
    return HttpResponseRedirect(reverse("claims"))


@require_http_methods(["GET", "POST"])
@hidden_is_missing
def claim(request: LookingRequest, claim: str) -> HttpResponse:
    """What one is shown: who wrote it, to whom that is shown, and whether it holds when worked out again.

    A claim open to anyone is seen signed out too; posted, one's own is taken back.
    """
    if request.method == "POST":
        if request.person is None:
            raise NotThere
        claiming.take_claim_back(claim, by=request.person)
        messages.success(request, _("Taken back. Whoever has read it knows it all the same."))
        return HttpResponseRedirect(reverse("claims"))
    tried = claiming.tried(claim, request.viewer)
    if request.person is not None:
        mark_read_because(Notice.Reason.SHOWN, by=request.person)
    context = {
        "tried": tried,
        "sentence": sentence(tried.words),
        "audience": describe(tried.claim.audience, request.viewer),
    }
    return render(request, "claims/one.html", context)


def _ask(request: LookingRequest, typed: str = "", fault: str = "") -> HttpResponse:
    viewer = request.viewer
    own = [
        (one.claim, sentence(one.words) if one.words else "", describe(one.claim.audience, viewer))
        for one in claiming.own_claims(by=_person(request))
    ]
    context = {"own": own, "typed": typed[:200], "fault": fault}
    return render(request, "claims/own.html", context, status=422 if fault else 200)


def _choose(
    request: LookingRequest,
    code: bytes,
    words: list[Seen],
    given: dict[str, str],
    refused: Refused | None = None,
    several: list[Person] | None = None,
) -> HttpResponse:
    widest = max(seen.rung for seen in words)
    context = {
        "code": written(code),
        "words": [sentence(seen) for seen in words],
        "given": given,
        "circles": Circle.visible.to(request.viewer).order_by("name", "id") if widest >= Rung.CIRCLE else [],
        "wide": [(value, rung.label, int(rung)) for value, rung in WIDE.items() if rung <= widest],
        "several": several or [],
        "fault": {refused.field or "above": refused.message} if refused else {},
        "longest": LONGEST,
        "key": request.POST.get("key", "") or public_id(),
    }
    return render(request, "claims/choose.html", context, status=422 if refused else 200)


def _persons(given: dict[str, str], viewer: Viewer) -> list[Person]:
    """Who is meant: the one ticked, or all who are called as was written; several are asked about."""
    if given["to"] != ONE or not given["name"]:
        return []
    found, _more = directory.persons(viewer, given["name"])
    same = [one for one in found if one.name.casefold() == given["name"].casefold()] or found
    return [one for one in same if one.public_id == given["person"]] or same


def _choice(given: dict[str, str], persons: list[Person]) -> Choice:
    if given["to"] in WIDE:
        return Choice(WIDE[given["to"]])
    if given["to"] == CIRCLE:
        return Choice(Rung.CIRCLE, circles=(given["in"],))
    if given["to"] != ONE:
        raise Refused(_("Choose whom you want to show it to."), "to")
    if not given["name"]:
        raise Refused(_("Write the name of the one you want to show it to."), "name")
    if not persons:
        raise Refused(_("Nobody in the list is called that. Write the name as it stands here."), "name")
    if len(persons) > 1:
        raise Refused(_("Several are called that. Choose one of them."), "name")
    return Choice(Rung.DIRECT, persons=(persons[0].public_id,))


def _written(post: QueryDict, field: str) -> str:
    return str(post.get(field, "")).replace(UNWRITABLE, "").replace("\r\n", "\n").strip()


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
