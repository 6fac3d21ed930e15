"""Words that rested are awake again, wherever their author sees them open."""

from collections.abc import Iterable

from communis.answers.models import Rest
from communis.conversations import activity
from communis.conversations.gate import Seen
from communis.conversations.lines import LineStanding, lines_open, lines_said
from communis.looking.viewers import Viewer
from communis.openness.audiences import audiences_with


def end_rest(seen: Seen, viewer: Viewer) -> bool:
    """Inside an action of who wrote them, as whom the viewer looks; returns whether they rested."""
    lines = lines_open(lines_said(seen.contribution), viewer)
    rested = Rest.everything.filter(line_id__in=lines).delete()[0] > 0
    if rested:
        draw_anew(seen, lines.values())
    return rested


def draw_anew(seen: Seen, standing: Iterable[LineStanding]) -> None:
    """Let all who see one of the lines see what has changed around it."""
    for audience in audiences_with(one.audience for one in standing).values():
        activity.touch(seen.conversation, audience)
