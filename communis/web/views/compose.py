"""Writing: a new conversation, or an answer. What was typed is kept as a draft whatever comes of the form."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communis.answers.rules import ASKED_ABOUT
from communis.conversations import anchors, contributing, drafting, markdown, revising, sending
from communis.conversations.kinds import NOT_ANSWERED, OPENINGS, Kind
from communis.conversations.lines import address_of, line_seen
from communis.conversations.models import Draft, Share
from communis.conversations.parts import Part, parts_of
from communis.conversations.reading_help import want_reading_help
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.rules import may_restate
from communis.conversations.words import Quoted
from communis.openness.rungs import Rung
from communis.people.actions import roles_now
from communis.people.holdings import viewer_for
from communis.people.models import Person, Role
from communis.people.own_page import choose_adviser
from communis.web import before_it_goes, desks
from communis.web.access import signed_in
from communis.web.byline_words import HIDDEN
from communis.web.compose_page import Typed, page, show_first
from communis.web.desks import Answering, Desk
from communis.web.forms.writing import DRAFT, NARROW_AND_WIDE, SAME, AskingQuestion, Writing
from communis.web.found_rows import FoundRow
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.naming_someone import names_to_look_at
from communis.web.uploads import take_files


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def write(request: LookingRequest) -> HttpResponse:
    """Begin a conversation: ``?kind=`` a fragment, idea, question or post; ``?draft=`` goes on with a draft."""
    asked = request.POST if request.method == "POST" else request.GET
    person = _person(request)
    place = _place_of_new(asked, person)
    draft = drafting.draft_at(place, by=person)
    named = asked.get("kind") or (draft.choices.get("kind") if draft else "") or ""
    kind = Kind.__members__.get(str(named).upper(), Kind.FRAGMENT)
    return _at(request, Desk(kind if kind in OPENINGS else Kind.FRAGMENT, place), draft)


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def answer(request: LookingRequest, line: str) -> HttpResponse:
    """Answer a line: ``?words=…&n=…`` those words of it, ``?part=…`` one paragraph, ``&quote=1`` repeating them."""
    asked = request.POST if request.method == "POST" else request.GET
    found = line_seen(line, request.viewer)
    if found.share.kind in NOT_ANSWERED:
        raise NotThere
    words, occurrence = asked.get("words", ""), _number(asked.get("n", ""))
    part = None if words else _part(found.share.html, asked.get("part", ""))
    if part is not None and request.method == "GET":
        words, occurrence = part
    quote = asked.get("quote") == "1"
    if quote and not words:
        words = markdown.plain(found.share.html)
    gone = bool(words) and anchors.find(words, markdown.plain(found.share.html), occurrence) is None
    if gone and request.method == "GET":
        messages.info(request, _("The words you chose are not in the text any more. You answer all of it."))
        words, quote = "", False
    answering = Answering(found.share, found.conversation_public_id, words, occurrence, quote)
    place = drafting.reply_place(line, words, occurrence)
    desk = Desk(Kind.COMMENT, place, answering)
    if part is not None and request.method == "POST":
        return _to_part(request, desk, part)
    return _at(request, desk, drafting.draft_at(place, by=_person(request)))


def _part(html: str, written: str) -> Part | None:
    """The paragraph with this number, from 0."""
    parts = parts_of(html)
    number = int(written) if written.isdecimal() and len(written) < 6 else len(parts)
    return parts[number] if number < len(parts) else None


def _to_part(request: LookingRequest, desk: Desk, part: Part) -> HttpResponse:
    """Answer one paragraph instead of all of it: what was written so far goes along."""
    assert desk.answering is not None  # only an answer has something to choose in
    person, typed, line = _person(request), Typed.posted(request.POST, desk), desk.answering.seen.line
    answering = desk.answering._replace(words=part.words, occurrence=part.occurrence)
    chosen = Desk(desk.kind, drafting.reply_place(line, *part), answering)
    moved = drafting.move(desk.place, chosen.place, by=person)
    try:
        kept = _keep(request, chosen if moved else desk, typed)
    except Refused as refusal:
        return _not_kept(request, chosen if moved else desk, typed, refusal)
    if kept is not None and not moved:
        messages.info(request, _("You began an answer here before. What you wrote now is among your drafts."))
    address = reverse("answer", args=[line])
    return HttpResponseRedirect(f"{address}?{urlencode({'part': request.POST.get('part', '')})}")


@require_http_methods(["GET", "POST"])
@keeps_words
@signed_in
def restate(request: LookingRequest, line: str) -> HttpResponse:
    """Propose simpler words for a question or an idea (R102)."""
    found = line_seen(line, request.viewer)
    if not may_restate(Kind(found.share.kind), request.viewer):
        raise NotThere
    place = drafting.restating_place(line)
    desk = Desk(Kind.RESTATEMENT, place, Answering(found.share, found.conversation_public_id))
    return _at(request, desk, drafting.draft_at(place, by=_person(request)))


def _place_of_new(asked: QueryDict, person: Person) -> str:
    """Where a new thought is drafted. A draft that was thrown away meanwhile keeps its words under a new id."""
    draft = asked.get("draft", "")
    if not draft:
        return drafting.NEW
    try:
        return drafting.own_draft(draft, by=person).public_id
    except NotThere:
        text = str(asked.get("text", ""))
        if not text.strip():
            raise
        if sending.sent_already(asked.get("key", ""), by=person):
            return drafting.NEW
        return drafting.keep_for_later(text, by=person).public_id


def _at(request: LookingRequest, desk: Desk, draft: Draft | None) -> HttpResponse:
    if request.method == "GET":
        return page(request, desk, _opened(request, desk, draft), draft)
    typed = Typed.posted(request.POST, desk)
    earlier = sending.sent_already(typed.key, by=_person(request))
    if earlier is not None:
        return _sent_before(request, desk, typed, earlier)
    do, masks = request.POST.get("do", ""), request.POST.get("mask", "")
    if masks or request.POST.get("leave"):
        return _looked_again(request, desk, typed, draft, masks)
    if do in ("send", "confirm") and typed.audience != DRAFT:
        return _send(request, desk, typed, draft, confirmed=do == "confirm")
    if do in ("send", "keep"):
        return _put_aside(request, desk, typed, draft)
    if do == "reading-off":
        want_reading_help(False, by=_person(request))
    if do == "close-adviser":
        choose_adviser(False, by=_person(request))
        messages.success(request, _("The adviser is put away. On your own page you can get it back."))
    return _give_back(
        request,
        desk,
        typed,
        draft,
        preview=do == "preview",
        read=do in ("reading", "preview"),
        advise=do == "advise",
        similar=do == "similar" and desk.answering is None,
    )


def _words(request: LookingRequest, desk: Desk, typed: Typed, draft: Draft | None) -> before_it_goes.Words:
    """What is written, with what the check before opening finds in it at the rung chosen."""
    answered = desk.answering.seen if desk.answering else None
    return before_it_goes.Words(
        typed.text,
        _rung(desk, typed),
        request.viewer,
        beside=[typed.scope, *before_it_goes.said_of(drafting.files_in(draft))],
        answered=[answered.person] if answered and answered.person else [],
    )


def _looked_again(
    request: LookingRequest, desk: Desk, typed: Typed, draft: Draft | None, masks: str
) -> HttpResponse:
    """One of the things found was masked or stays: the same page once more, with nothing sent."""
    typed = replace(typed, text=_words(request, desk, typed, draft).with_masked(masks))
    found = _words(request, desk, typed, draft).rows(before_it_goes.left_in(request.POST))
    if not _is_public(desk, typed):
        return _give_back(request, desk, typed, draft, found=found)
    try:
        draft = _keep(request, desk, typed) or draft
    except Refused as refused:
        return _not_kept(request, desk, typed, refused)
    return show_first(request, desk, typed, draft, found)


def _give_back(
    request: LookingRequest,
    desk: Desk,
    typed: Typed,
    draft: Draft | None,
    errors: dict[str, str] | None = None,
    named: Sequence[str] = (),
    found: Sequence[FoundRow] = (),
    **how: bool,
) -> HttpResponse:
    """The form again with everything in it, which is kept as a draft as well."""
    try:
        draft = _keep(request, desk, typed) or draft
    except Refused as refusal:
        return _not_kept(request, desk, typed, refusal, errors)
    return page(request, desk, typed, draft, errors, named=named, found=found, **how)


def _not_kept(
    request: LookingRequest, desk: Desk, typed: Typed, refusal: Refused, errors: dict[str, str] | None = None
) -> HttpResponse:
    """The form again when something in it cannot be kept: a text too long, a file that cannot be taken."""
    # What came before the refused file is kept.
    draft = drafting.draft_at(desk.place, by=_person(request))
    return page(request, desk, typed, draft, {**(errors or {}), refusal.field: refusal.message})


def _opened(request: LookingRequest, desk: Desk, draft: Draft | None) -> Typed:
    """What stands in the form when it is opened: what was begun, else what the address asks for."""
    if draft is not None:
        return Typed.kept(draft, desk)
    text = ""
    if desk.answering is not None and desk.answering.quote:
        text = "".join(f"> {row}\n" for row in desk.answering.words.split("\n")) + "\n"
    to, circle = request.GET.get("to", ""), request.GET.get("circle", "")
    audience = SAME if desk.answering else "direct" if to else "circle" if circle else DRAFT
    return Typed(text=text, audience=audience, persons=[to] if to else [], circle=circle)


def _keep(request: LookingRequest, desk: Desk, typed: Typed) -> Draft | None:
    """Keep all that was typed, and the files that came with it. Raises Refused."""
    person = _person(request)
    begun = drafting.draft_at(desk.place, by=person)
    if begun is None and not typed.text.strip() and not request.FILES:
        return None
    draft = drafting.save_draft(desk.place, typed.text, by=person, choices=typed.choices(desk))
    take_files(request, desk.place, by=person)
    return drafting.draft_at(desk.place, by=person) or draft


def _put_aside(request: LookingRequest, desk: Desk, typed: Typed, draft: Draft | None) -> HttpResponse:
    if not typed.text.strip():
        message = _("There are no words yet. Write a few, then keep them.")
        return _give_back(request, desk, typed, draft, {"text": message})
    try:
        _keep(request, desk, typed)
    except Refused as refused:
        return _not_kept(request, desk, typed, refused)
    if desk.place == drafting.NEW:
        drafting.keep_for_later(typed.text, by=_person(request), place=desk.place)
    messages.success(request, _("Kept. Only you see it."))
    return HttpResponseRedirect(reverse("drafts"))


def _send(
    request: LookingRequest, desk: Desk, typed: Typed, draft: Draft | None, *, confirmed: bool
) -> HttpResponse:
    form = (AskingQuestion if desk.kind == Kind.QUESTION else Writing)(request.POST, rows=desk.rows())
    if not form.is_valid():
        errors = {field: str(faults[0]) for field, faults in form.errors.items()}
        return _give_back(request, desk, typed, draft, errors)
    if form.goes_to_others_than_said():
        return _give_back(request, desk, typed, draft, asked_again=True)
    refusal = desks.refuse_picks(desk, request.viewer, form.choice())
    if refusal:
        return _give_back(request, desk, typed, draft, {"audience": refusal})
    person, public = _person(request), _is_public(desk, typed)
    # Words alone are sent in one transaction; with files, or a page to look at first, they are kept before.
    kept_first = (public and bool(typed.text.strip()) and not confirmed) or bool(
        request.FILES or drafting.files_in(draft)
    )
    if kept_first:
        try:
            draft = _keep(request, desk, typed)
        except Refused as refused:
            return _not_kept(request, desk, typed, refused)
    again = page if kept_first else _give_back
    named = names_to_look_at(desk, typed.text, request.viewer, request.POST.get("names_seen", ""))
    found = _words(request, desk, typed, draft).rows(before_it_goes.left_in(request.POST))
    if named or (not public and not before_it_goes.may_go(found, request.POST)):
        return again(request, desk, typed, draft, named=named, found=found)
    if public and typed.text.strip() and (not confirmed or any(one.stops for one in found)):
        return show_first(request, desk, typed, draft, found)
    try:
        share = sending.send(lambda: _act(desk, form, typed, draft, person), place=desk.place, by=person)
    except Refused as refused:
        return again(request, desk, typed, draft, {refused.field: refused.message})
    if typed.wants_answer and desk.answering is None and desk.kind in ASKED_ABOUT:
        line = address_of(share)[1]
        return HttpResponseRedirect(f"{reverse('ask-about', args=[line])}?sent={line}")
    return _to(share)


def _act(desk: Desk, form: Writing, typed: Typed, draft: Draft | None, person: Person) -> Share:
    hidden = HIDDEN.get(typed.byline)
    role = _role(typed.byline, person) if hidden is None else None
    files = drafting.files_in(draft)
    if desk.answering is not None:
        return contributing.contribute(
            desk.answering.seen.line,
            typed.text,
            by=person,
            kind=desk.kind,
            choice=form.choice(),
            role=role,
            hidden=hidden,
            quotes=_quotes(desk.answering, typed.text),
            files=files,
            key=typed.key,
        )
    choice = form.choice()
    assert choice is not None  # only an answer has the audience of something
    terms = None
    if isinstance(form, AskingQuestion):
        viewer_hosts = Person.visible.to(viewer_for(person.id)).filter(public_id__in=typed.hosts)
        terms = form.terms(tuple(viewer_hosts.values_list("id", flat=True)))
    return contributing.start(
        desk.kind,
        typed.text,
        by=person,
        choice=choice,
        role=role,
        hidden=hidden,
        terms=terms,
        files=files,
        wishes=form.cleaned_data["wishes"],
        key=typed.key,
    )


def _role(title: str, person: Person) -> Role | None:
    if not title:
        return None
    role = next((role for role in roles_now(person) if role.title == title), None)
    if role is None:
        raise Refused(_("You do not hold that role now. Choose your own name, or a role you hold."), "byline")
    return role


def _quotes(answering: Answering, text: str) -> list[Quoted]:
    repeats = any(row.startswith(">") for row in text.split("\n"))
    if not answering.words or (answering.quote and not repeats):
        return []
    return [Quoted(answering.seen.line, answering.words, answering.occurrence, answering.quote)]


def _is_public(desk: Desk, typed: Typed) -> bool:
    return _rung(desk, typed) == Rung.PUBLIC


def _rung(desk: Desk, typed: Typed) -> Rung:
    if typed.audience == SAME and desk.answering is not None:
        return Rung(desk.answering.seen.rung)
    return NARROW_AND_WIDE.get(typed.audience, Rung.DIRECT)


def _sent_before(request: LookingRequest, desk: Desk, typed: Typed, line: str) -> HttpResponse:
    """The same form again is the same contribution; with other words in it, they are kept and asked about."""
    person = _person(request)
    try:
        share = revising.own_share(line, by=person)
        if revising.own_words(line, by=person).strip() == typed.text.strip():
            return _to(share)
    except NotThere:
        pass
    note = _("This form was sent before. Send again if these words are to be said as well.")
    return page(request, desk, typed.with_new_key(), None, {"": note})


def _to(share: Share) -> HttpResponse:
    conversation, line = address_of(share)
    return HttpResponseRedirect(f"{reverse('conversation', args=[conversation])}?sent={line}#{line}")


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 6 else 0
