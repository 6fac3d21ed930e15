"""Puts comments in an order where everything answered comes before its answers."""

from collections.abc import Sequence
from dataclasses import replace

from communis.channels.importers.wxr.records import Comment


def parents_first(comments: Sequence[Comment]) -> tuple[tuple[Comment, ...], int]:
    """The same comments, parents before replies, otherwise in the order given; and how many parents were broken.

    A reply whose parent is not among ``comments``, and the first comment met in a ring of replies, goes to the top.
    Ids are unique. No recursion: threads of tens of thousands are legal.
    """
    by_id = {comment.wordpress_id: comment for comment in comments}
    placed: dict[int, Comment] = {}
    broken = 0
    for comment in comments:
        waiting: dict[int, Comment] = {}
        here: Comment | None = comment
        while here is not None and here.wordpress_id not in placed and here.wordpress_id not in waiting:
            waiting[here.wordpress_id] = here
            here = by_id.get(here.parent_id) if here.parent_id is not None else None
        if here is not None and here.wordpress_id in waiting:  # a ring of replies: open it here
            placed[here.wordpress_id] = replace(here, parent_id=None)
            broken += 1
        for step in reversed(waiting.values()):
            if step.wordpress_id in placed:
                continue
            if step.parent_id is not None and step.parent_id not in placed:
                step = replace(step, parent_id=None)
                broken += 1
            placed[step.wordpress_id] = step
    return tuple(placed.values()), broken
