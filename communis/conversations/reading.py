"""A conversation in reading order, as one viewer may see it."""

from typing import NamedTuple

from django.db import connection

from communis.conversations.gate import Seen, seen_in
from communis.conversations.kinds import Kind
from communis.conversations.models import Conversation
from communis.looking.viewers import Viewer


class Node(NamedTuple):
    """A place in the thread: how deep it hangs, and what is seen there; None is the one canonical stub."""

    depth: int
    seen: Seen | None
    # The visible contribution it hangs on, for "To Nadja:" below the third level.
    answers: Seen | None


def shares_of(conversation_id: int, viewer: Viewer) -> list[Seen]:
    """What the viewer may see of the conversation, each contribution once, in the order it was said."""
    return seen_in([conversation_id], viewer)


def shares_at(public_id: str, viewer: Viewer) -> tuple[int, list[Seen]]:
    """The conversation's number, and what the viewer may see of it: nothing when it is hidden or not there."""
    number = Conversation.everything.filter(public_id=public_id).values_list("id", flat=True).first() or 0
    return number, shares_of(number, viewer)


def address_of_conversation(conversation_id: int) -> str:
    """The conversation's public id. The caller answers for who sees something in it."""
    return Conversation.everything.values_list("public_id", flat=True).get(id=conversation_id)


def thread(conversation_id: int, shares: list[Seen]) -> list[Node]:
    """The shares in reading order: an opening, then each branch depth first.

    What hangs on something the viewer may not see hangs on a stub, below the nearest thing seen.
    """
    by_contribution = {seen.contribution: seen for seen in shares}
    hidden = _hidden_parents(conversation_id, by_contribution)
    children: dict[int | None, list[int]] = {}
    for seen in shares:
        # A branch that moved answers something in another place, and opens this one.
        above = None if seen.opening else seen.parent
        children.setdefault(above, []).append(seen.contribution)
    for stub, nearest in hidden.items():
        children.setdefault(nearest, []).append(stub)
    nodes: list[Node] = []
    stack: list[tuple[int, int, Seen | None]] = [
        (0, number, None) for number in sorted(children.get(None, []), reverse=True)
    ]
    while stack:
        depth, number, answers = stack.pop()
        here = by_contribution.get(number)
        nodes.append(Node(depth, here, answers))
        below = sorted(children.get(number, []), reverse=True)
        stack.extend((depth + 1, child, here) for child in below)
    return nodes


def _hidden_parents(conversation_id: int, seen: dict[int, Seen]) -> dict[int, int | None]:
    """``{hidden parent of something seen: the nearest ancestor seen, or None}``."""
    missing = {
        share.parent
        for share in seen.values()
        if share.parent is not None and share.parent not in seen and not share.opening
    }
    if not missing:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, parent_id FROM communis_contribution WHERE conversation_id = %s", [conversation_id]
        )
        parents = dict(cursor.fetchall())
    found: dict[int, int | None] = {}
    for number in missing:
        above = parents.get(number)
        while above is not None and above not in seen and above not in missing:
            above = parents.get(above)
        found[number] = above
    return found


def mentions(shares: list[Seen]) -> tuple[list[Seen], list[Seen]]:
    """What people said, and apart from it the links from elsewhere. A link that someone answered stays in its place."""
    answered = {seen.parent for seen in shares}
    elsewhere = [seen for seen in shares if seen.kind == Kind.MENTION and seen.contribution not in answered]
    apart = {seen.contribution for seen in elsewhere}
    return [seen for seen in shares if seen.contribution not in apart], elsewhere


def newer_than(conversation_id: int, viewer: Viewer, moment: int) -> int:
    """How many contributions by others, opened after the moment, the viewer can see."""
    return sum(1 for seen in shares_of(conversation_id, viewer) if seen.opened_at > moment and not seen.own)
