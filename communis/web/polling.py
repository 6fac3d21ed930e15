"""Asking whether something is new, at a price of next to nothing."""

from django.http import HttpResponse


def nothing_new() -> HttpResponse:
    """Three hundred bytes at most: no body, so nothing for a content policy to hold back."""
    response = HttpResponse(status=204)
    response._csp_exempt = True  # type: ignore[attr-defined]  # what django-csp's decorator sets
    return response


def moment(written: str) -> int:
    """The moment since which is asked; anything odd is the beginning."""
    return int(written) if written.isdecimal() and len(written) < 18 else 0
