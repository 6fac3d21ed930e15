"""Who may propose, answer and choose. Pure functions; actions and templates ask the same."""

from communis.looking.viewers import Viewer
from communis.people.models import Person
from communis.widening.models import Widening

State = Widening.State


def may_propose(viewer: Viewer) -> bool:
    """Anyone who takes part, which is anyone signed in who sees the conversation; nobody's leave is needed."""
    return viewer.signed_in


def may_answer(widening: Widening, at: int) -> bool:
    """Until the time is out or something is chosen. Afterwards a yes can only be taken back.

    A late yes would show the proposer, who looks at what can be opened by then, who had given it.
    """
    return widening.state == State.ASKING and at < widening.answer_by


def may_take_back(widening: Widening) -> bool:
    """A yes can be taken back until it opens, which it may do after others have: when what it hangs on has waited."""
    return widening.state != State.LEFT


def may_say_it_has_happened(widening: Widening) -> bool:
    """What an author waits for may happen until the proposal has ended."""
    return widening.state != State.LEFT


def may_choose(widening: Widening, person: Person) -> bool:
    """Who proposed it chooses whether to open what can be opened."""
    return widening.person_id == person.id and widening.state == State.ASKING
