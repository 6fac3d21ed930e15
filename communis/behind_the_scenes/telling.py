"""Whom a claim is shown to by name: persons, for telling and never for showing."""

from communis.behind_the_scenes.models import Claim
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.receipted import said_under
from communis.openness.audiences import audiences_with
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for


def shown_to(claim: int) -> dict[int, Seen]:
    """``{person: the words as she sees them}``, while the claim stands; nobody when it is for a circle or wider."""
    found = Claim.everything.filter(id=claim, rung=Rung.DIRECT, ended_at=None).first()
    if found is None:
        return {}
    readers = audiences_with([found.audience_id])[found.audience_id].readers() or set()
    seen: dict[int, Seen] = {}
    for person in sorted(readers - {found.person_id}):
        words = seen_contributions(said_under(found.receipt_id), viewer_for(person))
        if words:
            seen[person] = words[0]
    return seen
