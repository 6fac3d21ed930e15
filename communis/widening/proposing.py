"""Proposing to show a conversation, or some of it, to more people."""

from collections.abc import Collection, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from communis.conversations.gate import Seen
from communis.conversations.reading import mentions, shares_at
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.wider import open_already, shown_on
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import DAY, now
from communis.journal.record import record
from communis.openness.audiences import Audience, audience_of
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Circle, Person
from communis.widening import rules
from communis.widening.before_opening import stopping
from communis.widening.binding import above_of, digest
from communis.widening.models import Consent, Widening

# How many days authors have to answer.
FEWEST_DAYS, MOST_DAYS = 1, 60


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
        if not reason.strip():
            raise Refused(_("Say in a sentence or two why more people should read it."), "reason")
        if not FEWEST_DAYS <= days <= MOST_DAYS:
            raise Refused(_("Give them from 1 to 60 days to answer."), "days")
        audience = _wider(choice, by)
        asked = _asked(shares, lines, audience)
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
        widening = Widening.everything.create(
            public_id=public_id(),
            conversation_id=number,
            person=by,
            audience=audience,
            reason=reason.strip(),
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


def _asked(shares: Sequence[Seen], lines: Collection[str] | None, audience: Audience) -> list[int]:
    """The lines to ask about: those chosen and what they answer, as far as the proposer sees, not open yet."""
    said, _elsewhere = mentions(list(shares))
    by_contribution = {seen.contribution: seen for seen in said}
    wanted: set[int] = set()
    for seen in said:
        if lines is not None and seen.line not in lines:
            continue
        here: Seen | None = seen
        while here is not None and here.contribution not in wanted:
            wanted.add(here.contribution)
            here = by_contribution.get(here.parent or 0)
    wanted -= open_already(wanted, audience)
    return [seen.line_number for seen in said if seen.contribution in wanted]


def _ask(widening: Widening, lines: Sequence[int], by: Person) -> None:
    shown = shown_on(lines)
    consents: list[Consent] = []
    for line in lines:
        one = shown[line]
        if one.author is None:
            continue
        consent = Consent(widening=widening, line_id=line, person_id=one.author)
        if one.author == by.id and not stopping(one.html, one, widening):
            consent.way = Consent.Way.YES
            consent.digest = digest(one, above_of(one, shown), widening.audience_id, way=consent.way)
            consent.answered_at = widening.proposed_at
        consents.append(consent)
    Consent.everything.bulk_create(consents)
