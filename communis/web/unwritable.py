"""The one character that PostgreSQL cannot keep (U+0000): what was typed beside it must not be lost with it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

UNWRITABLE = "\x00"


class WithoutUnwritable:
    """Leaves the character out of what a page is asked and sent; no address has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any) -> None:
        if UNWRITABLE in request.path:
            raise Http404
        request.GET = written(request.GET)  # type: ignore[assignment]
        # Views that are exempt decide by themselves when they read the form.
        if not getattr(view, "csrf_exempt", False):
            request.POST = written(request.POST)  # type: ignore[assignment]


def written(sent: QueryDict) -> QueryDict:
    """The same, or a copy without the character."""
    if not any(UNWRITABLE in str(value) for _, values in sent.lists() for value in values):
        return sent
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        kept.setlist(name, [str(value).replace(UNWRITABLE, "") for value in values])
    kept._mutable = False
    return kept
