"""An author's answer: yes as it stands, with other words, without the name, later; or no."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from communis.conversations import markdown
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.wider import Shown, shown_on
from communis.journal.idempotency import once
from communis.journal.moments import now
from communis.journal.record import record
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening import rules
from communis.widening.before_opening import stopping
from communis.widening.binding import YES, above_of, digest, html_for
from communis.widening.models import Consent, Widening

Way = Consent.Way


@dataclass(frozen=True)
class Answered:
    """An answer for one contribution. ``line`` is the number of its line; ``page`` the hash of what was shown."""

    line: int
    way: Consent.Way
    text: str = ""
    not_before: int | None = None
    page: str = ""


def answer(widening: str, answers: Sequence[Answered], *, by: Person, key: str = "") -> None:
    """Answer for one's own words; what is left out stays as it was.

    Raises NotThere, and Refused with the field ``<line>`` when the words have changed since they were shown,
    when it is too late, or when other words are missing.
    """

    def act() -> str:
        found = Widening.visible.to(viewer_for(by.id)).select_for_update().filter(public_id=widening).first()
        if found is None:
            raise NotThere
        own = {one.line_id: one for one in Consent.visible.to(viewer_for(by.id)).filter(widening=found)}
        among = shown_on(Consent.everything.filter(widening=found).values_list("line_id", flat=True))
        for given in answers:
            consent = own.get(given.line)
            if consent is None:
                raise NotThere
            _mind_the_time(found, consent, given)
            if given.line not in among:
                continue  # taken back meanwhile: there is nothing to open
            above = above_of(among[given.line], among)
            bound = digest(among[given.line], above, found.audience_id, way=Way.YES)
            if given.way in YES and given.page and given.page != bound.hex():
                raise Refused(
                    _("The words have changed since you looked. Read them again, then answer."),
                    str(given.line),
                )
            consent.way, consent.text, consent.not_before = given.way, "", None
            if given.way == Way.OTHER_WORDS:
                consent.text = _words(given)
            if given.way == Way.LATER:
                consent.not_before = _moment(given)
            if given.way in YES:
                _mind_what_stops(among[given.line], found, consent)
            consent.digest = (
                digest(
                    among[given.line],
                    above,
                    found.audience_id,
                    way=given.way,
                    text=consent.text,
                    not_before=consent.not_before,
                )
                if given.way in YES
                else None
            )
            consent.answered_at = now()
            consent.save()
            record(
                "consented" if given.way in YES else "declined",
                by=by.id,
                widening=found.id,
                line=given.line,
            )
        return widening

    once(by.id, key, act)


def _mind_the_time(widening: Widening, consent: Consent, given: Answered) -> None:
    if rules.may_answer(widening):
        return
    taking_back = given.way == Way.NO and consent.opened_id is None
    if taking_back and rules.may_take_back(widening):
        return
    if given.way == consent.way:
        return
    raise Refused(_("It is too late to answer now. Your words are where they were."), "")


def _mind_what_stops(shown: Shown, widening: Widening, consent: Consent) -> None:
    found = stopping(html_for(shown, consent.way, consent.text), shown, widening)
    if found:
        raise Refused(found[0].explanation, str(consent.line_id))


def _words(given: Answered) -> str:
    text = given.text.strip()
    if not text:
        raise Refused(_("Write the words you want to show instead."), str(given.line))
    try:
        markdown.render(text)
    except markdown.TextTooLong as error:
        raise Refused(str(error), str(given.line)) from error
    return text


def _moment(given: Answered) -> int:
    if given.not_before is None:
        raise Refused(_("Write the day before which it stays here, like this: 2026-03-31."), str(given.line))
    return given.not_before
