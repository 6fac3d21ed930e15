"""The page one writes on: what was typed, what can be chosen, and what went wrong, put together for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from communis.behind_the_scenes.places import leads_here
from communis.conversations import drafting, markdown
from communis.conversations.asking import question_of
from communis.conversations.documents import MOST_BYTES
from communis.conversations.kinds import Kind, Level
from communis.conversations.models import Conversation, Draft
from communis.conversations.parts import parts_of
from communis.conversations.reading import shares_of
from communis.conversations.reading_help import wants_reading_help
from communis.conversations.shown_words import headline_of
from communis.journal.ids import public_id
from communis.openness.audiences import audiences_with
from communis.openness.describing import AudienceSeen
from communis.openness.rungs import Rung
from communis.search.similar import similar_to
from communis.web import audience_words, desks
from communis.web.adviser import NOT_KEPT, WISHES, Told, adviser_context
from communis.web.byline_words import HIDDEN, byline_choices, hidden_words
from communis.web.dates import clock
from communis.web.desks import Desk
from communis.web.drawn_alone import draw_alone
from communis.web.found_rows import FoundRow
from communis.web.middleware import LookingRequest
from communis.web.pictures import with_draft_pictures
from communis.web.reading_panel import panel
from communis.web.trial_words import similar_rows
from communis.web.wish_words import wish_by_name, wish_of


@dataclass(frozen=True)
class Typed:
    """Everything in the form, as it was typed: what a refusal gives back untouched."""

    text: str = ""
    audience: str = ""
    persons: list[str] = field(default_factory=list)
    person_words: str = ""
    circle: str = ""
    circle_words: str = ""
    byline: str = ""
    level: str = ""
    scope: str = ""
    answer_by: str = ""
    hosts: list[str] = field(default_factory=list)
    host_words: str = ""
    wishes: list[str] = field(default_factory=list)
    # Whether to go on to asking someone for an answer, once it is sent.
    wants_answer: str = ""
    # Told to the adviser: on this page alone, never kept.
    believes: str = ""
    urgent: str = ""
    key: str = field(default_factory=public_id)

    @classmethod
    def posted(cls, post: QueryDict, desk: Desk) -> "Typed":
        """As it came from the browser."""
        return cls(
            text=post.get("text", "").replace("\r\n", "\n"),
            audience=post.get("audience", desk.rows()[0]),
            persons=list(dict.fromkeys(post.getlist("persons"))),
            person_words=post.get("person_words", ""),
            circle=post.get("circle", ""),
            circle_words=post.get("circle_words", ""),
            byline=post.get("byline", ""),
            level=post.get("level", ""),
            scope=post.get("scope", ""),
            answer_by=post.get("answer_by", ""),
            hosts=list(dict.fromkeys(post.getlist("hosts"))),
            host_words=post.get("host_words", ""),
            wishes=list(dict.fromkeys(post.getlist("wishes"))),
            wants_answer=post.get("wants_answer", ""),
            believes=post.get("believes", ""),
            urgent=post.get("urgent", ""),
            key=post.get("key", "") or public_id(),
        )

    @classmethod
    def kept(cls, draft: Draft, desk: Desk) -> "Typed":
        """As it was kept in a draft."""
        choices: Mapping[str, Any] = draft.choices
        audience = _first(choices, "audience")
        if audience not in desk.rows():
            # Kept where another audience could be chosen; nothing is wider than a draft by itself.
            audience = desk.rows()[-1] if desk.answering else desk.rows()[0]
        return cls(
            text=draft.text,
            audience=audience,
            persons=[str(one) for one in choices.get("persons", [])],
            circle=_first(choices, "circle"),
            byline=_first(choices, "byline"),
            level=_first(choices, "level"),
            scope=_first(choices, "scope"),
            answer_by=_first(choices, "answer_by"),
            hosts=[str(one) for one in choices.get("hosts", [])],
            wishes=[str(one) for one in choices.get("wishes", [])],
            wants_answer=_first(choices, "wants_answer"),
        )

    def choices(self, desk: Desk) -> dict[str, object]:
        """All but the words, to keep with the draft; and but what the adviser was told."""
        kept: dict[str, object] = {
            "audience": self.audience,
            "persons": self.persons,
            "circle": self.circle,
            "byline": self.byline,
            "level": self.level,
            "scope": self.scope,
            "answer_by": self.answer_by,
            "hosts": self.hosts,
        }
        if desk.answering is None:
            more = {"wishes": self.wishes, "wants_answer": self.wants_answer}
            return {**kept, "kind": desk.kind.name.lower(), **more}
        answering = desk.answering
        return {
            **kept,
            "words": answering.words,
            "n": str(answering.occurrence),
            "quote": "1" if answering.quote else "",
        }

    def with_new_key(self) -> "Typed":
        """The same, as a form that was never sent."""
        return replace(self, key=public_id())


def _first(choices: Mapping[str, Any], name: str) -> str:
    """A kept value; lists and values are both found in drafts."""
    value = choices.get(name, "")
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value)


def page(
    request: LookingRequest,
    desk: Desk,
    typed: Typed,
    draft: Draft | None,
    errors: Mapping[str, str] | None = None,
    *,
    preview: bool = False,
    read: bool = False,
    similar: bool = False,
    asked_again: bool = False,
    advise: bool = False,
    named: Sequence[str] = (),
    found: Sequence[FoundRow] = (),
) -> HttpResponse:
    """The form with everything in it; with ``errors`` beside their fields when something was refused."""
    context = {
        **_context(request, desk, typed, draft, advise=advise),
        "writing": True,
        "errors": errors or {},
        # What no field of the form stands for is said above it.
        "error_above": next((text for name, text in (errors or {}).items() if name not in _FIELDS), ""),
        "preview": _drawn(typed.text, draft) if preview and typed.text.strip() else "",
        "asked_again": asked_again,
        # Names to look at once more, where someone writes without one.
        "named": named,
        "names_seen": ",".join(named),
        # What the check before opening found, to look at before it goes.
        "found": found,
        "checked": ",".join(one.token for one in found),
        **reading_context(request, typed.text if read else "", desk),
        "similar": similar_to(typed.text, viewer=request.viewer) if similar else [],
        "similar_tried": similar_rows(typed.text, request.viewer) if similar else [],
        "similar_asked": similar,
    }
    return render(request, "compose/page.html", context, status=422 if errors else 200)


def reading_context(request: LookingRequest, text: str, desk: Desk | None = None) -> dict[str, Any]:
    """Whether the writer wants to know how hard the words are, and, for a text that was asked about, how hard."""
    assert request.person is not None  # behind signed_in
    if not wants_reading_help(by=request.person):
        return {"reading_wanted": False}
    restated = desk.answering.seen if desk and desk.answering and desk.kind == Kind.RESTATEMENT else None
    return {"reading_wanted": True, "reading": panel(text, restated)}


_FIELDS = {"text", "audience", "byline", "level", "scope", "answer_by", "files", "words"}


def show_first(
    request: LookingRequest, desk: Desk, typed: Typed, draft: Draft | None, found: Sequence[FoundRow]
) -> HttpResponse:
    """What is opened to anyone is shown first as anyone will read it, with what the check found in it."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "do", "text", "mask", "leave", "left", *NOT_KEPT)
        for value in values
    ]
    stops = any(one.stops for one in found)
    context = {
        "here": "write",
        "fields": fields,
        "html": _drawn(typed.text, draft),
        "byline": _byline(request, typed),
        "wish": _wish(request, desk, typed),
        "words": next(row.words for row in _rows(request, desk, typed) if row.chosen),
        "text": typed.text,
        "found": found,
        "stops": stops,
    }
    return render(request, "compose/show_first.html", context, status=422 if stops else 200)


