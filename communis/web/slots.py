"""Puts large ready pieces into a page after its template is drawn: they never pass through the template's blocks."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

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


class Frame(NamedTuple):
    """A drawn template, cut at its slots: every other part is the name of one."""

    parts: tuple[bytes, ...]

    def size(self) -> int:
        """Bytes."""
        return sum(map(len, self.parts))

    def around(self, pieces: Mapping[str, Sequence[bytes]]) -> HttpResponse:
        """The page with these pieces, in UTF-8, where the context had ``slot(name)``."""
        body: list[bytes] = []
        for number, part in enumerate(self.parts):
            body += pieces[part.decode()] if number % 2 else (part,)
        return HttpResponse(b"".join(body))


def frame(request: HttpRequest, template: str, context: Mapping[str, object]) -> Frame:
    """The template drawn for this request, with room for what the context has ``slot(name)`` for."""
    return Frame(tuple(_SLOT.split(render_to_string(template, dict(context), request).encode())))
