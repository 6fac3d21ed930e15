"""One's answers about an opening as they are typed in the form, with what is wrong with them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communis.conversations import markdown
from communis.conversations.lines_shown import source_of
from communis.conversations.safe_html import LONGEST
from communis.journal.moments import as_datetime, from_datetime
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline, unnamed
from communis.openness.rungs import Rung
from communis.web.found_rows import mask
from communis.widening.answering import LONGEST_EVENT, Answered
from communis.widening.before_opening import found_among, names_not_asked, texts_of
from communis.widening.future import Asked, Proposal
from communis.widening.models import Consent, Widening

Way = Consent.Way
# In the order they stand in the form, with the value each is sent as.
WAYS = {
    "yes": (Way.YES, gettext_lazy("Yes, as it stands")),
    "words": (Way.OTHER_WORDS, gettext_lazy("Yes, with other words")),
    "unnamed": (Way.WITHOUT_NAME, gettext_lazy("Yes, but without my name")),
    "later": (Way.LATER, gettext_lazy("Yes, but not before …")),
    "after": (Way.AFTER, gettext_lazy("Yes, but only when this has happened …")),
    "no": (Way.NO, gettext_lazy("No, it stays here")),
}
_VALUES = {way: value for value, (way, _label) in WAYS.items()}


@dataclass(frozen=True)
class Given:
    """One's answer for one contribution as it was typed, with what is wrong with it."""

    line: int
    value: str
    text: str
    not_before: str
    page: str
    waits_for: str
    fault: str = ""

    def answered(self) -> Answered:
        """As the action takes it."""
        at = _start_of(self.not_before) if self.value == "later" else None
        waits_for = self.waits_for if self.value == "after" else ""
        return Answered(self.line, WAYS[self.value][0], self.text, at, self.page, waits_for)

    def shows(self, asked: Asked) -> tuple[str, Byline] | None:
        """The HTML and byline that this would put on the page; None where nothing would show."""
        if self.value not in WAYS or self.value == "no" or self.fault:
            return None
        html = asked.shown.html
        if self.value == "words" and self.text.strip():
            html = markdown.render(self.text)
        return html, unnamed() if self.value == "unnamed" else asked.shown.byline


def given_in(post: Mapping[str, str], asked: Sequence[Asked]) -> list[Given]:
    """The answers in the form, for what the person is asked about."""
    return [_given(post, one) for one in asked]


def with_masked(
    given: Sequence[Given], asked: Sequence[Asked], proposal: Proposal, viewer: Viewer, which: str
) -> list[Given]:
    """The answers as typed, with what was pressed masked in one of them: from then on a yes with other words.

    ``which`` is the line's address and what the check found there.
    """
    line, _dot, token = which.partition(".")
    return [
        _masked(one, of, proposal.widening, viewer, token) if of.shown.address == line else one
        for one, of in zip(given, asked, strict=True)
    ]


def _masked(given: Given, asked: Asked, widening: Widening, viewer: Viewer, token: str) -> Given:
    written = given.text if given.value == "words" and given.text.strip() else source_of(asked.shown)
    try:
        html = markdown.render(written)
    except markdown.TextTooLong:
        return given
    texts, rung = texts_of(html, asked.shown), Rung(widening.audience.rung)
    names = names_not_asked(widening, viewer, [written, *texts])
    text = mask(written, token, found_among(texts, rung, names), rung, names)
    return given if text == written else replace(given, value="words", text=text, fault="")


def _given(post: Mapping[str, str], asked: Asked) -> Given:
    line = asked.shown.address
    given = Given(
        asked.consent.line_id,
        post.get(f"way-{line}", "no"),
        post.get(f"text-{line}", "").replace("\r\n", "\n"),
        post.get(f"day-{line}", ""),
        # A form without it was not made here: then the words count as changed.
        post.get(f"page-{line}", "-"),
        post.get(f"event-{line}", ""),
    )
    fault = ""
    if given.value not in WAYS:
        fault = _("Choose one of the six answers.")
    elif given.value == "words" and not given.text.strip():
        fault = _("Write the words you want to show instead.")
    elif given.value == "words" and len(given.text) > LONGEST:
        fault = _("The text is too long. Make it shorter; all you wrote is here.")
    elif given.value == "later" and _start_of(given.not_before) is None:
        fault = _("Write the day before which it stays here, like this: 2026-03-31.")
    elif given.value == "after" and not given.waits_for.strip():
        fault = _("Write what has to happen first.")
    elif given.value == "after" and len(given.waits_for) > LONGEST_EVENT:
        fault = _("Say in at most 140 characters what has to happen first.")
    return replace(given, fault=fault)


def kept(asked: Asked, everything: str) -> Given:
    """The answer given before; a no is preselected, or with one press the same for all."""
    consent = asked.consent
    value = _VALUES.get(Way(consent.way), "no") if asked.holds else "no"
    if everything in ("yes", "no"):
        value = everything
    day = _day_of(consent.not_before)
    return Given(consent.line_id, value, consent.text, day, asked.page, consent.waits_for)


def _start_of(day: str) -> int | None:
    """The first moment of a day where the organisation is; None when it is no day."""
    try:
        written = datetime.date.fromisoformat(day.strip())
        start = datetime.datetime.combine(written, datetime.time(), ZoneInfo(settings.TIME_ZONE))
        return from_datetime(start)
    except (ValueError, OverflowError):
        return None


def _day_of(moment: int | None) -> str:
    if moment is None:
        return ""
    return as_datetime(moment).astimezone(ZoneInfo(settings.TIME_ZONE)).date().isoformat()
