"""A proposal to open words said behind the scenes: whoever holds the receipt is asked on the receipt's page.

How far the words may be opened without asking was chosen when they were written (gate rule 27). Who proposes is told
the result when the time is out, and never who answered or how many.
"""

import hashlib
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from communis.behind_the_scenes.days import day_of_batch, latest_noon
from communis.behind_the_scenes.holding import Held, held_by, viewer_with
from communis.behind_the_scenes.models import Waiting
from communis.conversations.refusals import NotThere, Refused
from communis.database.order import forget_order
from communis.journal.moments import now
from communis.widening import rules
from communis.widening.answering import Answered, answer_by_receipt
from communis.widening.future import Asked, Proposal
from communis.widening.models import Consent
from communis.widening.telling import open_for

Way = Consent.Way


class Opening(NamedTuple):
    """A proposal, what the receipt's holder is asked about in it, and the hash of what she looks at."""

    proposal: Proposal
    asked: list[Asked]
    page: str
    can_answer: bool
    says_yes: bool


def openings(held: Held) -> list[Opening]:
    """The proposals that ask whoever holds this receipt, while something can be answered."""
    if held.receipt is None:
        return []
    viewer = viewer_with(held)
    found = []
    for widening in open_for(held.receipt.id):
        proposal = Proposal(widening)
        asked = proposal.asked_by_receipt(held.receipt.id, viewer)
        if asked:
            page = hashlib.sha256("".join(one.page for one in asked).encode()).hexdigest()
            yes = all(one.holds for one in asked)
            found.append(Opening(proposal, asked, page, rules.may_answer(widening, now()), yes))
    return found


@transaction.atomic
def consent(code: bytes, widening: str, *, yes: bool, page: str) -> None:
    """Answer for all of one's words in it: yes as it stands, or no. Raises NotThere and Refused.

    It holds at once; the journal learns of it with the day's batch.
    """
    held = held_by(code)
    opening = next((one for one in openings(held) if one.proposal.widening.public_id == widening), None)
    if opening is None or held.receipt is None:
        raise NotThere
    if yes and page != opening.page:
        raise Refused(_("The words have changed since you looked. Read them again, then answer."))
    way = Way.YES if yes else Way.NO
    given = [Answered(one.consent.line_id, way, page=one.page) for one in opening.asked]
    viewer, at = viewer_with(held), latest_noon()
    for line in answer_by_receipt(widening, given, receipt=held.receipt.id, viewer=viewer, at=at):
        Waiting.everything.create(
            receipt_hash=held.digest, what=Waiting.What.CONSENTED, day=day_of_batch(), line_id=line
        )
    forget_order()
