"""What programs fetch: the feed of what is public, and what they may look at."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import override
from django.views.decorators.http import require_safe

from communis.channels.feeds.public import PublicFeed
from communis.channels.feeds.trials import TrialsFeed, as_plain_values

_feed = PublicFeed()
_trials = TrialsFeed()

# Pages anyone can see signed out. A whole conversation is one page; what hangs below it is not for programs.
_ROBOTS = """User-agent: *
Allow: /$
Allow: /conversations/
Disallow: /conversations/*/
Disallow: /conversations$
Allow: /questions$
Allow: /records$
Allow: /accessibility$
Allow: /feed.atom$
Allow: /already-tried
Allow: /static/
Disallow: /
"""


@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """The same bytes for everybody, and an ETag made of these bytes alone (trust L41)."""
    with override(settings.LANGUAGE_CODE):
        response = _feed(request)
    del response["Last-Modified"]
    return _by_its_bytes(request, response)


@require_safe
def trials_feed(request: HttpRequest) -> HttpResponse:
    """What was tried and is open to anyone; the same bytes for everybody."""
    with override(settings.LANGUAGE_CODE):
        response = _trials(request)
    del response["Last-Modified"]
    return _by_its_bytes(request, response)


@require_safe
def trials_json(request: HttpRequest) -> HttpResponse:
    """The same and all of it, for programs (docs/already-tried.md)."""
    response = JsonResponse(as_plain_values(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return _by_its_bytes(request, response)


def _by_its_bytes(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    set_response_etag(response)
    found = get_conditional_response(request, response["ETag"], None, response)
    return found if found is not None else response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The same for every installation and every visitor (trust L39)."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")
