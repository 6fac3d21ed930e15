"""What became of ideas, as one viewer may see it: the answers to each, and what was told afterwards."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from communis.answers.showing import Ruling, rulings_of
from communis.answers.verdicts import Verdict
from communis.conversations.gate import Seen, seen_below
from communis.conversations.kinds import Kind
from communis.looking.viewers import Viewer


class Became(NamedTuple):
    """The answers to an idea, oldest first, and the outcomes told of them, newest first."""

    answers: list[tuple[Seen, Ruling]]
    outcomes: list[Seen]

    @property
    def verdict(self) -> Verdict | None:
        """That of the standing answer; None before there is one."""
        return self.answers[-1][1].verdict if self.answers else None


NOTHING_YET = Became([], [])


def became_of(ideas: Sequence[Seen], viewer: Viewer) -> dict[int, Became]:
    """``{contribution: what became of it}`` for ideas that the caller has from the gate."""
    answers = seen_below([Kind.ANSWER], [one.contribution for one in ideas], viewer)
    outcomes = seen_below([Kind.OUTCOME], [one.contribution for one in answers], viewer)
    around, rulings = [*answers, *outcomes], rulings_of(answers)
    return {one.contribution: became(one, around, rulings) for one in ideas}


def became(idea: Seen, shares: Sequence[Seen], rulings: Mapping[int, Ruling]) -> Became:
    """The same from what a page has already: everything the viewer may see around the idea."""
    answers = {
        one.contribution: one
        for one in shares
        if one.parent == idea.contribution and one.contribution in rulings
    }
    outcomes = [one for one in shares if one.kind == Kind.OUTCOME and one.parent in answers]
    return Became(
        [(one, rulings[one.contribution]) for one in sorted(answers.values(), key=_when)],
        sorted(outcomes, key=_when, reverse=True),
    )


def _when(seen: Seen) -> tuple[int, int]:
    return seen.opened_at, seen.contribution


def of_nobody(here: Became) -> Became:
    """The same, saying of nobody that it is their own: for what is kept for all who see the same."""
    return Became(
        [(seen._replace(own=False), ruling) for seen, ruling in here.answers],
        [seen._replace(own=False) for seen in here.outcomes],
    )
