"""Who may ask for an answer and who may give one. Pure but for the mandate, which is read when it matters."""

from collections.abc import Iterable

from communis.answers.models import Ask, CoHost, Mandate
from communis.answers.verdicts import ACCEPTED, Verdict
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.looking.viewers import Viewer
from communis.people.models import Person

# A question asks everybody, and what came from elsewhere or stands for something else has no author to answer.
ASKED_ABOUT = {Kind.IDEA, Kind.FRAGMENT, Kind.POST, Kind.COMMENT}


def may_ask(seen: Seen, *, looks_after: bool) -> bool:
    """Whoever wrote it, and whoever looks after the conversation; no manager has to approve (R51)."""
    return seen.kind in ASKED_ABOUT and (seen.own or looks_after)


def may_hold_mandates(person: Person) -> bool:
    """Whether the person can write into the list of mandates: a steward, as the organisation has decided."""
    return person.steward


def is_held(mandate: Mandate, at: int) -> bool:
    """A mandate binds only while it is held (R32, R54)."""
    return mandate.held_from <= at and (mandate.held_to is None or at < mandate.held_to)


def answers_within(mandate: Mandate, person: Person) -> bool:
    """Whether the person holds it or answers together with who does (R56)."""
    hosting = CoHost.objects.filter(mandate=mandate, person=person)
    return mandate.person_id == person.id or hosting.exists()


def may_answer(ask: Ask, mandate: Mandate, person: Person, at: int, *, instead: bool = False) -> bool:
    """Only within a mandate held now, without a conflict of interest, and while it waits (R54, D43).

    ``instead``: the person stands in for who was asked, with a mandate of her own (R72).
    """
    waits = ask.state in (Ask.State.WAITING, Ask.State.AUTHORS_TURN)
    asked = ask.person_id == person.id or mandate.person_id == ask.person_id
    may = waits and not ask.conflict and is_held(mandate, at)
    return may and (instead or (asked and answers_within(mandate, person)))


def may_tell_outcome(verdict: Verdict, mandates: Iterable[Mandate], person: Person, at: int) -> bool:
    """After a yes, whoever answers within one of these mandates while it is held (R32, R54).

    ``mandates``: the one it was answered within, and those that came after it.
    """
    if verdict not in ACCEPTED:
        return False
    return any(is_held(mandate, at) and answers_within(mandate, person) for mandate in mandates)


def may_help(verdict: Verdict | None, viewer: Viewer) -> bool:
    """Any employee who reads an idea that got a yes, with nobody's approval (R60)."""
    return viewer.signed_in and verdict in ACCEPTED


def may_let_rest(seen: Seen) -> bool:
    """Whoever wrote it, and nobody else: for the one who is asked it would be a way round a reason (R85)."""
    return seen.kind in ASKED_ABOUT and seen.own
