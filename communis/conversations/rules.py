"""Who may do what in a conversation. Actions ask first, templates ask the same (pure functions)."""

from communis.conversations.kinds import OPENINGS, Kind
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience, within
from communis.people.models import Person, Role


def may_start(kind: Kind, viewer: Viewer) -> bool:
    """Any employee who can sign in may start any kind, with nobody's approval (R35, R51)."""
    return viewer.signed_in and kind in OPENINGS


def may_reply_to(kind: Kind, viewer: Viewer) -> bool:
    """Whoever sees a contribution and is signed in may answer it. Mentions from elsewhere are not answered."""
    return viewer.signed_in and kind != Kind.MENTION


def may_share_with(inner: Audience, answered: Audience) -> bool:
    """A reply is never wider than what it answers (gate rule 9)."""
    return within(inner, answered)


def may_speak_as(person: Person, role: Role, at: int) -> bool:
    """A role speaks only through the person who holds it at that moment (R32)."""
    return (
        role.person_id == person.id and role.held_from <= at and (role.held_to is None or at < role.held_to)
    )
