"""Drawn threads, kept in this process's memory, so that five hundred contributions are not drawn for every look.

A thread is kept under what its viewer may see and nothing else (conversations/sight.py): who sees the same gets
the same bytes, and what anything changes in it is drawn anew. Marks, buttons of one's own and names in the head
line are drawn for each look. Why this tells nothing: docs/decisions/0003-kept-threads.md.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, NamedTuple, Protocol, TypeVar

from communis.answers.became import Became
from communis.conversations.gate import Seen
from communis.web.contributions import Articles
from communis.web.margin import Group
from communis.web.slots import Frame

# Bytes of drawn threads in each web worker: more than twenty conversations of five hundred contributions.
MOST = 16 * 2**20


class Thread(NamedTuple):
    """A conversation, drawn for all who see the same of it. ``opening`` says of nobody that it is their own."""

    opening: Seen | None
    title: str
    rung: int
    newest: int
    alone: bool
    # Whether it draws nothing of another conversation, which changes without this one's stamps: only then is it kept.
    by_itself: bool
    # Whether something in it was written behind the scenes: then a viewer can be shown by whom.
    behind: bool
    # The answers to the opening and what was told afterwards; whether an answer was ever asked for; whether it rests.
    became: Became
    asked: bool
    rests: bool
    # Public ids of the persons whose names stand in it.
    persons: frozenset[str]
    head: Articles
    beside: Articles
    # The groups that beside is made of, and where in the head each stands (margin.py).
    groups: tuple[Group, ...]
    places: tuple[int | None, ...]
    # The list of branches, or nothing.
    branches: bytes
    rest: Articles
    mentions: Articles

    def size(self) -> int:
        """Bytes, near enough: the words, and what the program needs to hold each piece."""
        drawn = (self.head, self.beside, self.rest, self.mentions)
        return sum(sum(map(len, part.pieces)) + 200 * len(part.pieces) for part in drawn) + len(self.branches)


class Sized(Protocol):
    def size(self) -> int:
        """Bytes, near enough."""


T = TypeVar("T", bound=Sized)


class Kept(Generic[T]):
    """What was looked at last, up to so many bytes. For one thread of the program at a time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.clear()

    def clear(self) -> None:
        """Let go of everything."""
        self.taken = 0
        self.things: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """What is kept under the key, which is now what was looked at last."""
        found = self.things.get(key)
        if found is not None:
            self.things.move_to_end(key)
        return found

    def keep(self, key: Hashable, thing: T) -> None:
        """Keep it, and let go of what was looked at longest ago when there is too much."""
        before = self.things.pop(key, None)
        self.taken += thing.size() - (before.size() if before is not None else 0)
        self.things[key] = thing
        while self.taken > self.most:
            _, gone = self.things.popitem(last=False)
            self.taken -= gone.size()


threads: Kept[Thread] = Kept(MOST)
# What stands around a thread, for the signed-out alone: it is the same for all of them but for the form's token.
public_frames: Kept[Frame] = Kept(MOST // 8)
