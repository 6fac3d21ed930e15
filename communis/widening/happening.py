"""A yes that waited until something had happened: its author says that it has, and then it is a yes like others."""

from django.conf import settings
from django.utils.translation import gettext as _

from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.journal.moments import HOUR, now
from communis.journal.record import record
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.widening import rules
from communis.widening.future import Proposal
from communis.widening.models import Consent, Widening

State = Widening.State


def say_it_has_happened(widening: str, line: int, *, by: Person, key: str = "") -> None:
    """What one's yes for this line (its number) waited for has happened. Raises NotThere and Refused.

    When it has been chosen what opens, or has opened, hers and what hangs on it open too, as soon as the hours to
    take a yes back are out once more: those who see the page grow look at it again first.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        found = Widening.visible.to(viewer).select_for_update().filter(public_id=widening).first()
        own = Consent.visible.to(viewer).filter(widening=found, line_id=line).first() if found else None
        if found is None or own is None or not own.waits:
            raise NotThere
        if not rules.may_say_it_has_happened(found):
            raise Refused(_("It has ended. Your words are where they were."), "")
        own.happened_at = now()
        own.save(update_fields=["happened_at"])
        record("said it has happened", by=by.id, widening=found.id, line=line)
        if found.state in (State.CHOSEN, State.OPENED) and _opens(found, own):
            found.state, found.opens_at = State.CHOSEN, now() + settings.HOURS_TO_TAKE_BACK * HOUR
            found.save(update_fields=["state", "opens_at"])
            record("more will open", by=None, widening=found.id, conversation=found.conversation_id)
        return widening

    once(by.id, key, act)


def _opens(widening: Widening, own: Consent) -> bool:
    """Whether it can open now. If not, nobody learns that anything has happened."""
    return any(one.consent.id == own.id for one in Proposal(widening).openable)
