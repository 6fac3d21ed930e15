"""What the holder of a receipt can do: read on, answer, reword, take back, decide how far it opens, burn it.

Nobody is signed in here. A receipt that never was, one that is burnt and one whose words are gone answer alike.
"""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from communis.behind_the_scenes.days import day_of_batch, latest_noon
from communis.behind_the_scenes.models import Waiting
from communis.behind_the_scenes.places import audience_below
from communis.behind_the_scenes.release import why_not
from communis.behind_the_scenes.writing import OPENS_TO, kept_form, look_at
from communis.conversations.gate import Seen
from communis.conversations.kinds import NOT_ANSWERED, Kind
from communis.conversations.lines import line_seen
from communis.conversations.reading import Node, shares_of, thread
from communis.conversations.receipted import OwnWords, end, own_words
from communis.conversations.refusals import NotThere, Refused
from communis.database.order import forget_order
from communis.looking.principals import ORGANISATION, PUBLIC
from communis.looking.viewers import Holding, Viewer
from communis.openness import receipts
from communis.openness.audiences import Audience, audiences_with
from communis.openness.receipt_codes import lookup_hash
from communis.openness.receipts import Receipt
from communis.openness.rungs import Rung

What = Waiting.What
# Answers, and changes of one's words, that may wait at the same time under one receipt.
MOST_WAITING = 20


class Held(NamedTuple):
    """What a receipt opens: the words that stand and those that wait. ``receipt`` is None until something stands."""

    digest: bytes
    receipt: Receipt | None
    words: list[OwnWords]
    waiting: list[Waiting]


class WaitsFor(NamedTuple):
    """Words that wait: what they are, when they appear, and why they could not now."""

    number: int
    what: What
    text: str
    day: int
    why_not: str


def held_by(code: bytes) -> Held:
    """What this receipt opens. Raises NotThere, alike for one that never was and one that is burnt."""
    digest = lookup_hash(code)
    receipt = receipts.receipt_with(digest)
    rows = Waiting.everything.filter(receipt_hash=digest).exclude(what__in=[What.TAKEN_BACK, What.CONSENTED])
    waiting = list(rows.order_by("day", "id"))
    if receipt is None and not waiting:
        raise NotThere
    return Held(digest, receipt, own_words(receipt) if receipt else [], waiting)


def waits(held: Held) -> list[WaitsFor]:
    """What waits, in plain values."""
    return [WaitsFor(one.id, What(one.what), one.text, one.day, why_not(one)) for one in held.waiting]


def viewer_with(held: Held) -> Viewer:
    """Who looks with the receipt: the receipt itself, and the readers of the words that stand under it."""
    principals = {held.receipt.principal_id} if held.receipt else set()
    for words in held.words:
        if words.audience.rung == Rung.ORGANISATION:
            principals.add(ORGANISATION)
        principals |= words.audience.principals()
    return Viewer(None, (Holding(PUBLIC, 0), *(Holding(number, 0) for number in sorted(principals))))


def branches(held: Held) -> list[list[Node]]:
    """A conversation each: what was said under the receipt, what that answers, and all that hangs on it.

    Not the whole conversation: a receipt can be lost, and who finds it learns no more than it needs.
    """
    viewer = viewer_with(held)
    own = {words.contribution for words in held.words}
    found = []
    for conversation in dict.fromkeys(words.conversation for words in held.words):
        shares = shares_of(conversation, viewer)
        kept = _around(shares, own)
        found.append(thread(conversation, [seen for seen in shares if seen.contribution in kept]))
    return found


def _around(shares: list[Seen], own: set[int]) -> set[int]:
    parents = {seen.contribution: seen.parent for seen in shares}
    kept = own & parents.keys()
    for above in list(kept):
        up = parents.get(above)
        while up is not None and up in parents:
            kept.add(up)
            up = parents[up]
    below = set(own)
    for seen in shares:
        # In the order it was said: what is answered comes first.
        if seen.parent in below:
            below.add(seen.contribution)
    return kept | below


