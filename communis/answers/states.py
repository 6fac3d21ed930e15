"""How far an idea has come, in one word. It stops nothing, has no date and is no verdict (R53, R85)."""

from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.translation import pgettext_lazy

from communis.answers.became import Became
from communis.answers.models import Rest
from communis.answers.showing import asks_about_each, on_the_way, pending
from communis.answers.verdicts import Verdict
from communis.conversations.gate import Seen
from communis.looking.viewers import Viewer


class State(models.IntegerChoices):
    """The states of an idea."""

    OPEN = 1, pgettext_lazy("how far an idea is", "Open")
    ASKED = 2, pgettext_lazy("how far an idea is", "Asked")
    ANSWERED = 3, pgettext_lazy("how far an idea is", "Answered")
    DONE = 4, pgettext_lazy("how far an idea is", "Done")
    RESTS = 5, pgettext_lazy("how far an idea is", "Rests")


def state(*, rests: bool, told: bool, verdict: Verdict | None, waits: bool) -> State:
    """From what one viewer knows: that it rests, that something was told of it, the verdict she reads, what she
    knows to wait.

    An answer that only its author reads yet is none to others, and waits for them.
    """
    if rests:
        return State.RESTS
    if told:
        return State.DONE
    if verdict is not None and verdict != Verdict.NEED_TO_KNOW:
        return State.ANSWERED
    # Who needs to know more has not answered yet.
    if waits or verdict is not None:
        return State.ASKED
    return State.OPEN


def states_of(ideas: Sequence[Seen], became: Mapping[int, Became], viewer: Viewer) -> dict[int, State]:
    """``{contribution: state}`` for ideas that the caller has from the gate."""
    asks = asks_about_each(ideas, viewer)
    every = [ask for some in asks.values() for ask in some]
    early = {one.answer.ask_id: Verdict(one.answer.verdict) for one in pending(every, viewer)}
    waiting = {one.ask.id for one in on_the_way(every, viewer)}
    rest = resting(ideas, viewer)
    found: dict[int, State] = {}
    for one in ideas:
        own = [ask.id for ask in asks[one.contribution]]
        read_early = [early[number] for number in own if number in early]
        found[one.contribution] = state(
            rests=one.contribution in rest,
            told=bool(became[one.contribution].outcomes),
            verdict=read_early[-1] if read_early else became[one.contribution].verdict,
            waits=not waiting.isdisjoint(own),
        )
    return found


def resting(ideas: Sequence[Seen], viewer: Viewer) -> set[int]:
    """Those of these contributions that rest where the viewer reads them."""
    on = {one.line_number: one.contribution for one in ideas}
    rows = Rest.visible.to(viewer).filter(line_id__in=on)
    return {on[line] for line in rows.values_list("line_id", flat=True)}
