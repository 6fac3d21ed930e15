"""No word is lost when a form arrives after its sign-in has ended: a page holds the words until it goes on.

Nothing of them is stored here. The page is the words, as fields of a form that goes where it was going.
"""

import errno
import logging
import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from communis.web.adviser import NOT_KEPT
from communis.web.middleware import LookingRequest

_log = logging.getLogger("communis.web")

View = Callable[..., HttpResponse]
# What belongs to the sending, not to what was written; and what is kept nowhere.
_NOT_WORDS = {"csrfmiddlewaretoken", "do", *NOT_KEPT}


def keeps_words(view: View) -> View:
    """A form sent by someone signed out, or that could not be kept, is answered with its words."""

    @wraps(view)
    def keeping(request: LookingRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method == "POST" and request.person is None:
            return _page(request, signed_out=True)
        try:
            return view(request, *arguments, **named)
        except (DatabaseError, OSError) as error:
            if request.method != "POST":
                raise
            # Only the kind of fault: a message could carry words.
            _log.error("not kept", extra={"error": type(error).__name__})
            return _page(request, signed_out=False, fault=_status(error))

    return keeping


def _status(error: DatabaseError | OSError) -> int:
    """507 where the disk is full (RFC 4918, section 11.5), else 503."""
    cause = error.__cause__
    full = (
        getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
        or getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        # PostgreSQL's disk_full.
        or getattr(cause, "sqlstate", None) == "53100"
    )
    return 507 if full else 503


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token is of an earlier sign-in: its words, with a token of now.

    Where it has no words: what to do.
    """
    if "text" not in request.POST:
        return render(request, "403.html", status=403)
    return _page(request, signed_out=getattr(request, "person", None) is None)


def _page(request: HttpRequest, *, signed_out: bool, fault: int = 0) -> HttpResponse:
    """``fault``: the status of a fault of ours."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_WORDS and name != "text"
        for value in values
    ]
    context = {
        "fields": fields,
        "text": request.POST.get("text", ""),
        "address": request.get_full_path(),
        "signed_out": signed_out,
        "fault": fault,
        # Nothing is stored for someone signed out, so these are lost; what the draft had before is kept.
        "files": [file.name for file in request.FILES.getlist("files")],
    }
    response = render(request, "compose/kept.html", context, status=fault or 403)
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store, private"
    return response
