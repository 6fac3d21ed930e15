"""Replies to certain words of the opening contribution stand beside those words; this picks them out."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from communis.conversations.reading import Node
from communis.web.contributions import Articles, Page, draw_articles


class Parted(NamedTuple):
    """The branches of a conversation: those that stand in the margin, and the thread below."""

    beside: list[list[Node]]
    below: list[Node]


def part(nodes: Sequence[Node], page: Page) -> Parted:
    """Part the nodes after the opening one into branches about its very words, and the others."""
    parted = Parted([], [])
    if not nodes or nodes[0].seen is None:
        return parted
    opening = nodes[0].seen.contribution
    starts = 0

    def branch(node: Node) -> int:
        nonlocal starts
        starts += node.depth <= 1
        return starts

    for _, found in groupby(nodes[1:], branch):
        nodes_of_branch = list(found)
        first = nodes_of_branch[0].seen
        answered = page.anchored.get(first.contribution) if first else None
        if answered and answered.target == opening and answered.start is not None:
            parted.beside.append(nodes_of_branch)
        else:
            parted.below.extend(nodes_of_branch)
    return parted


def draw_beside(branches: Sequence[Sequence[Node]], page: Page) -> Articles:
    """Each branch in a group that carries the number of the words it answers (``mark data-anchor``)."""
    numbers = {contribution: number for number, contribution in enumerate(page.anchored, start=1)}
    drawn = draw_articles([node for branch in branches for node in branch], page)
    pieces = list(drawn.pieces)
    # A contribution is three pieces.
    end = 0
    for branch in branches:
        begin, end = end, end + 3 * len(branch)
        first = branch[0].seen
        number = numbers[first.contribution] if first else 0
        pieces[begin] = f'<div class="group" data-anchor="{number}">'.encode() + pieces[begin]
        pieces[end - 1] += b"</div>"
    return drawn._replace(pieces=tuple(pieces))