def _drawn(text: str, draft: Draft | None) -> str:
    """The words as they will be shown, with the draft's pictures."""
    html = markdown.render(text)
    return with_draft_pictures(html, draft.public_id, drafting.files_in(draft)) if draft else html


def _byline(request: LookingRequest, typed: Typed) -> str:
    assert request.person is not None  # behind signed_in
    hidden = HIDDEN.get(typed.byline)
    if hidden is not None:
        return hidden_words(hidden)
    return f"{request.person.name}, {typed.byline}" if typed.byline else request.person.name


def _wish(request: LookingRequest, desk: Desk, typed: Typed) -> str:
    assert request.person is not None  # behind signed_in
    wishes = [wish for value, wish in WISHES.items() if value in typed.wishes]
    name = None if typed.byline in HIDDEN else request.person.name
    return "" if desk.answering else wish_by_name(name, wishes)


def _rows(request: LookingRequest, desk: Desk, typed: Typed) -> list[desks.Row]:
    picked = [person.public_id for person in desks.persons_picked(desk, request.viewer, typed.persons)]
    return desks.rows(desk, request.viewer, typed.audience, picked, typed.circle)


def _context(
    request: LookingRequest, desk: Desk, typed: Typed, draft: Draft | None, *, advise: bool
) -> dict[str, Any]:
    assert request.person is not None  # behind signed_in
    viewer = request.viewer
    picked = desks.persons_picked(desk, viewer, typed.persons)
    found = [one for one in desks.persons_found(desk, viewer, typed.person_words) if one not in picked]
    free = desk._replace(answering=None)
    hosts = desks.persons_picked(free, viewer, typed.hosts)
    hosts_found = [one for one in desks.persons_found(free, viewer, typed.host_words) if one not in hosts]
    circles, more_circles = desks.circle_rows(desk, viewer, typed.circle, typed.circle_words)
    answered = desk.answered(viewer)
    rows = desks.rows(desk, viewer, typed.audience, [person.public_id for person in picked], typed.circle)
    told = Told(typed.believes, typed.urgent, typed.wishes, typed.text)
    # An answer goes to those who read what it answers: there is no way to choose.
    advising = desk.answering is None and request.person.adviser
    return {
        "here": "write",
        "title": _title(desk),
        "desk": desk,
        "kind": desk.kind.name.lower(),
        "typed": typed,
        "rows": rows,
        **(adviser_context(viewer, told, picked, rows, asked=advise) if advising else {}),
        # For the script that follows the ticks.
        "any_person": audience_words.words(AudienceSeen(Rung.DIRECT)),
        "any_circle": audience_words.words(AudienceSeen(Rung.CIRCLE)),
        "one_person": audience_words.direct_words("{whole}", "{names}", 1),
        "more_persons": audience_words.direct_words("{whole}", "{names}", 2),
        "circles": circles,
        "border": next((one.border for one in circles if one.chosen), ""),
        "more_circles": more_circles,
        "persons_picked": picked,
        "persons_found": found,
        "nobody_found": bool(typed.person_words.strip()) and not found,
        "said_persons": ",".join(sorted(person.public_id for person in picked)),
        "hosts_picked": hosts,
        "hosts_found": hosts_found,
        "why_not_wider": audience_words.why_not_wider(answered) if answered and answered.rung < 4 else "",
        "hideable": desk.kind != Kind.QUESTION,
        "bylines": byline_choices(request.person, typed.byline, desk.kind),
        "levels": Level.choices,
        "files": drafting.files_in(draft),
        "most_bytes": MOST_BYTES,
        "draft": draft,
        "status": draft_status(draft),
        "behind_the_scenes": _behind_the_scenes(desk),
        **(_answered_context(request, desk) if desk.answering else {}),
    }


