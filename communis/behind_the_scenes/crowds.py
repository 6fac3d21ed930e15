"""Among how many an author behind the scenes is, for who sees the words."""

from collections.abc import Sequence
from typing import NamedTuple

from communis.behind_the_scenes.models import Crowd
from communis.conversations.gate import Seen
from communis.openness.audiences import audiences_with
from communis.openness.bylines import Byline
from communis.openness.rungs import Rung
from communis.people.naming import circles_behind, name_to_show


class CrowdSeen(NamedTuple):
    """How many it can be; the circle they are in and the one asked who is not among them, or nothing."""

    number: int
    everyone: bool
    circle: str
    besides: str


def crowds_of(shown: Sequence[Seen]) -> dict[int, CrowdSeen]:
    """``{line's number: its crowd}`` of words the caller has from the gate, the same for all who see them.

    Names stand only where words began a conversation: whoever reads those reads the circle's name and its members.
    Under an answer the one answered may be hidden from some of its readers.
    """
    behind = {seen.line_number: seen for seen in shown if seen.byline == Byline.Kind.BEHIND_THE_SCENES}
    found: dict[int, CrowdSeen] = {}
    audiences = audiences_with(seen.audience for seen in behind.values())
    for crowd in Crowd.objects.filter(line_id__in=behind):
        seen = behind[crowd.line_id]
        circle = besides = ""
        if seen.parent is None and seen.rung == Rung.CIRCLE:
            circle = ", ".join(one.name for one in circles_behind(audiences[seen.audience].principals()))
            besides = name_to_show(crowd.besides_id) if crowd.besides_id is not None else ""
        found[crowd.line_id] = CrowdSeen(crowd.number, seen.rung == Rung.ORGANISATION, circle, besides)
    return found
