"""Pages that only this very machine may see: kept mails, and signing in as someone of the demonstration."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port

ADDRESSES = {"127.0.0.1", "::1"}
HOSTS = {"127.0.0.1", "localhost", "[::1]"}


def from_this_machine(request: HttpRequest) -> bool:
    """Both what was called and who calls: the first alone can be claimed, the second can be a proxy."""
    host, _port = split_domain_port(request.get_host())
    return host in HOSTS and request.META.get("REMOTE_ADDR") in ADDRESSES


def on_this_machine_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Elsewhere there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not from_this_machine(request):
            raise Http404
        return view(request, *arguments, **named)

    return guarded
