"""The sign of each verdict, drawn with lines. The word always stands beside it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from communis.answers.verdicts import Verdict

_PATHS = {
    Verdict.YES: "M2.5 8.5l3.5 3.5 7.5-8",
    Verdict.YES_IF: "M1.5 9l3 3 6-7M13.5 11.9v.1",
    Verdict.NOT_NOW: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 5v3.2l2.3 1.5",
    Verdict.NO: "M4 4l8 8M12 4l-8 8",
    Verdict.NOT_MINE: "M2.5 8h10.5M9 4l4 4-4 4",
    Verdict.NEED_TO_KNOW: "M5.4 6A2.6 2.6 0 1 1 9.2 8.3C8.4 8.8 8 9.2 8 10.2M8 13v.1",
}


def verdict_sign(verdict: Verdict) -> SafeString:
    """An SVG for the verdict, hidden from those who listen: they hear the word."""
    return format_html(
        '<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d="{}"/></svg>', _PATHS[verdict]
    )
