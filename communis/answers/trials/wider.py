"""Whether the idea a trial comes from has been opened to more people since.

The trial does not go along by itself: its words may repeat what the idea said to few, and whoever had the idea may
have opened other words, or none. Whoever wrote the trial down looks at it once more and says so.
"""

from collections.abc import Sequence

from communis.answers.trials.models import Trial
from communis.conversations.lines import lines_open, lines_said
from communis.looking.viewers import Viewer
from communis.openness.audiences import audiences_with
from communis.openness.rungs import Rung


def rungs_of(trials: Sequence[Trial], viewer: Viewer) -> dict[int, Rung]:
    """``{trial: who reads it at the most}``, never more than its idea. Of trials that the viewer sees."""
    ideas = _rungs([one.line_id for one in trials if one.line_id is not None], viewer)
    found: dict[int, Rung] = {}
    for one in trials:
        rung = Rung(one.rung) if one.line_id is None else ideas.get(one.line_id)
        if rung is not None:
            found[one.id] = min(rung, Rung(one.rung))
    return found


def wider_line(trial: Trial, viewer: Viewer) -> int | None:
    """The number of the widest line of its idea, where that is wider than the one the trial stands on."""
    if trial.line_id is None:
        return None
    idea = lines_open([trial.line_id], viewer)[trial.line_id].seen.share
    rungs = _rungs(lines_said(idea.contribution), viewer)
    widest = max(rungs, key=lambda line: (rungs[line], -line))
    return widest if rungs[widest] > rungs[trial.line_id] else None


def _rungs(lines: list[int], viewer: Viewer) -> dict[int, Rung]:
    """``{line: its rung}`` of those open to the viewer."""
    audiences = {line: one.audience for line, one in lines_open(lines, viewer).items()}
    found = audiences_with(set(audiences.values()))
    return {line: Rung(found[audience].rung) for line, audience in audiences.items()}
