"""The stewards' page of mail: whether it comes and goes, and a button that tries it. For others it is not there."""

from typing import cast

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from communis.channels.email.checks.asked import ask_for_check, findings_of, last_check
from communis.channels.email.checks.findings import Finding, State
from communis.channels.email.checks.sentences import name_of, sentence_of
from communis.channels.email.checks.waiting import waiting_mail
from communis.channels.email.models import Arrived, MailCheck
from communis.channels.email.outside.held import does_mail_wait
from communis.journal.moments import MINUTE, now
from communis.people.models import Person
from communis.web.middleware import LookingRequest
from communis.web.views.stewards import for_stewards

_Reason = Arrived.Reason
WHY = {
    _Reason.NOT_PROVED: _("nothing proves who sent them"),
    _Reason.ANOTHER_SENDER: _("another address than the person's"),
    _Reason.NOBODY_WE_KNOW: _("from nobody we know"),
    _Reason.UNREADABLE: _("could not be read"),
    _Reason.NO_WORDS: _("no words of the sender's own"),
    _Reason.REFUSED: _("could not be said there"),
    _Reason.FILE_REFUSED: _("with a file that cannot come along"),
    _Reason.WIDER: _("for more than a letter's readers"),
    _Reason.MORE_THAN_A_WORD: _("more below an offered word"),
    _Reason.MANY: _("many within an hour"),
}
_FOR_ITS_SENDER = _("its sender has to choose")


@require_http_methods(["GET", "POST"])
@for_stewards
def stewards_mail(request: LookingRequest) -> HttpResponse:
    """The last check; what waits, if much does."""
    steward = cast(Person, request.person)
    if request.method == "POST":
        ask_for_check(by=steward)
        return HttpResponseRedirect(reverse("stewards-mail"))
    check = last_check(by=steward)
    found = findings_of(check) if check is not None else []
    waiting = waiting_mail(by=steward)
    context = {
        "check": check,
        "under_way": check is not None and check.state != MailCheck.State.FINISHED,
        # The worker looks every few seconds.
        "nobody_begins": check is not None
        and check.state == MailCheck.State.WAITING
        and check.asked_at < now() - MINUTE,
        "groups": [(state, _told(found, state)) for state in (State.WRONG, State.NOT_TESTED, State.OK)],
        "from_outside": does_mail_wait(by=steward),
        "to_go_out": waiting.to_go_out,
        "held": [(WHY.get(reason, _FOR_ITS_SENDER), count) for reason, count in waiting.held],
    }
    return render(request, "stewards/mail.html", context)


def _told(found: list[Finding], state: State) -> list[tuple[str, str]]:
    """The name of what was tried, and what was found."""
    return [(name_of(one), sentence_of(one)) for one in found if one.state == state]
