"""The front page: a thought can be left, and the murmur is heard."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communis.answers.queue import how_many_wait
from communis.attention.actions import ever_told
from communis.attention.notices import unread
from communis.conversations import drafting
from communis.conversations.following import has_looked
from communis.conversations.listing import listed
from communis.conversations.news import newest_anywhere
from communis.conversations.paging import listened_to
from communis.conversations.questions import open_questions
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.thoughts import murmuring
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.people.circles_held import circles_held
from communis.people.models import Person
from communis.people.people_here import alone
from communis.web.access import signed_in
from communis.web.answer_words import waiting_words
from communis.web.dates import today
from communis.web.kept_words import keeps_words
from communis.web.middleware import LookingRequest
from communis.web.notice_rows import notice_row
from communis.web.numbers import in_words
from communis.web.rows import conversation_rows, question_rows, thought_row

# As many as a glance takes in; the rest is one step away.
FOR_YOU = 3
QUESTIONS = 5
# So many more are counted in words; above that they are only more.
COUNTED = 12


@require_safe
def front(request: LookingRequest) -> HttpResponse:
    """Leave a thought, what is for you, questions, the murmur; nothing on it is a number."""
    return _page(request, {"typed": "", "key": public_id()})


@require_POST
@keeps_words
@signed_in
def thoughts(request: LookingRequest) -> HttpResponse:
    """Keep a thought as a draft; ``do=go-on`` goes on to choose who reads it."""
    assert request.person is not None  # behind signed_in
    person = request.person
    text, key = request.POST.get("text", "").replace("\r\n", "\n"), request.POST.get("key", "")
    going_on = request.POST.get("do") == "go-on"
    if going_on and not text.strip():
        return HttpResponseRedirect(reverse("write"))
    try:
        draft = once(person.id, key, lambda: drafting.keep_for_later(text, by=person).public_id)
    except Refused as refusal:
        return _page(request, {"typed": text, "key": key, "fault": refusal.message}, status=422)
    if going_on:
        return HttpResponseRedirect(f"{reverse('write')}?{urlencode({'draft': draft})}")
    return HttpResponseRedirect(f"{reverse('front')}?{urlencode({'kept': draft})}")


def _page(request: LookingRequest, leaving: dict[str, Any], status: int = 200) -> HttpResponse:
    newest = newest_anywhere(request.viewer)
    asked = open_questions(request.viewer, today(), QUESTIONS)
    shown = frozenset(one.said.line for one in asked)
    heard = murmuring(request.viewer, without=shown)
    marks = request.person is not None
    context: dict[str, Any] = {
        "here": "front",
        "questions": question_rows(asked, today().isoformat(), request.viewer),
        "thoughts": [thought_row(one, marks=marks) for one in heard],
        "newest": newest or 0,
        "quiet": newest is None,
        **leaving,
    }
    if request.person is not None:
        context["main_class"] = "with-side"
        context.update(_own(request, request.person))
    return render(request, "front/page.html", context, status=status)


def _own(request: LookingRequest, person: Person) -> dict[str, Any]:
    """What only the one who looks has on the page."""
    told = unread(request.viewer, by=person, most=FOR_YOU + COUNTED + 1)
    listened = listed(listened_to(request.viewer, by=person), request.viewer)
    return {
        "to_answer": waiting_words(*how_many_wait(request.viewer, by=person)),
        "for_you": [notice_row(one) for one in told[:FOR_YOU]],
        "more_for_you": more_for_you(len(told) - FOR_YOU),
        "begins": person.steward and alone(person),
        "first_visit": not told and not has_looked(by=person) and not ever_told(by=person),
        "kept": _kept(request, person),
        "listened": [row for row in conversation_rows(listened, request.viewer) if row is not None],
        "circles": circles_held(request.viewer),
    }


def more_for_you(count: int) -> str:
    """*Four more, in your list*; empty when there are no more."""
    if count > COUNTED:
        return _("More, in your list")
    if count < 1:
        return ""
    return _("%(number)s more, in your list") % {"number": in_words(count)}


def _kept(request: LookingRequest, person: Person) -> str:
    """The draft that was just kept, if it is the person's own and still there."""
    try:
        return drafting.own_draft(request.GET.get("kept", ""), by=person).public_id
    except NotThere:
        return ""
