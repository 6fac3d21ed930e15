"""Who looks, worked out once a request; and what every signed-in answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from communis.looking.viewers import PUBLIC_VIEWER, Viewer
from communis.people.holdings import viewer_of
from communis.people.models import Person


class LookingRequest(HttpRequest):
    """A request after ``looking``: ``viewer`` is never None; ``person`` is the one signed in, or None."""

    viewer: Viewer
    person: Person | None


def looking(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sets ``request.viewer`` and ``request.person``; a signed-in answer is stored nowhere (trust G9)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        viewer, person = _who(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        request.person = person  # type: ignore[attr-defined]
        response = get_response(request)
        if person is not None:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def _who(request: HttpRequest) -> tuple[Viewer, Person | None]:
    account = request.user
    if not account.is_authenticated or account.signed_in is None:
        return PUBLIC_VIEWER, None
    viewer = viewer_of(account.signed_in)
    return (viewer, account.signed_in) if viewer.signed_in else (PUBLIC_VIEWER, None)
