"""Who may do what in a conversation. Actions ask first, templates ask the same (pure functions)."""

from communis.conversations.kinds import NOT_ANSWERED, OPENINGS, RESTATED, Kind
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience, within
from communis.openness.rungs import Rung
from communis.people.models import Person, Role


def may_start(kind: Kind, viewer: Viewer) -> bool:
    """Any employee who can sign in may start any kind, with nobody's approval (R35, R51)."""
    return viewer.signed_in and kind in OPENINGS


def may_reply_to(kind: Kind, viewer: Viewer) -> bool:
    """Whoever sees a contribution and is signed in may answer it. Mentions from elsewhere are not answered."""
    return viewer.signed_in and kind not in NOT_ANSWERED


def may_react_to(kind: Kind, viewer: Viewer, *, own: bool) -> bool:
    """Whoever may answer it may give it a sign, but not one's own words (R77)."""
    return may_reply_to(kind, viewer) and not own


def may_wish_simpler(kind: Kind, viewer: Viewer, *, own: bool) -> bool:
    """Whoever may answer it may want it said more simply; whose own words it is can say them anew (R100)."""
    return may_reply_to(kind, viewer) and not own


def may_thank(kind: Kind, viewer: Viewer, *, own: bool) -> bool:
    """Whoever may answer it may thank for it in private, but not oneself (R59)."""
    return may_reply_to(kind, viewer) and not own


def may_restate(kind: Kind, viewer: Viewer) -> bool:
    """Anyone who sees a question or an idea may propose simpler words for it (R102)."""
    return viewer.signed_in and kind in RESTATED


def may_adopt(kind: Kind, *, looks_after: bool) -> bool:
    """Who looks after the question or idea says which words stand above it."""
    return kind == Kind.RESTATEMENT and looks_after


def may_move(kind: Kind, *, opening: bool, own: bool, looks_after: bool) -> bool:
    """A branch is moved by whoever began it, or by who looks after the conversation it hangs in (R104).

    Seeing it is needed and not enough: others would find their words put elsewhere by a passer-by.
    """
    return kind == Kind.COMMENT and not opening and (own or looks_after)


def may_share_with(inner: Audience, answered: Audience) -> bool:
    """A reply is never wider than what it answers (gate rule 9)."""
    return within(inner, answered)


def may_hide_in(kind: Kind, audience: Audience, own_principal: int) -> bool:
    """Whether one can say it there without one's name.

    Only where one reads along without being named among the readers (gate rule 4): in one's circle, and wider. A
    question says who asks it, for its answers go there.
    """
    if kind == Kind.QUESTION:
        return False
    return audience.rung >= Rung.ORGANISATION or own_principal not in audience.principals()


def may_speak_as(person: Person, role: Role, at: int) -> bool:
    """A role speaks only through the person who holds it at that moment (R32)."""
    return (
        role.person_id == person.id and role.held_from <= at and (role.held_to is None or at < role.held_to)
    )
