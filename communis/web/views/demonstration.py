"""Try as someone: the demonstration's own way in, on this machine only."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communis.people.demonstration import TRY_AS, account_to_try
from communis.people.signing_in import language_of
from communis.web.demonstration_places import RECEIPT, kept_places
from communis.web.languages import remember_language
from communis.web.loopback import on_this_machine_only
from communis.web.signing_in import sign_in

# Places that are the same in every installation; the others are written down when the demonstration is built.
HIDDEN = "hidden_author"
PAGES = {"drafts": "drafts", "queue": "to-answer", "records": "records"}


class ToDo(NamedTuple):
    """Something to try: what, and at which place (see ``address_of_place``)."""

    words: str
    place: str


class Role(NamedTuple):
    """One of the five as the page presents them."""

    who: str
    name: str
    what: str
    sees: str
    to_do: tuple[ToDo, ...]


@require_http_methods(["GET", "POST"])
@on_this_machine_only
def choose(request: HttpRequest) -> HttpResponse:
    """The page that says who each is, what each sees and what to do first."""
    if not settings.DEMONSTRATION:
        raise Http404
    if request.method == "POST":
        return _signed_in(request, request.POST.get("who", ""), reverse("front"))
    places = kept_places()
    here = [role for role in _roles() if account_to_try(role.who) is not None]
    spoken = places.language if places is not None else ""
    return render(
        request,
        "demonstration/try.html",
        {
            "roles": here,
            "placed": places is not None,
            "spoken": spoken,
            "shown": get_language(),
            "receipt": RECEIPT if _is_there(HIDDEN) else "",
        },
    )


@require_safe
@on_this_machine_only
def try_as(request: HttpRequest, who: str) -> HttpResponse:
    """The sign-in link that the command prints. Whoever is signed in by it is invented, and so are the words."""
    return _signed_in(request, who, reverse("front"))


@require_safe
@on_this_machine_only
def try_at(request: HttpRequest, who: str, place: str) -> HttpResponse:
    """The same, and straight to something to try."""
    return _signed_in(request, who, address_of_place(place))


def address_of_place(place: str) -> str:
    """Where a place of the demonstration is. Raises Http404 where there is none."""
    if place in PAGES:
        return reverse(PAGES[place])
    places = kept_places()
    if places is not None and place == "opening":
        return reverse("widening", args=[places.widening])
    if places is not None and place in places.conversations:
        return reverse("conversation", args=[places.conversations[place]])
    raise Http404


def _is_there(place: str) -> bool:
    """Whether the demonstration has the conversation. Where nobody can write behind the scenes, that one is missing."""
    places = kept_places()
    return places is not None and place in places.conversations


def _signed_in(request: HttpRequest, who: str, address: str) -> HttpResponse:
    account = account_to_try(who)
    if account is None:
        raise Http404
    sign_in(request, account)
    response = HttpResponseRedirect(address)
    remember_language(response, language_of(account))
    return response


def _roles() -> list[Role]:
    said = {
        "elin": (
            "Elin Forsgren",
            _("Handles building permits, and wrote the letter."),
            _(
                "All employees can read her letter, without her name. One of her answers stayed with her and Karin."
            ),
            (
                ToDo(_("Read the letter, and find what stayed between the two."), "letter"),
                ToDo(_("Karin wants to show it to anyone. Give your answer."), "opening"),
                ToDo(_("See what the letter led to. Elin listens there, and nobody sees it."), "swapping"),
            ),
        ),
        "karin": (
            "Karin Sundvall",
            _("Leads the municipality, and asked the question."),
            _("Besides Elin, only she sees who wrote the letter."),
            (
                ToDo(_("Read the letter as the one it was written to."), "letter"),
                ToDo(_("Look at your proposal to show it to anyone. Nothing has moved yet."), "opening"),
                ToDo(_("Read what people answered to your question."), "question"),
            ),
        ),
        "amina": (
            "Amina Warsame",
            _("Cares for the old at Lindgården. She has a phone and no desk."),
            _("She sees what is said in two circles. The other four do not see it."),
            (
                ToDo(_("Read about the wheels that wake people up."), "wheels"),
                ToDo(_("Read how five people came to throw away less food."), "food_waste"),
                ToDo(_("Find the place where her words changed a mind."), "long_thread"),
            ),
        ),
        "johan": (
            "Johan Åkerlind",
            _("Leads home care in the north, and has forty mails."),
            _("He has a draft that only he sees. And he alone was shown who wrote behind the scenes.")
            if _is_there(HIDDEN)
            else _("He has a draft that only he sees."),
            (
                ToDo(_("Two wait for his answer. Give a straight one."), "queue"),
                ToDo(_("Read what someone in his unit wrote behind the scenes, and try who it was."), HIDDEN)
                if _is_there(HIDDEN)
                else ToDo(_("Answer those who want to swap chairs."), "swapping"),
                ToDo(_("Find the draft, and go on with it."), "drafts"),
            ),
        ),
        "birgitta": (
            "Birgitta Nyman",
            _("Hands out public records, on the day she is asked."),
            _("Sofia asked her about a record. The other four here do not see it."),
            (
                ToDo(_("Read what Sofia asked."), "record"),
                ToDo(_("Read the letter. To her it has no name."), "letter"),
                ToDo(_("Read where the records are."), "records"),
            ),
        ),
    }
    return [Role(who, *said[who]) for who in TRY_AS]
