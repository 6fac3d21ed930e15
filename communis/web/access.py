"""For views: what needs a signed-in person, and the one answer for hidden and missing."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from communis.conversations.refusals import NotThere
from communis.web.middleware import LookingRequest

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Only for someone signed in; others are sent to sign in and come back to where they were."""

    @wraps(view)
    def guarded(request: LookingRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.person is None:
            back = request.get_full_path() if request.method == "GET" else "/"
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
        return hidden_is_missing(view)(request, *arguments, **named)

    return guarded


def hidden_is_missing(view: View) -> View:
    """``NotThere`` becomes the same 404 as an address that never was (trust G7)."""

    @wraps(view)
    def answering(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *arguments, **named)
        except NotThere as missing:
            raise Http404 from missing

    return answering
