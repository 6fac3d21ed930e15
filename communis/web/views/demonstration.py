"""Try as someone: the demonstration's own way in, on this machine only."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communis.people.demonstration import TRY_AS, account_to_try
from communis.people.signing_in import language_of
from communis.web.languages import remember_language
from communis.web.loopback import on_this_machine_only
from communis.web.signing_in import sign_in


class Role(NamedTuple):
    """One of the five as the page presents them."""

    who: str
    name: str
    what: str
    sees: str
    to_do: tuple[str, ...]


@require_http_methods(["GET", "POST"])
@on_this_machine_only
def choose(request: HttpRequest) -> HttpResponse:
    """The page that says who each is and what to do first."""
    if not settings.DEMONSTRATION:
        raise Http404
    if request.method == "POST":
        return _signed_in(request, request.POST.get("who", ""))
    here = [role for role in _roles() if account_to_try(role.who) is not None]
    return render(request, "demonstration/try.html", {"roles": here})


@require_safe
@on_this_machine_only
def try_as(request: HttpRequest, who: str) -> HttpResponse:
    """The sign-in link that the command prints. Whoever is signed in by it is invented, and so are the words."""
    return _signed_in(request, who)


def _signed_in(request: HttpRequest, who: str) -> HttpResponse:
    account = account_to_try(who)
    if account is None:
        raise Http404
    sign_in(request, account)
    response = HttpResponseRedirect(reverse("front"))
    remember_language(response, language_of(account))
    return response


def _roles() -> list[Role]:
    said = {
        "elin": (
            "Elin Forsgren",
            _("handles building permits"),
            _("Only she and Karin see the letter they write to each other."),
            (
                _("Read the letter and what Karin answered."),
                _("Answer a few words of it, where they stand."),
                _("Leave a thought, and choose who reads it."),
            ),
        ),
        "karin": (
            "Karin Sundvall",
            _("leads the municipality"),
            _("She sees Elin's letter, which nobody else does."),
            (
                _("Read what people answered to her question."),
                _("Answer Elin."),
                _("Look at the post that is open to anyone."),
            ),
        ),
        "amina": (
            "Amina Warsame",
            _("cares for the old at Lindgården, and has a phone but no desk"),
            _("She sees what is said in two circles. The letter does not exist for her."),
            (
                _("Read what is said in the circle about food waste."),
                _("Let someone into that circle."),
                _("Found a circle of your own. Nobody needs to approve it."),
            ),
        ),
        "johan": (
            "Johan Åkerlind",
            _("leads home care in the north, and has forty mails"),
            _("He has a draft that only he sees."),
            (
                _("Find the draft and go on with it."),
                _("Answer the question that was asked to all."),
                _("Write to one person."),
            ),
        ),
        "birgitta": (
            "Birgitta Nyman",
            _("hands out public records"),
            _("She sees what all employees see, and no more than that."),
            (
                _("Read where the records are."),
                _("Look for the letter. It is not there."),
                _("Sign out, and see what is open to anyone."),
            ),
        ),
    }
    return [Role(who, *said[who]) for who in TRY_AS]
