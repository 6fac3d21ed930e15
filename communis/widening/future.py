"""The page to come, as one who is asked or who proposed may see it before anything has moved."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from communis.conversations.gate import Seen
from communis.conversations.reading import mentions, shares_of
from communis.conversations.wider import Shown, shown_on
from communis.journal.moments import now
from communis.looking.viewers import Viewer
from communis.openness.audiences import audiences_with, within
from communis.openness.bylines import Byline
from communis.people.models import Person
from communis.widening.binding import YES, above_of, byline_for, digest, holds, html_for
from communis.widening.models import Consent, Widening

Way = Consent.Way


class Asked(NamedTuple):
    """One of the contributions asked about, with its author's answer; only that author is shown it."""

    consent: Consent
    shown: Shown
    # The hash of the words as they stand, for the form; and whether an answer given holds for what stands now.
    page: str
    holds: bool


class Openable(NamedTuple):
    """Something its author has said yes to, as it would stand: words, byline and from when."""

    consent: Consent
    shown: Shown
    html: str
    byline: Byline
    not_before: int | None


def asked_of(widening: Widening, person: Person) -> list[Asked]:
    """What this person is asked about, in the order it was said."""
    consents = list(Consent.everything.filter(widening=widening).order_by("line_id"))
    among = shown_on([consent.line_id for consent in consents])
    return [
        Asked(
            consent,
            among[consent.line_id],
            digest(
                among[consent.line_id],
                above_of(among[consent.line_id], among),
                widening.audience_id,
                way=Way.YES,
            ).hex(),
            holds(
                consent,
                among[consent.line_id],
                above_of(among[consent.line_id], among),
                widening.audience_id,
            ),
        )
        for consent in consents
        if consent.person_id == person.id and consent.line_id in among
    ]


def openable(widening: Widening) -> list[Openable]:
    """What can be opened now or later: yes to what stands there now, and so for all that it hangs on.

    Parents come before what answers them. The same question is asked of the database once more when it opens.
    """
    consents = list(Consent.everything.filter(widening=widening).order_by("line_id"))
    among = shown_on([consent.line_id for consent in consents])
    by_contribution = {one.contribution: one for one in among.values()}
    said_yes: dict[int, Openable] = {}
    for consent in consents:
        shown = among.get(consent.line_id)
        if shown is None:
            continue
        if holds(consent, shown, above_of(shown, among), widening.audience_id):
            said_yes[shown.contribution] = Openable(
                consent,
                shown,
                html_for(shown, consent.way, consent.text),
                byline_for(shown, consent.way),
                consent.not_before,
            )
    return [
        one
        for one in sorted(said_yes.values(), key=lambda one: one.shown.contribution)
        if _hangs_on_yes(one.shown, by_contribution, said_yes)
    ]


def _hangs_on_yes(
    shown: Shown, by_contribution: Mapping[int, Shown], said_yes: Mapping[int, Openable]
) -> bool:
    """A parent that is not asked about is open to them already: what answers the hidden is not asked about."""
    here: Shown | None = by_contribution.get(shown.parent or 0)
    while here is not None:
        if here.contribution not in said_yes:
            return False
        here = by_contribution.get(here.parent or 0)
    return True


def all_said_yes(widening: Widening) -> bool:
    """Whether everything asked about is answered yes. A no looks like silence, so it waits until the time is out.

    So does a yes of somebody whose name is not shown: when it came could tell who (gate rule 27).
    """
    consents = list(Consent.everything.filter(widening=widening))
    shown = shown_on([consent.line_id for consent in consents]).values()
    named = all(one.byline.kind <= Byline.Kind.ROLE for one in shown)
    return named and all(consent.way in YES for consent in consents)


def is_ready(widening: Widening) -> bool:
    """Whether the proposer can choose now."""
    return all_said_yes(widening) or now() >= widening.answer_by


def page_as_asked(
    widening: Widening, viewer: Viewer, own: Mapping[int, tuple[str, Byline]] | None = None
) -> list[Seen]:
    """The whole page as they would see it, if every author said yes as it stands.

    ``own`` are the viewer's own answers, ``{line: (HTML, byline)}``. Only what the viewer sees herself: what else
    is asked about, nobody learns here.
    """
    lines = set(Consent.everything.filter(widening=widening).values_list("line_id", flat=True))
    stands = {shown_on([line])[line].contribution: said for line, said in (own or {}).items()}
    page: list[Seen] = []
    for seen in _on_the_page(widening, viewer, lines):
        if seen.contribution in stands:
            seen = _as_it_would_stand(seen, *stands[seen.contribution])
        page.append(seen._replace(rung=widening.audience.rung, own=False))
    return page


def answers_given(widening: Widening, person: Person) -> dict[int, tuple[str, Byline]]:
    """``{line: (HTML, byline)}`` of one's own answers that hold for what stands now."""
    return {
        one.shown.line: (
            html_for(one.shown, one.consent.way, one.consent.text),
            byline_for(one.shown, one.consent.way),
        )
        for one in asked_of(widening, person)
        if one.holds
    }


def page_to_open(widening: Widening, viewer: Viewer) -> list[Seen]:
    """The exact page that can be opened, for who proposed it and for those who said yes."""
    opening = {one.shown.contribution: one for one in openable(widening)}
    lines = {one.shown.line for one in opening.values()}
    page: list[Seen] = []
    for seen in _on_the_page(widening, viewer, lines):
        one = opening.get(seen.contribution)
        if one is not None:
            seen = _as_it_would_stand(seen, one.html, one.byline)
        page.append(seen._replace(rung=widening.audience.rung, own=False))
    return page


def _on_the_page(widening: Widening, viewer: Viewer, lines: Iterable[int]) -> list[Seen]:
    """What the viewer sees of these lines, and of what that audience sees already."""
    shown = {one.contribution for one in shown_on(lines).values()}
    said, _elsewhere = mentions(shares_of(widening.conversation_id, viewer))
    audiences = audiences_with(seen.audience for seen in said)
    return [
        seen
        for seen in said
        if seen.contribution in shown or within(widening.audience, audiences[seen.audience])
    ]


def _as_it_would_stand(seen: Seen, html: str, byline: Byline) -> Seen:
    if html != seen.html:
        # Other words are a revision of their own, which is made when they are opened.
        seen = seen._replace(html=html, revision=0, corrected=False)
    if byline.person_id is None and byline.outside_name_id is None:
        seen = seen._replace(person=None, person_name=None, role=None, listed=None)
    return seen._replace(byline=byline.kind)
