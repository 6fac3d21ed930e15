"""Words that rested are awake again."""

from collections.abc import Mapping

from communis.answers.models import Rest
from communis.conversations import activity
from communis.openness.audiences import audiences_with


def end_rest(lines: Mapping[int, int], conversation: int) -> bool:
    """On these lines, ``{line: its audience}``, inside an action of their author's. Returns whether they rested."""
    rested = Rest.everything.filter(line_id__in=lines).delete()[0] > 0
    if rested:
        draw_anew(lines, conversation)
    return rested


def draw_anew(lines: Mapping[int, int], conversation: int) -> None:
    """Let all who see one of the lines see what has changed around it."""
    for audience in audiences_with(lines.values()).values():
        activity.touch(conversation, audience)
