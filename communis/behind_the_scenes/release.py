"""The day's batch: what waits appears at noon, shuffled, and nothing of it tells more than the day.

This is the act that the journal knows (gate rule 25). Each row is shown and gone in one transaction, so a batch that
is cut short goes on where it was, and nothing appears twice.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from communis.behind_the_scenes.chaining import chain_commitments
from communis.behind_the_scenes.days import latest_noon, local_day, noon_of
from communis.behind_the_scenes.models import Crowd, Waiting
from communis.behind_the_scenes.places import enough, members_of
from communis.conversations.kinds import Kind
from communis.conversations.models import Share
from communis.conversations.receipted import address_with, answered_on, conversation_with, reword, say
from communis.conversations.refusals import NotThere, Refused
from communis.database.order import forget_order
from communis.journal.moments import now
from communis.journal.record import record
from communis.openness.audiences import Audience, audiences_with, within
from communis.openness.commitments import commitment
from communis.openness.receipts import Receipt, receipt_for, receipt_with

What = Waiting.What


def release() -> int:
    """Let appear whatever's day has come; returns how many did. For the worker, and safe to repeat.

    What cannot be shown now waits on: its author reads why with the receipt.
    """
    today = local_day()
    last = today if now() >= noon_of(today) else today - 1
    # Their numbers are random, so this order is a shuffle.
    due = list(Waiting.everything.filter(day__lte=last).order_by("id").values_list("id", flat=True))
    appeared = sum(_appears(number) for number in due)
    if chain_commitments() or due:
        forget_order()
    return appeared


def forget_order_of_waiting() -> None:
    """Empty the database's log once more while something waits: somebody who read just then may have held it up."""
    if Waiting.everything.exists():
        forget_order()


def why_not(waiting: Waiting) -> str:
    """Why the words could not appear if it were noon now; empty when they could."""
    if waiting.what not in (What.POST, What.ANSWER):
        return ""
    try:
        with transaction.atomic():
            _where(waiting)
    except NotThere:
        return _("What they answer is no longer open to those who were to read.")
    except Refused as refused:
        return refused.message
    return ""


@transaction.atomic
def _appears(number: int) -> bool:
    waiting = Waiting.everything.select_for_update().filter(id=number).first()
    if waiting is None:
        return False
    try:
        # What is refused is refused before anything is written.
        _do(waiting)
    except (NotThere, Refused):
        return False
    Waiting.everything.filter(id=number).delete()
    return True


def _do(waiting: Waiting) -> None:
    if waiting.what in (What.TAKEN_BACK, What.CONSENTED):
        verb = "taken back" if waiting.what == What.TAKEN_BACK else "answered widening by receipt"
        conversation = conversation_with(waiting.line_id)
        record(verb, by=None, line=waiting.line_id, conversation=conversation)
    elif waiting.what == What.EDIT:
        share = reword(
            address_with(waiting.line_id), waiting.text, receipt=_receipt(waiting), at=latest_noon()
        )
        record("corrected", by=None, share=share.id, line=share.line_id, conversation=share.conversation_id)
    else:
        _say(waiting)


def _say(waiting: Waiting) -> None:
    where = _where(waiting)
    if waiting.what == What.ANSWER:
        receipt = _receipt(waiting)
    else:
        kept = commitment(bytes(waiting.commitment), waiting.text)
        receipt = receipt_for(bytes(waiting.receipt_hash), waiting.opens_to, kept)
    share = say(
        Kind(waiting.kind),
        waiting.text,
        audience=where.audience,
        answered=where.answered,
        receipt=receipt,
        at=latest_noon(),
    )
    if waiting.what == What.POST:
        number = min(where.number, waiting.crowd)
        Crowd.objects.create(line_id=share.line_id, number=number, besides_id=waiting.asked_id)
    record(
        "appeared",
        by=None,
        share=share.id,
        line=share.line_id,
        conversation=share.conversation_id,
        answered=waiting.line_id,
    )


def _receipt(waiting: Waiting) -> Receipt:
    receipt = receipt_with(bytes(waiting.receipt_hash))
    if receipt is None:
        # Burnt meanwhile: nothing more is said or changed by it.
        raise NotThere
    return receipt


class Where(NamedTuple):
    """Whom the words are for, how many of those it can be, and the share they answer."""

    audience: Audience
    number: int
    answered: Share | None


def _where(waiting: Waiting) -> Where:
    """Raises NotThere when what is answered is gone or read by fewer now, and Refused when too few are left."""
    assert waiting.audience_id is not None  # only a change of own words has none
    audience = audiences_with([waiting.audience_id])[waiting.audience_id]
    answered = answered_on(address_with(waiting.line_id)) if waiting.line_id is not None else None
    if answered is not None and not within(audience, answered.share.audience):
        raise NotThere
    asked: Sequence[int] = [waiting.asked_id] if waiting.asked_id is not None else []
    if answered is not None:
        asked = answered.asked
    number = len(members_of(audience, asked))
    if waiting.what == What.POST:
        enough(number)
    return Where(audience, number, answered.share if answered is not None else None)
