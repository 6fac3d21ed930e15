"""Proposing to show a conversation, or some of it, to more people."""

from collections.abc import Collection, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.lines_shown import shown_on
from communis.conversations.reading import mentions, shares_at
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.wider import furthest_out, hold, lines_beside, open_already
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import DAY, now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience, audience_of
from communis.openness.choosing import Choice
from communis.openness.receipts import receipts_among
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from communis.widening import rules
from communis.widening.before_opening import stopping
from communis.widening.binding import above_of, digest
from communis.widening.models import Consent, Widening

# How many days authors have to answer.
FEWEST_DAYS, MOST_DAYS = 1, 60
LONGEST_REASON = 500
# Counted from when they could last answer: the same words are not asked about again by the same person before
# that, whatever was answered, or whether anything was. A no would else be an invitation to ask once more.
PEACE = 14 * DAY


def propose(
    conversation: str,
    choice: Choice,
    reason: str,
    *,
    by: Person,
    days: int = 14,
    lines: Collection[str] | None = None,
    key: str = "",
) -> str:
    """Ask every author whose words would show; returns the widening's public id.

    ``lines`` are the public ids of what is to be shown, all of it when None; what they answer comes along.
    Who proposes has said yes to own words as they stand. Raises NotThere and Refused.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        number, shares = shares_at(conversation, viewer)
        if not shares or not rules.may_propose(viewer):
            raise NotThere
        hold(number)
        why = reason.replace("\x00", "").strip()
        if not why:
            raise Refused(_("Say in a sentence or two why more people should read it."), "reason")
        if len(why) > LONGEST_REASON:
            raise Refused(_("Say it in at most 500 characters."), "reason")
        if not FEWEST_DAYS <= days <= MOST_DAYS:
            raise Refused(_("Give them from 1 to 60 days to answer."), "days")
        audience = _wider(choice, by)
        asked = _asked(shares, lines, audience, viewer)
        if not asked:
            raise Refused(
                _("There is nothing here that they do not see already. Choose more readers."), "audience"
            )
        if Widening.everything.filter(
            conversation_id=number, person=by, state=Widening.State.ASKING
        ).exists():
            raise Refused(
                _("You have proposed to open this already. Let that be first, or wait."), "audience"
            )
        at = now()
        _leave_in_peace(asked, audience, by, at)
        widening = Widening.everything.create(
            public_id=public_id(),
            conversation_id=number,
            person=by,
            audience=audience,
            reason=why,
            proposed_at=at,
            answer_by=at + days * DAY,
        )
        _ask(widening, asked, by)
        record("proposed widening", by=by.id, widening=widening.id, conversation=number)
        return widening.public_id

    return once(by.id, key, act)


def _wider(choice: Choice, by: Person) -> Audience:
    """The audience proposed. It names no person: who is to read is a circle, all employees or anyone."""
    if choice.rung == Rung.PUBLIC and not settings.PUBLIC_RUNG:
        raise Refused(
            _("This organisation does not open anything to everyone. Choose a narrower audience."), "audience"
        )
    if choice.rung >= Rung.ORGANISATION:
        return audience_of(choice.rung)
    if choice.rung == Rung.DIRECT:
        raise Refused(_("Choose a circle, all employees or anyone."), "audience")
    # Only circles the proposer may list, because every reader sees the audience (gate rule 21).
    circles = Circle.visible.to(viewer_for(by.id)).filter(public_id__in=choice.circles)
    principals = set(circles.values_list("principal_id", flat=True))
    if not principals or len(principals) != len(set(choice.circles)):
        raise Refused(_("Choose which circle should read it."), "audience")
    return audience_of(Rung.CIRCLE, principals)


def _asked(
    shares: Sequence[Seen], lines: Collection[str] | None, audience: Audience, viewer: Viewer
) -> list[int]:
    """The lines to ask about: those chosen and what they answer, as far as the proposer sees, not open yet.

    What hangs on something the proposer does not see is left out: it could not be opened.
    """
    said, _elsewhere = mentions(list(shares))
    said = _with_other_places(said, viewer)
    by_contribution = {seen.contribution: seen for seen in said}
    wanted: set[int] = set()
    for seen in said:
        if lines is None or seen.line in lines:
            wanted.update(_with_above(seen, by_contribution, wanted))
    wanted -= open_already(wanted, audience, viewer)
    lines_out = furthest_out(wanted, audience.rung, viewer)
    return [lines_out[seen.contribution] for seen in said if seen.contribution in lines_out]


def _with_other_places(said: list[Seen], viewer: Viewer) -> list[Seen]:
    """What is said here, and what a branch that moved here answers in the place it came from."""
    known = {seen.contribution: seen for seen in said}
    missing = {seen.parent for seen in said if seen.parent is not None} - known.keys()
    while missing:
        above = seen_contributions(sorted(missing), viewer)
        known.update((seen.contribution, seen) for seen in above)
        missing = {seen.parent for seen in above if seen.parent is not None} - known.keys()
    return sorted(known.values(), key=lambda seen: seen.contribution)


def _with_above(seen: Seen, said: Mapping[int, Seen], known: Collection[int]) -> list[int]:
    """The contribution and all it hangs on; empty when some of that is not seen."""
    found = [seen.contribution]
    while seen.parent is not None and seen.parent not in known:
        if seen.parent not in said:
            return []
        seen = said[seen.parent]
        found.append(seen.contribution)
    return found


def _leave_in_peace(asked: Sequence[int], audience: Audience, by: Person, at: int) -> None:
    """Refuses to ask others again so soon about the same words; a wider audience is another question.

    Nothing here follows from how anyone has answered. Who wrote it can propose it herself at any time.
    """
    lately = Widening.everything.filter(
        person=by, answer_by__gt=at - PEACE, audience__rung__gte=audience.rung
    )
    others = Consent.everything.filter(line_id__in=lines_beside(asked)).exclude(person=by)
    if others.filter(widening_id__in=lately.values("id")).exists():
        raise Refused(
            _(
                "You have asked about these words lately."
                " Let two weeks pass after the last day to answer, then ask again."
            ),
            "audience",
        )


def _ask(widening: Widening, lines: Sequence[int], by: Person) -> None:
    shown = shown_on(lines, widening.audience.rung)
    by_contribution = {one.contribution: one for one in shown.values()}
    receipts = receipts_among(one.receipt for one in shown.values() if one.receipt is not None)
    rung = widening.audience.rung
    beforehand = {number for number, receipt in receipts.items() if receipt.opens_to >= rung}
    consents: list[Consent] = []
    for line in lines:
        one = shown[line]
        if one.author is None and one.receipt is None:
            continue
        consent = Consent(widening=widening, line_id=line, person_id=one.author, receipt_id=one.receipt)
        # Who proposes says yes to own words; who wrote behind the scenes may have said so beforehand (gate rule 27).
        agreed = one.author == by.id if one.receipt is None else one.receipt in beforehand
        if agreed and not stopping(one.html, one, widening):
            consent.way = Consent.Way.YES
            above = above_of(one, by_contribution)
            consent.digest = digest(one, above, widening.audience_id, way=consent.way)
            consent.answered_at = widening.proposed_at
        consents.append(consent)
    Consent.everything.bulk_create(consents)
