"""Keeping what was written behind the scenes until the day's batch. Nobody is signed in here; the key is all."""

from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from communis.behind_the_scenes.days import day_of_batch
from communis.behind_the_scenes.keys import author_of, hash_of, is_spent, place_of, spend
from communis.behind_the_scenes.models import Waiting
from communis.behind_the_scenes.places import crowd_at
from communis.conversations import markdown
from communis.conversations.receipted import number_of
from communis.conversations.refusals import NotThere, Refused
from communis.database.order import forget_order
from communis.openness.commitments import author_part
from communis.openness.receipt_codes import lookup_hash, parse, written
from communis.openness.receipts import NOBODY_MORE
from communis.openness.rungs import Rung

OPENS_TO = (NOBODY_MORE, Rung.ORGANISATION, Rung.PUBLIC)


class Kept(NamedTuple):
    """The receipt as it is shown, once; and the day on which the words appear, in days since the year 1."""

    receipt: str
    day: int


def keep(key: str, text: str, *, opens_to: int = NOBODY_MORE, code: str = "") -> Kept:
    """Keep the words for the day's batch. ``code``: a receipt the browser made; without one it is made here.

    The same form sent again gives the same receipt and keeps nothing more: the receipt made here follows from the
    key, which only its sender has. Raises Refused, and NotAReceipt for a code that is none.
    """
    place = place_of(key)
    receipt = parse(code) if code else _receipt_from(key)
    if opens_to not in OPENS_TO:
        raise Refused(_("Choose how far your words may be opened."), "opens_to")
    if not is_spent(key):
        words = kept_form(text)
        look_at(words)
        try:
            with transaction.atomic():
                try:
                    crowd = crowd_at(place)
                except NotThere as gone:
                    raise Refused(
                        _(
                            "What you answer is no longer there. Copy your words, and begin anew somewhere else."
                        )
                    ) from gone
                Waiting.everything.create(
                    receipt_hash=lookup_hash(receipt),
                    day=day_of_batch(),
                    line_id=number_of(place.line) if place.line else None,
                    audience=crowd.audience,
                    kind=place.kind,
                    text=words,
                    opens_to=opens_to,
                    asked=crowd.asked,
                    crowd=crowd.number,
                    commitment=author_part(receipt, author_of(key)),
                )
                spend(key)
        except IntegrityError:
            # The same form arrived twice at the same moment: the other one won.
            if not is_spent(key):
                raise
        forget_order()
    return Kept(written(receipt), day_of_batch())


def kept_form(text: str) -> str:
    """The text as it is kept: as browsers send it, but for the ends of lines and what a database cannot hold."""
    return text.replace("\x00", "").replace("\r\n", "\n")


def look_at(text: str) -> None:
    """Raises Refused when there are no words, or too many."""
    if not text.strip():
        raise Refused(_("There are no words yet. Write a few, then send."), "text")
    try:
        markdown.render(text)
    except markdown.TextTooLong as error:
        raise Refused(str(error), "text") from error


def _receipt_from(key: str) -> bytes:
    """The 17 bytes of a receipt that follows from the key: 130 of the bits that are random in it."""
    number = int.from_bytes(hash_of(key, "receipt"), "big") >> (256 - 130)
    return number.to_bytes(17, "big")
