"""Who may say of a name from outside that it is theirs, and who answers. Pure functions."""

from communis.conversations.kinds import Kind
from communis.openness.rungs import Rung
from communis.people.models import Person


def may_claim_name(kind: Kind, name: str | None, rung: int, *, own: bool) -> bool:
    """What someone outside said can have been said by anyone here; a mention was made by another site.

    Only where a steward, who answers, knows the name: where anyone reads it, and in a letter from outside, which a
    steward let in. She may not be in a circle whose list it came from. An empty name stands for all who gave none.
    """
    return bool(name) and rung in (Rung.DIRECT, Rung.PUBLIC) and not own and kind != Kind.MENTION


def may_settle(steward: Person, claimer: int, *, alone: bool) -> bool:
    """A steward answers; what a steward says of oneself another answers, where there is another."""
    return steward.steward and (alone or claimer != steward.id)
