"""The outermost layer: where one writes and reads behind the scenes, nothing of who sends the request comes in.

The cookie goes before there is a session, a sign-in or a line in the log; so does what else could tell one browser
from another. Only the language stays: it is one of two words. With JavaScript the browser does not even send it.
"""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# As in urls.py; a test compares. Plain words, because nothing of Django's has looked at the request yet.
PATHS = frozenset({"/behind-the-scenes/words", "/receipt"})
_DROPPED = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "REMOTE_USER",
)

Answering = Callable[[HttpRequest], HttpResponse]


def without_cookie(get_response: Answering) -> Answering:
    """Takes away what tells who asks, on ``PATHS`` alone; the answer is stored nowhere and sets no cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info not in PATHS:
            return get_response(request)
        language = _language(request.META.get("HTTP_COOKIE", ""))
        for name in _DROPPED:
            request.META.pop(name, None)
        if language:
            request.META["HTTP_COOKIE"] = f"{settings.LANGUAGE_COOKIE_NAME}={language}"
        response = get_response(request)
        response.cookies.clear()
        response["Cache-Control"] = "no-store, private"
        # A refusal is no news to the log: a line there would tell the minute.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return middleware


def _language(cookies: str) -> str:
    """The language in the cookies; empty when none of ours is there."""
    try:
        found = SimpleCookie(cookies).get(settings.LANGUAGE_COOKIE_NAME)
    except CookieError:
        return ""
    languages = {code for code, _name in settings.LANGUAGES}
    return found.value if found is not None and found.value in languages else ""
