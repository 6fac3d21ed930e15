"""Puts large ready pieces into a page after its template is drawn: they never pass through the template's blocks."""

import re
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from communis.journal.ids import public_id

# Nobody outside this process knows it, so no words of a person can stand for a piece.
_SECRET = public_id()
_SLOT = re.compile(rf"<!--{_SECRET} (\w+)-->".encode())


def slot(name: str) -> SafeString:
    """What stands in the template's context for a piece."""
    return mark_safe(f"<!--{_SECRET} {name}-->")  # noqa: S308  no words of anyone


def render_around(
    request: HttpRequest, template: str, context: Mapping[str, object], pieces: Mapping[str, Sequence[bytes]]
) -> HttpResponse:
    """The template, with the pieces in UTF-8 where the context has ``slot(name)``."""
    frame = _SLOT.split(render_to_string(template, dict(context), request).encode())
    body: list[bytes] = []
    for number, part in enumerate(frame):
        # Every other part is the name of a slot.
        body += pieces[part.decode()] if number % 2 else (part,)
    return HttpResponse(b"".join(body))
