"""What templates may use: the rung sign, dates and numbers as people write them, and whom to turn to."""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from communis.conversations.sending import seconds_to_undo
from communis.web.dates import day, day_and_time
from communis.web.numbers import grouped
from communis.web.rung_signs import rung_sign

register = template.Library()


@register.simple_tag(name="rung_sign")
def _rung_sign(rung: int) -> SafeString:
    return rung_sign(rung)


@register.simple_tag
def same_for_all(part: str) -> SafeString:
    """A part of a page that knows nothing but the language: drawn once, because every page has it."""
    return _drawn_once(part, get_language())


@cache
def _drawn_once(part: str, language: str | None) -> SafeString:
    return render_to_string(part)


@register.inclusion_tag("parts/undo.html", takes_context=True)
def undo_bar(context: RequestContext) -> dict[str, Any]:
    """The minute to undo what was just sent, on the page one comes to after sending (``?sent=``)."""
    request = context["request"]
    line = request.GET.get("sent", "")
    seconds = seconds_to_undo(line, by=request.person) if line and request.person else 0
    return {"line": line, "seconds": seconds, "csrf_token": context.get("csrf_token"), "request": request}


@register.filter(name="day")
def _day(moment: int) -> str:
    return day(moment)


@register.filter(name="day_and_time")
def _day_and_time(moment: int) -> str:
    return day_and_time(moment)


@register.filter(name="whom_to_ask")
def _whom_to_ask(written: str) -> SafeString:
    """A setting that says whom to turn to: an address of mail or web becomes a link, a sentence stays one."""
    if written.startswith(("https://", "http://")):
        return format_html('<a href="{}">{}</a>', written, written)
    try:
        validate_email(written)
    except ValidationError:
        return format_html('<span lang="{}">{}</span>', settings.LANGUAGE_CODE, written)
    return format_html('<a href="mailto:{}">{}</a>', written, written)


@register.filter(name="in_fours")
def _in_fours(public_id: str) -> str:
    """An id as it can be read out: in groups of four."""
    return " ".join(public_id[start : start + 4] for start in range(0, len(public_id), 4))


@register.filter(name="number")
def _number(number: int) -> str:
    return grouped(number)
