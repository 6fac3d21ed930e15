"""Replies to certain words of the opening contribution: under the paragraph with those words, or in the margin.

They are put under their paragraph here, so that nothing moves on a telephone or without scripts. Where there is a
margin, beside.js takes them there before they are first seen.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from communis.conversations.html_pieces import ATTRIBUTE, BLOCKS, VOID, pieces
from communis.conversations.reading import Node
from communis.web.contributions import Articles, Page, draw_articles


class Parted(NamedTuple):
    """The branches of a conversation: those about its very first words, as those words stand, and the thread below."""

    beside: list[list[Node]]
    below: list[Node]


class Group(NamedTuple):
    """A branch about certain words: its pieces among those drawn, and the number of the words (``data-anchor``)."""

    first: int
    after: int
    number: int


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

    begins: dict[int, int] = {}
    for _, found in groupby(nodes[1:], branch):
        nodes_of_branch = list(found)
        first = nodes_of_branch[0].seen
        answered = page.anchored.get(first.contribution) if first else None
        if answered and answered.target == opening and answered.start is not None:
            begins[id(nodes_of_branch)] = answered.start
            parted.beside.append(nodes_of_branch)
        else:
            parted.below.extend(nodes_of_branch)
    parted.beside.sort(key=lambda branch: begins[id(branch)])
    return parted


def draw_beside(branches: Sequence[Sequence[Node]], page: Page) -> tuple[Articles, tuple[Group, ...]]:
    """Each branch in a group that carries the number of the words it answers (``mark data-anchor``)."""
    numbers = {contribution: number for number, contribution in enumerate(page.anchored, start=1)}
    drawn = draw_articles([node for branch in branches for node in branch], page)
    drawn_pieces = list(drawn.pieces)
    groups: list[Group] = []
    # A contribution is three pieces.
    end = 0
    for branch in branches:
        begin, end = end, end + 3 * len(branch)
        first = branch[0].seen
        number = numbers[first.contribution] if first else 0
        drawn_pieces[begin] = f'<div class="group" data-anchor="{number}">'.encode() + drawn_pieces[begin]
        drawn_pieces[end - 1] += b"</div>"
        groups.append(Group(begin, end, number))
    return drawn._replace(pieces=tuple(drawn_pieces)), tuple(groups)


def places_under(head: Articles, groups: Sequence[Group]) -> tuple[int | None, ...]:
    """For each group the byte in the drawn opening contribution where the paragraph with its words ends.

    None: that paragraph is the last, and the group stands after the whole contribution, as other answers do.
    """
    if not groups:
        return ()
    drawn = head.pieces[1].decode()
    ends = _ends_of_paragraphs(drawn)
    found: list[int | None] = []
    for group in groups:
        end = ends.get(str(group.number))
        found.append(len(drawn[:end].encode()) if end is not None else None)
    return tuple(found)


def _ends_of_paragraphs(drawn: str) -> dict[str, int]:
    """``{number of answered words: where the block with their beginning ends}``, but for the last block."""
    begin = drawn.index('<div class="words">')
    ends: dict[str, int] = {}
    inside: list[str] = []
    marked: list[str] = []
    last: list[str] = []
    for piece in pieces(drawn[begin:]):
        if not piece.name or piece.name in VOID:
            continue
        if piece.closing:
            inside.pop()
        else:
            inside.append(piece.name)
        if not inside:
            break
        if piece.name == "mark" and not piece.closing:
            marked += dict(ATTRIBUTE.findall(piece.attributes)).get("data-anchor", "").split()
        if len(inside) == 1 and piece.name in BLOCKS:
            last = [number for number in marked if number not in ends]
            ends.update(dict.fromkeys(last, begin + piece.end))
            marked = []
    return {number: end for number, end in ends.items() if number not in last}


def woven(
    head: Sequence[bytes],
    beside: Sequence[bytes],
    groups: Sequence[Group],
    places: Sequence[int | None],
) -> tuple[list[bytes], list[bytes]]:
    """The opening contribution with the groups under their paragraphs, and the groups that stand after it."""
    if not groups:
        return list(head), list(beside)
    words: list[bytes] = []
    after: list[bytes] = []
    position = 0
    for group, place in sorted(zip(groups, places, strict=True), key=lambda one: one[1] or 0):
        drawn = beside[group.first : group.after]
        if place is None:
            after += drawn
            continue
        words += [head[1][position:place], *drawn]
        position = place
    return [head[0], *words, head[1][position:], *head[2:]], after
