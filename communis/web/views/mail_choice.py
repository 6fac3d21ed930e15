"""Which mails one wants: with the words or without, how many at once, how many digests; or none."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communis.attention.mail_choices import choose_mail, mail_choice, resume_mail, want_mail
from communis.attention.models import MailChoice
from communis.conversations.refusals import Refused
from communis.people.models import Person
from communis.web.access import signed_in
from communis.web.middleware import LookingRequest

_FIELDS = ("mail_words", "at_once", "digests", "receipts")


@require_http_methods(["GET", "POST"])
@signed_in
def mail_choice_page(request: LookingRequest) -> HttpResponse:
    """What one has chosen, and choosing anew. ``do``: stop, start or again."""
    person = cast(Person, request.person)  # behind signed_in
    if request.method == "GET":
        return _page(request, _chosen(person))
    done = request.POST.get("do", "")
    if done == "stop":
        want_mail(False, by=person)
        messages.success(request, _("No mail is sent to you. Everything is still in this list."))
    elif done == "start":
        want_mail(True, by=person)
        messages.success(request, _("You get mail again."))
    elif done == "again":
        resume_mail(by=person)
        messages.success(request, _("We try again. If the mails come back once more, you see it here."))
    else:
        typed = {name: request.POST.get(name, "") for name in _FIELDS}
        try:
            choose_mail(
                words=typed["mail_words"] == "yes",
                at_once=_whole(typed["at_once"]),
                digests=_whole(typed["digests"]),
                receipts=typed["receipts"] == "yes",
                by=person,
            )
        except Refused as refused:
            return _page(request, typed, refused)
        messages.success(request, _("Kept. It holds for the next mail."))
    return HttpResponseRedirect(reverse("for-you"))


def _page(request: LookingRequest, typed: dict[str, str], fault: Refused | None = None) -> HttpResponse:
    person = cast(Person, request.person)
    context = {
        "here": "for-you",
        "typed": typed,
        "choice": mail_choice(person.id),
        "most": MailChoice.MOST_AT_ONCE,
        "hours": _hours(),
        "takes_mail": bool(settings.MAIL_DOMAIN),
        "words_for_nobody": not settings.MAIL_WORDS,
        "fault": fault.message if fault else "",
        "field": fault.field if fault else "",
    }
    return render(request, "mail/choice.html", context, status=422 if fault else 200)


def _chosen(person: Person) -> dict[str, str]:
    choice = mail_choice(person.id)
    return {
        "mail_words": "yes" if choice.words else "no",
        "at_once": str(choice.at_once),
        "digests": str(choice.digests),
        "receipts": "yes" if choice.receipts else "",
    }


def _hours() -> list[tuple[str, str]]:
    """``(how many digests, when they come)``, as many as the organisation sends."""
    hours = [f"{hour:02}.00" for hour in settings.DIGEST_HOURS]
    return [(str(many), ", ".join(hours[:many])) for many in range(1, len(hours) + 1)]


def _whole(written: str) -> int:
    """A whole number; what is none, is below all that can be chosen."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 5 else -1
