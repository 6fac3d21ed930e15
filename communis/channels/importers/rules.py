"""Who may say of a name from outside that it is theirs, and who answers. Pure functions."""

from communis.conversations.kinds import Kind
from communis.people.models import Person


def may_claim_name(kind: Kind, *, from_outside: bool, own: bool) -> bool:
    """What someone outside said can have been said by anyone here; a mention was made by another site."""
    return from_outside and not own and kind != Kind.MENTION


def may_settle(steward: Person, claimer: int, *, alone: bool) -> bool:
    """A steward answers; what a steward says of oneself another answers, where there is another."""
    return steward.steward and (alone or claimer != steward.id)
