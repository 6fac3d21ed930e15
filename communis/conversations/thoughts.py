"""Thoughts: of each conversation the one thing to show in a list, as one viewer may see it."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef

from communis.conversations import murmur
from communis.conversations.gate import Seen, openings_and_newest, seen_contributions
from communis.conversations.kinds import Kind
from communis.conversations.listing import newest
from communis.conversations.models import Conversation, Mark, Share
from communis.looking.viewers import Viewer
from communis.openness.open_to import open_to

# The murmur is chosen among this many conversations. Fixed, so that its cost never grows.
POOL = 60


class Thought(NamedTuple):
    """The opening while nobody has answered, else the newest words; and what these answer, if it is seen."""

    conversation: str
    moment: int
    said: Seen
    answers: Seen | None
    answered: bool
    # Whether something was opened to the viewer since the conversation was last looked at.
    changed: bool


def murmuring(viewer: Viewer, *, without: frozenset[str] = frozenset()) -> list[Thought]:
    """At most twelve thoughts in the murmur's order. ``without`` are lines shown elsewhere on the page."""
    pool = {
        number: thought
        for number, thought in enumerate(_thoughts(newest(viewer, POOL), viewer))
        if thought.said.line not in without
    }
    chosen = murmur.choose(
        murmur.Candidate(number, one.moment, one.answered, one.changed, shown_byline(one.said))
        for number, one in pool.items()
    )
    return _with_what_they_answer([pool[number] for number in chosen], viewer)


def thoughts(found: list[tuple[int, int]], viewer: Viewer) -> list[Thought]:
    """A thought for each ``(conversation id, newest moment)``, which the caller has from the gate, in order."""
    return _with_what_they_answer(_thoughts(found, viewer), viewer)


def shown_byline(seen: Seen) -> str | None:
    """Something equal for equal shown bylines; None for who is not named."""
    if seen.person is not None:
        return f"person {seen.person}"
    if seen.alias is not None:
        return f"pseudonym {seen.alias} {seen.conversation}"
    return f"outside {seen.outside_name}" if seen.outside_name else None


def _thoughts(found: list[tuple[int, int]], viewer: Viewer) -> list[Thought]:
    numbers = [number for number, _ in found]
    public_ids = dict(Conversation.everything.filter(id__in=numbers).values_list("id", "public_id"))
    marks = _marks(numbers, viewer)
    answered = _answered(numbers, viewer)
    openings: dict[int, Seen] = {}
    newest_in: dict[int, Seen] = {}
    for seen in openings_and_newest(found, viewer):
        if seen.opening:
            openings[seen.conversation] = seen
        if seen.kind != Kind.MENTION:
            earlier = newest_in.get(seen.conversation)
            if earlier is None or earlier.opened_at <= seen.opened_at:
                newest_in[seen.conversation] = seen
    made: list[Thought] = []
    for number, at in found:
        is_answered = number in answered
        said = newest_in.get(number) if is_answered else openings.get(number)
        said = said or openings.get(number) or newest_in.get(number)
        if said is not None:
            seen_at = marks.get(number)
            changed = seen_at is None or at > seen_at
            made.append(Thought(public_ids[number], at, said, None, is_answered, changed))
    return made


def _marks(conversations: list[int], viewer: Viewer) -> dict[int, int]:
    if viewer.person_id is None:
        return {}
    own = Mark.objects.filter(person_id=viewer.person_id, conversation_id__in=conversations)
    return dict(own.values_list("conversation_id", "seen_at"))


def _answered(conversations: list[int], viewer: Viewer) -> set[int]:
    """In which of these the viewer may see anything but the opening. One query; hidden answers count for nothing."""
    beside = Share.everything.filter(
        open_to(viewer), conversation_id=OuterRef("id"), ended_at=None, opening=False
    )
    found = Conversation.everything.filter(Exists(beside), id__in=conversations)
    return set(found.values_list("id", flat=True))


def _with_what_they_answer(found: list[Thought], viewer: Viewer) -> list[Thought]:
    parents = sorted({one.said.parent for one in found if one.said.parent is not None})
    shown = {seen.contribution: seen for seen in seen_contributions(parents, viewer)}
    return [one._replace(answers=shown.get(one.said.parent or 0)) for one in found]