@transaction.atomic
def answer(code: bytes, line: str, text: str) -> int:
    """Answer something in the branch, under the same receipt; returns the day it appears. Raises NotThere, Refused."""
    held = held_by(code)
    seen = line_seen(line, viewer_with(held)).share
    own = next((words for words in held.words if words.conversation == seen.conversation), None)
    in_branch = {node.seen.line for branch in branches(held) for node in branch if node.seen}
    if own is None or line not in in_branch:
        raise NotThere
    if Kind(seen.kind) in NOT_ANSWERED:
        raise Refused(_("This cannot be answered here. Answer something else in the conversation."))
    look_at(text)
    _room_for_more(held)
    same = Waiting.everything.filter(receipt_hash=held.digest, what=What.ANSWER, line_id=seen.line_number)
    if not same.filter(text=kept_form(text)).exists():
        audience = audience_below(audiences_with([seen.audience])[seen.audience])
        _wait(held.digest, What.ANSWER, seen.line_number, text, audience)
    forget_order()
    return day_of_batch()


@transaction.atomic
def reword(code: bytes, line: str, text: str) -> int:
    """Other words on one's line, with the day's batch; returns the day. Raises NotThere and Refused."""
    held = held_by(code)
    own = _own_line(held, line)
    look_at(text)
    changing = Waiting.everything.filter(receipt_hash=held.digest, what=What.EDIT, line_id=own.line_number)
    if not changing.update(text=kept_form(text), day=day_of_batch()):
        _room_for_more(held)
        _wait(held.digest, What.EDIT, own.line_number, text)
    forget_order()
    return day_of_batch()


@transaction.atomic
def reword_waiting(code: bytes, number: int, text: str) -> None:
    """Other words for what waits. Raises NotThere and Refused."""
    held = held_by(code)
    look_at(text)
    if not Waiting.everything.filter(id=number, receipt_hash=held.digest).update(text=kept_form(text)):
        raise NotThere
    forget_order()


@transaction.atomic
def drop_waiting(code: bytes, number: int) -> None:
    """Take back what waits: it never appears. Done twice, it is done once. Raises NotThere for a wrong receipt."""
    held = held_by(code)
    Waiting.everything.filter(id=number, receipt_hash=held.digest).delete()
    forget_order()


@transaction.atomic
def take_back(code: bytes, line: str) -> None:
    """End one's line from the next look on; the journal learns it with the day's batch. Raises NotThere."""
    held = held_by(code)
    own = _own_line(held, line)
    assert held.receipt is not None  # there is a line
    end(line, receipt=held.receipt, at=latest_noon())
    Waiting.everything.filter(receipt_hash=held.digest, what=What.EDIT, line_id=own.line_number).delete()
    _wait(held.digest, What.TAKEN_BACK, own.line_number, "")
    forget_order()


@transaction.atomic
def open_to(code: bytes, opens_to: int) -> None:
    """How far the words may be opened from now on without asking again. Raises NotThere and Refused."""
    held = held_by(code)
    if opens_to not in OPENS_TO:
        raise Refused(_("Choose how far your words may be opened."), "opens_to")
    Waiting.everything.filter(receipt_hash=held.digest, what=What.POST).update(opens_to=opens_to)
    if held.receipt is not None:
        receipts.open_to(held.receipt, opens_to)
    forget_order()


@transaction.atomic
def burn(code: bytes) -> None:
    """The receipt opens nothing any more. What stands stays, and so do words that wait to appear the first time."""
    held = held_by(code)
    Waiting.everything.filter(receipt_hash=held.digest, what__in=[What.ANSWER, What.EDIT]).delete()
    for waiting in held.waiting:
        if waiting.what == What.POST:
            Waiting.everything.filter(id=waiting.id).update(receipt_hash=receipts.hash_of_nothing())
    if held.receipt is not None:
        receipts.burn(held.receipt)
    forget_order()


def _own_line(held: Held, line: str) -> OwnWords:
    own = next((words for words in held.words if words.line == line), None)
    if own is None:
        raise NotThere
    return own


def _room_for_more(held: Held) -> None:
    if len(held.waiting) >= MOST_WAITING:
        raise Refused(_("Much waits under this receipt already. Go on when it has appeared."), "text")


def _wait(digest: bytes, what: What, line: int, text: str, audience: Audience | None = None) -> None:
    Waiting.everything.create(
        receipt_hash=digest,
        what=what,
        day=day_of_batch(),
        line_id=line,
        text=kept_form(text),
        audience=audience,
    )
