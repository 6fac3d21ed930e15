"""Mail of one's own that waits: look at it, send it, or throw it away. Nobody else has this page (trust L23)."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from communis.channels.email.intake.before_all import BeforeAll
from communis.channels.email.intake.holding import (
    Waiting,
    before_sending,
    held_for,
    send_held,
    throw_held_away,
)
from communis.channels.email.intake.passed_on import kept_for
from communis.channels.email.intake.passing import may_ask, was_asked
from communis.channels.email.letters import WHY_IT_WAITS
from communis.channels.email.models import Arrived
from communis.conversations.refusals import Refused
from communis.people.models import Person
from communis.web import before_it_goes
from communis.web.access import signed_in
from communis.web.found_rows import FoundRow
from communis.web.middleware import LookingRequest

_Reason = Arrived.Reason
WHY = {
    _Reason.NOT_PROVED: gettext_lazy("Nothing shows for certain that it comes from your address."),
    _Reason.ANOTHER_SENDER: gettext_lazy("It comes from another address than the one you sign in with."),
    _Reason.UNREADABLE: gettext_lazy("It could not be read. Write it here instead."),
    _Reason.NO_WORDS: gettext_lazy("There are no words of your own in it."),
    _Reason.REFUSED: gettext_lazy("It could not be said there, or what you answered is gone."),
    _Reason.WIDER: gettext_lazy(
        "More people than those of a letter read it: all who read what you answered."
    ),
    _Reason.MORE_THAN_A_WORD: gettext_lazy("We did what its first word says. There was more below it."),
    _Reason.MANY: gettext_lazy("Twenty mails from you came within the hour. Did a program write them?"),
    _Reason.PAGE_CHANGED: gettext_lazy(
        "Nothing was done: the page reads otherwise now. It was sent to you again."
    ),
    _Reason.NOT_THE_WORD: gettext_lazy("Nothing was done: its first line was none of the words in the mail."),
    _Reason.TOO_LATE: gettext_lazy("Nothing was done: it is too late to answer this by mail."),
    _Reason.NOT_WHOLE: gettext_lazy(
        "The answer is not given: something is missing. You have begun one on the page."
    ),
    **WHY_IT_WAITS,
}


@require_safe
@signed_in
def held_mail(request: LookingRequest) -> HttpResponse:
    """What waits, the oldest first."""
    return _page(request)


@require_POST
@signed_in
def send(request: LookingRequest, mail: str) -> HttpResponse:
    """It is hers, and is said where it was sent; what all employees or anyone will read she has looked through."""
    by, typed = _person(request), request.POST.get("text")
    before = before_sending(mail, by=by)
    if before is not None:
        words = _words(request, before, before.text if typed is None else typed.replace("\r\n", "\n"))
        if request.POST.get("mask"):
            words = _words(request, before, words.with_masked(request.POST.get("mask", "")))
        found = words.rows(before_it_goes.left_in(request.POST))
        goes_on = not (request.POST.get("mask") or request.POST.get("leave"))
        if not goes_on or not before_it_goes.may_go(found, request.POST):
            return _page(request, refused=mail, typed=words.text, found=found)
    try:
        line = send_held(mail, by=by, own_words=typed)
    except Refused as refused:
        if typed is not None:
            return _page(request, refused=mail, typed=typed, fault=refused.message)
        messages.error(request, refused.message)
        return HttpResponseRedirect(reverse("held-mail"))
    messages.success(request, _("Sent. Those it is for read it now."))
    return HttpResponseRedirect(reverse("line", args=[line]))


@require_POST
@signed_in
def throw_away(request: LookingRequest, mail: str) -> HttpResponse:
    """It is not to be said."""
    throw_held_away(mail, by=_person(request))
    messages.success(request, _("Thrown away."))
    return HttpResponseRedirect(reverse("held-mail"))


class Row(NamedTuple):
    """A mail that waits and why; ``text`` is a field's, where it has one, with what the check found in it."""

    one: Waiting
    why: str | Promise
    text: str | None
    found: Sequence[FoundRow] = ()
    fault: str = ""

    @property
    def goes_by_itself(self) -> bool:
        """Whether it is sent without a yes, ten minutes after its sender was told."""
        return self.one.arrived.reason == _Reason.WIDER and not settings.MAIL_MUST_BE_CONFIRMED

    @property
    def checked(self) -> str:
        """Names what the page shows, so that sending tells that it was seen."""
        return ",".join(row.token for row in self.found)


def _page(
    request: LookingRequest,
    *,
    refused: str = "",
    typed: str = "",
    fault: str = "",
    found: Sequence[FoundRow] = (),
) -> HttpResponse:
    """What waits; with what was typed for the mail that was ``refused``, and why."""
    by = _person(request)
    waiting = []
    for one in held_for(by):
        why = WHY.get(_Reason(one.arrived.reason), "")
        if one.arrived.public_id == refused:
            waiting.append(Row(one, why, typed, found, fault))
        elif one.before_all is not None:
            rows = _words(request, one.before_all, one.before_all.text).rows(())
            waiting.append(Row(one, why, one.before_all.text, rows))
        else:
            waiting.append(Row(one, why, "" if one.takes_words else None))
    kept = [(one, may_ask(one.arrived), was_asked(one.arrived)) for one in kept_for(by)]
    shown = {"waiting": waiting, "kept": kept}
    return render(request, "mail/held.html", shown, status=422 if fault else 200)


def _words(request: LookingRequest, before: BeforeAll, text: str) -> before_it_goes.Words:
    return before_it_goes.Words(viewer=request.viewer, **before._replace(text=text)._asdict())


def _person(request: LookingRequest) -> Person:
    return cast(Person, request.person)  # behind signed_in
