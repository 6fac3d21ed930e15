"""How what was tried before ended: with the newest answer that the viewer reads to what the conversation began with."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.timezone import localtime

from communis.answers.showing import rulings_of
from communis.conversations.gate import seen_in, seen_of_kind
from communis.conversations.kinds import Kind
from communis.journal.moments import as_datetime
from communis.looking.viewers import Viewer


class Ending(NamedTuple):
    """How it ended in one sentence, as its readers know it, and when: *Nej, därför att …* and 2023."""

    words: str
    year: int


def endings_of(conversations: Sequence[int], viewer: Viewer) -> dict[int, Ending]:
    """``{conversation: its ending}`` of those whose ending the viewer may see, asked for all of them at once."""
    answers = seen_of_kind(Kind.ANSWER, conversations, viewer)
    if not answers:
        return {}
    openings = {one.contribution for one in seen_in(list(conversations), viewer, openings_only=True)}
    answers = [one for one in answers if one.parent in openings]
    rulings = rulings_of(answers)
    return {
        one.conversation: Ending(
            str(rulings[one.contribution].verdict.label), localtime(as_datetime(one.opened_at)).year
        )
        for one in sorted(answers, key=lambda one: (one.opened_at, one.share))
        if one.contribution in rulings
    }
