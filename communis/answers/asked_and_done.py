"""*We asked, you said, we did*: what became of a question, as one viewer may see it (R96).

All of it comes from the gate at this look. What is told is told by goal and never by person (R30).
"""

from collections.abc import Collection
from typing import NamedTuple

from communis.answers.became import Became, became_of
from communis.answers.showing import OnTheWay, asks_about_each, on_the_way
from communis.answers.states import State, states_of
from communis.conversations.effects import EffectSeen, effects_of
from communis.conversations.gate import Seen, seen_below
from communis.conversations.kinds import Kind
from communis.looking.viewers import Viewer

# What answers a question and can be an idea.
_SAID = (Kind.IDEA, Kind.FRAGMENT, Kind.POST, Kind.COMMENT)


class Said(NamedTuple):
    """Something said in answer to the question: what became of it, and how far it is."""

    seen: Seen
    became: Became
    state: State


class Done(NamedTuple):
    """Something that was done, what came of it, and the idea it began with."""

    outcome: Seen
    effect: EffectSeen
    idea: Seen


class Waiting(NamedTuple):
    """An answer that is promised, and to which idea."""

    promised: OnTheWay
    idea: Seen


class AskedAndDone(NamedTuple):
    """``said`` in the order it was said; ``done`` by goal, the goal told of last first, and no goal last."""

    said: list[Said]
    done: dict[str, list[Done]]
    waiting: list[Waiting]


def asked_and_done(question: Seen, looking_after: Collection[str], viewer: Viewer) -> AskedAndDone:
    """What became of a question that the caller has from the gate.

    ``looking_after``: public ids of those whom the viewer sees to look after it. What they say between the ideas of
    others is left out until someone asks for an answer to it.
    """
    ideas = sorted(seen_below(_SAID, [question.contribution], viewer), key=lambda one: one.contribution)
    became = became_of(ideas, viewer)
    states = states_of(ideas, became, viewer)
    said = [
        Said(one, became[one.contribution], states[one.contribution])
        for one in ideas
        if one.person not in looking_after or states[one.contribution] != State.OPEN
    ]
    return AskedAndDone(said, _by_goal(said), _waiting(ideas, viewer))


def _by_goal(said: list[Said]) -> dict[str, list[Done]]:
    outcomes = [(outcome, one.seen) for one in said for outcome in one.became.outcomes]
    effects = effects_of([outcome for outcome, _idea in outcomes])
    newest = sorted(outcomes, key=lambda pair: pair[0].opened_at, reverse=True)
    found: dict[str, list[Done]] = {}
    for outcome, idea in newest:
        effect = effects[outcome.contribution]
        found.setdefault(effect.goal, []).append(Done(outcome, effect, idea))
    without = found.pop("", None)
    return {**found, "": without} if without else found


def _waiting(ideas: list[Seen], viewer: Viewer) -> list[Waiting]:
    asks = asks_about_each(ideas, viewer)
    of = {ask.id: one for one in ideas for ask in asks[one.contribution]}
    promised = on_the_way([ask for some in asks.values() for ask in some], viewer)
    by_day = sorted(promised, key=lambda one: (one.ask.promised, one.ask.id))
    return [Waiting(one, of[one.ask.id]) for one in by_day]