def _behind_the_scenes(desk: Desk) -> str:
    """The way to the page where one writes without a stored author; empty where there is none."""
    if desk.kind in (Kind.QUESTION, Kind.RESTATEMENT):
        return ""
    answered = desk.answered_audience
    audience = audiences_with([answered])[answered] if answered is not None else None
    if not leads_here(audience):
        return ""
    address = reverse("behind-the-scenes")
    return f"{address}?line={desk.answering.seen.line}" if desk.answering else address


def _title(desk: Desk) -> str:
    return {
        Kind.QUESTION: _("Ask a question"),
        Kind.IDEA: _("Write an idea"),
        Kind.POST: _("Write a post"),
        Kind.COMMENT: _("Answer"),
        Kind.RESTATEMENT: _("Say it more simply"),
    }.get(desk.kind, _("Leave a thought"))


def draft_status(draft: Draft | None) -> str:
    """*Saved as draft 14:02. Only you see it.*"""
    if draft is None:
        return _("Only you see it yet.")
    return _("Saved as draft %(time)s. Only you see it.") % {"time": clock(draft.saved_at)}


def _answered_context(request: LookingRequest, desk: Desk) -> dict[str, Any]:
    """What is answered, and the conversation's question, both in sight."""
    assert desk.answering is not None
    seen = desk.answering.seen
    found = Conversation.visible.to(request.viewer).get(public_id=desk.answering.conversation)
    opening = next((one for one in shares_of(found.id, request.viewer) if one.opening), None)
    return {
        "answering": desk.answering,
        "answered": draw_alone(seen),
        "parts": [] if desk.answering.words else parts_of(seen.html),
        "wish": wish_of(seen),
        "opening": opening,
        "opening_line": headline_of(opening, request.viewer) if opening else "",
        "question": question_of(opening, request.viewer) if opening else None,
    }
