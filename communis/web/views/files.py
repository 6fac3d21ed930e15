"""Files of contributions, served below a line's address and only to those who see the line."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from communis.conversations.drafting import files_in, own_draft
from communis.conversations.files import file_of, stored
from communis.conversations.models import File
from communis.conversations.refusals import NotThere
from communis.conversations.words import Attachment
from communis.web.access import hidden_is_missing, signed_in
from communis.web.middleware import LookingRequest


@require_safe
@hidden_is_missing
def file(request: LookingRequest, line: str, number: str) -> HttpResponse:
    """A picture or file as it was sent."""
    return _serve(request, line, number, small=False)


@require_safe
@hidden_is_missing
def small(request: LookingRequest, line: str, number: str) -> HttpResponse:
    """The small rendition of a picture."""
    return _serve(request, line, number, small=True)


@require_safe
@signed_in
def draft_file(request: LookingRequest, draft: str, number: str) -> HttpResponse:
    """A file of one's own draft."""
    return _serve_draft(request, draft, number, small=False)


@require_safe
@signed_in
def small_draft_file(request: LookingRequest, draft: str, number: str) -> HttpResponse:
    """The small rendition of a picture of one's own draft."""
    return _serve_draft(request, draft, number, small=True)


def _serve(request: LookingRequest, line: str, number: str, *, small: bool) -> HttpResponse:
    found = file_of(line, _number(number), request.viewer)
    if found is None:
        raise NotThere
    return _answer(found, small=small)


def _serve_draft(request: LookingRequest, draft: str, number: str, *, small: bool) -> HttpResponse:
    assert request.person is not None  # behind signed_in
    files = files_in(own_draft(draft, by=request.person))
    if not 1 <= _number(number) <= len(files):
        raise NotThere
    return _answer(files[_number(number) - 1], small=small)


def _answer(file: File | Attachment, *, small: bool) -> HttpResponse:
    """Pictures are shown, all else is only for downloading; nothing in it can act as a page (trust T24)."""
    if small and not file.small_stored_as:
        raise NotThere
    picture = file.width is not None
    response = HttpResponse(stored(file.small_stored_as if small else file.stored_as))
    response["Content-Type"] = file.media_type
    response["Content-Disposition"] = content_disposition_header(not picture, file.name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store, private"
    return response


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 4 else 0
