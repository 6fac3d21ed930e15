"""For you: what happened that one should know, each line with its reason."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from communis.attention.actions import mark_read
from communis.attention.mail_choices import mail_choice
from communis.attention.notices import After, one, told
from communis.conversations.following import follow
from communis.conversations.models import Following
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.cursors import cursor, place
from communis.web.middleware import LookingRequest
from communis.web.notice_rows import notice_row
from communis.web.rows import address

PAGE = 30
_WAYS = {"listen": Following.Way.LISTENING, "silent": Following.Way.SILENT, "mailed": Following.Way.MAILED}


@require_safe
@signed_in
def for_you(request: LookingRequest) -> HttpResponse:
    """All one was told, newest first, and what one wants to be told of by mail."""
    person = _person(request)
    shown = place(request.GET.get("after", ""), 2)
    found = told(request.viewer, by=person, after=After(*shown) if shown else None, size=PAGE + 1)
    page = found[:PAGE]
    context = {
        "here": "for-you",
        "notices": [notice_row(notice) for notice in page],
        "unread": [notice.public_id for notice in page if not notice.read],
        "next": cursor(page[-1].made_at, page[-1].public_id) if len(found) > PAGE else "",
        "mail": mail_choice(person.id),
    }
    return render(request, "for_you/page.html", context)


@require_safe
@signed_in
def notice(request: LookingRequest, notice: str) -> HttpResponse:
    """One notice; a correction with its old and new words. Looking at it is reading it."""
    person = _person(request)
    found, changed = one(notice, request.viewer, by=person)
    mark_read([notice], by=person)
    context = {
        "here": "for-you",
        "notice": notice_row(found),
        "correction": changed,
        "place": address(found.conversation, found.said) if found.said else "",
    }
    return render(request, "for_you/notice.html", context)


@require_POST
@signed_in
def readings(request: LookingRequest) -> HttpResponse:
    """Mark as read: one, or all those of a page. What came meanwhile was not on it, and stays new."""
    mark_read(request.POST.getlist("notices")[:PAGE], by=_person(request))
    return HttpResponseRedirect(reverse("for-you"))


@require_POST
@signed_in
def following(request: LookingRequest, notice: str) -> HttpResponse:
    """Listen to the notice's conversation, keep it silent, or neither; and back to the list."""
    person = _person(request)
    found, _changed = one(notice, request.viewer, by=person)
    if found.conversation:
        follow(found.conversation, _WAYS.get(request.POST.get("way", "")), by=person)
    return HttpResponseRedirect(reverse("for-you"))


def _person(request: LookingRequest) -> Person:
    assert request.person is not None  # behind signed_in
    return request.person
