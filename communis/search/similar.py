"""Has this been thought before? Thoughts like the words being written, of those the viewer may see; how they ended.

Nothing that is hidden from the viewer has a part in what is found, in its order or in how much work it takes: only rows
of principals she holds lead to a share, and what they lead to is looked at through the gate (trust G3, L12).
"""

import heapq
import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import Count

from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.hiding import is_hidden
from communis.conversations.markdown import first_sentence, plain
from communis.conversations.openings_to_find import contributions_on
from communis.looking.principals import ORGANISATION, PUBLIC
from communis.looking.viewers import Holding, Viewer
from communis.openness.open_to import holdings_table
from communis.openness.rungs import Rung
from communis.search.endings import Ending, endings_of
from communis.search.models import WordPiece
from communis.search.pieces import pieces_of, told_words
from communis.search.ranking import most_alike

# One short word is like too much.
_FEWEST_LETTERS = 6
# The longest words of a text say most of what it is about, and are rare without anything being counted.
_MOST_ASKED = 8
# Of a piece that more than these have, only the newest are looked at: it tells too little to look further. Of one
# circle fewer, for some hold many of them.
_MOST_OF_A_PIECE = 50
_MOST_OF_A_CIRCLE = 12
# So many have something rarer in common with the words that what all have in common tells no more.
_ENOUGH = 500
# Of these many all pieces are counted, for of the common ones only the newest were looked at.
_COUNTED = 300
# These many are compared word by word.
COMPARED = 30


class Similar(NamedTuple):
    """A thought like the words being written: its address, first sentence, the rung to draw, and how it ended."""

    line: str
    sentence: str
    rung: Rung
    ended: Ending | None


def similar_to(text: str, *, viewer: Viewer, limit: int = 3) -> list[Similar]:
    """At most ``limit`` thoughts that conversations begin with, most alike first. ``text`` is plain or Markdown."""
    asked = telling_words(text)
    if not asked:
        return []
    candidates = _candidates({piece for word in asked for piece in pieces_of(word)}, viewer)
    seen = _seen(candidates, viewer)
    order = most_alike(text, [plain(one.html) for one in seen])[:limit]
    found = [seen[number] for number in order]
    endings = endings_of([one.conversation for one in found], viewer)
    return [
        Similar(one.line, first_sentence(one.html), Rung(one.rung), endings.get(one.conversation))
        for one in found
    ]


def telling_words(text: str) -> list[str]:
    """The words to look for; none where the text says too little to be like anything."""
    asked = sorted(set(told_words(text)), key=lambda word: (-len(word), word))[:_MOST_ASKED]
    return asked if sum(map(len, asked)) >= _FEWEST_LETTERS else []


def _candidates(pieces: set[str], viewer: Viewer) -> dict[int, int]:
    """``{share: contribution}`` of the openings that have most of the pieces, among those that have the rarest.

    A piece counts the more, the fewer of those that the viewer may see have it. Where enough have one of the rarer
    pieces, the commoner ones decide among these alone. In whole numbers: sums of fractions can differ in the last
    digit when they are taken in another order. An old opening is not among the newest that have a common piece, so
    of the likeliest it is then counted how many pieces they have, new and old alike.
    """
    having = _newest(pieces, viewer)
    weights: dict[int, int] = {}
    for piece in sorted(having, key=lambda one: (len(having[one]), one)):
        found = having[piece]
        weight = _MOST_OF_A_PIECE * 1000 // len(found)
        for share in found if len(weights) < _ENOUGH else found & weights.keys():
            weights[share] = weights.get(share, 0) + weight
    likeliest = heapq.nlargest(_COUNTED, weights, key=lambda share: (weights[share], share))
    number = _numbers_of(pieces, likeliest)
    most = heapq.nlargest(COMPARED, number, key=lambda share: (number[share], weights[share], share))
    return contributions_on(most)


def _numbers_of(pieces: set[str], shares: Collection[int]) -> dict[int, int]:
    """``{share: how many of the pieces it has}``.

    A share has the same words for each principal that its audience names: counted once, they tell of none of them.
    """
    having = WordPiece.everything.filter(share_id__in=shares, piece__in=sorted(pieces))
    return dict(having.values_list("share_id").annotate(Count("piece", distinct=True)))


def _newest(pieces: set[str], viewer: Viewer) -> dict[str, set[int]]:
    """``{piece: shares}``: of each principal held the newest that have the piece. Never more than so many of each.

    What has ended since the worker looked last may be among them; the gate shows nothing of it.
    """
    having: dict[str, set[int]] = {}
    for holdings, most in _held(viewer):
        with connection.cursor() as cursor:
            cursor.execute(_sql(), [most, json.dumps(holdings), json.dumps(sorted(pieces))])
            for piece, found in cursor.fetchall():
                having.setdefault(piece, set()).update(*json.loads(f"[{found}]"))
    return {piece: found for piece, found in having.items() if found}


def _held(viewer: Viewer) -> list[tuple[Sequence[Holding], int]]:
    """What the viewer holds, and how many of one piece and principal are looked at: the wide ones, then the others."""
    wide = [held for held in viewer.holdings if held.principal in (PUBLIC, ORGANISATION)]
    return [(wide, _MOST_OF_A_PIECE), (viewer.narrow_holdings(), _MOST_OF_A_CIRCLE)]


def _seen(candidates: Mapping[int, int], viewer: Viewer) -> list[Seen]:
    """What the gate shows of them, newest first. A contribution is compared by the words the viewer sees of it."""
    shown = seen_contributions(sorted(set(candidates.values())), viewer)
    found = [one for one in shown if one.share in candidates and not is_hidden(one)]
    return sorted(found, key=lambda one: (-one.opened_at, -one.share))


def _sql() -> str:
    if connection.vendor == "postgresql":
        asked, gathered = (
            "json_array_elements_text(%s::json)",
            "COALESCE(json_agg(newest.share_id), '[]')::text",
        )
        together = "string_agg(each.found, ',')"
    else:
        asked, gathered = "json_each(%s)", "json_group_array(newest.share_id)"
        together = "group_concat(each.found)"
    return f"""
SELECT each.piece, {together} FROM (
    SELECT asked.value AS piece, (
        SELECT {gathered} FROM (
            SELECT one.share_id FROM communis_wordpiece one
            WHERE one.principal_id = held.principal_id AND one.piece = asked.value AND one.opened_at >= held.since
            ORDER BY one.opened_at DESC, one.share_id DESC LIMIT %s
        ) newest
    ) AS found
    FROM {holdings_table("held")} CROSS JOIN {asked} asked
) each GROUP BY each.piece
"""
