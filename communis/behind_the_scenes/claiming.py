"""Showing that one wrote something behind the scenes: to one person, a circle or all who read it (trust 7, R10).

It takes both the receipt and the person who wrote: what was kept with the words is opened by the two together. From
then on the program knows it, and says it to those it was shown to and nobody else. Whoever is shown it can try it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from communis.behind_the_scenes.chaining import chained
from communis.behind_the_scenes.models import Claim
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.receipted import first_words, receipts_in, receipts_of, said_under
from communis.conversations.refusals import NotThere, Refused
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience
from communis.openness.bylines import Byline
from communis.openness.choosing import AudienceRefused, Choice, choose
from communis.openness.commitments import agrees, shown_nonce
from communis.openness.receipt_codes import lookup_hash
from communis.openness.receipts import Receipt, receipt_with, receipts_among
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import person_at, person_with

LONGEST = 500


class ClaimSeen(NamedTuple):
    """What a viewer is shown: who wrote it, what they say to it, and to which audience. ``shown_at`` is a moment."""

    public_id: str
    name: str
    word: str
    audience: int
    narrow: bool
    shown_at: int
    own: bool


class OwnClaim(NamedTuple):
    """One's own claim, and a line of its words that one sees; None when they are gone."""

    claim: ClaimSeen
    words: Seen | None


class Tried(NamedTuple):
    """A claim worked out again: whether the person, the words and the nonce are what was kept when they appeared, and
    the journal's chain has held that since."""

    claim: ClaimSeen
    words: Seen
    holds: bool


def claimable(code: bytes, *, by: Person) -> list[Seen]:
    """What this person can show to have written: the words under the receipt that she sees, first said first.

    Raises NotThere, alike for a receipt that opens nothing and for one of somebody else.
    """
    seen = _words_under(_own_receipt(code, by).id, viewer_for(by.id))
    if not seen:
        raise NotThere
    return seen


def claim(code: bytes, choice: Choice, word: str, *, by: Person, key: str = "") -> str:
    """Show it to the audience chosen; returns the claim's public id. Shown to it before, it is the same claim.

    Raises NotThere as ``claimable`` does, and Refused.
    """
    if len(word) > LONGEST:
        raise Refused(_("Say it in %(count)d characters.") % {"count": LONGEST}, "word")

    def act() -> str:
        receipt = _own_receipt(code, by)
        viewer = viewer_for(by.id)
        words = _words_under(receipt.id, viewer)
        if not words:
            raise NotThere
        audience = _audience(choice, viewer, words, by)
        live = Claim.everything.filter(receipt=receipt, audience=audience, ended_at=None).first()
        if live is not None:
            return live.public_id
        made = Claim.everything.create(
            public_id=public_id(),
            receipt=receipt,
            person=by,
            nonce=shown_nonce(code),
            word=word.strip(),
            audience=audience,
            rung=audience.rung,
        )
        record("claimed", by=by.id, claim=made.id)
        return made.public_id

    return once(by.id, key, act)


@transaction.atomic
def take_claim_back(claim: str, *, by: Person) -> None:
    """From the next look on nobody is shown it. Who has read it knows. Done twice, it is done once. Raises NotThere."""
    own = Claim.everything.filter(public_id=claim, person=by)
    found = own.select_for_update().first()
    if found is None:
        raise NotThere
    if found.ended_at is None:
        own.update(ended_at=now())
        record("took claim back", by=by.id, claim=found.id)


def claims_on(shown: Sequence[Seen], viewer: Viewer) -> dict[int, list[ClaimSeen]]:
    """``{line's number: what this viewer is shown}`` for words she has from the gate."""
    behind = [seen for seen in shown if seen.byline == Byline.Kind.BEHIND_THE_SCENES]
    receipts = receipts_of(seen.contribution for seen in behind) if behind else {}
    claims: dict[int, list[ClaimSeen]] = {}
    rows = Claim.visible.to(viewer).filter(receipt_id__in=set(receipts.values())) if receipts else []
    for one in sorted(rows, key=lambda row: row.id):
        claims.setdefault(one.receipt_id, []).append(_seen(one, viewer))
    found = {seen.line_number: claims.get(receipts[seen.contribution], []) for seen in behind}
    return {line: said for line, said in found.items() if said}


def claims_in(conversation: int, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """What this viewer can be shown in the conversation, as a key to keep drawn words under: numbers and names."""
    rows = Claim.visible.to(viewer).filter(receipt_id__in=receipts_in(conversation)).order_by("id")
    return tuple((one.id, person_with(one.person_id).name) for one in rows)


def own_claims(*, by: Person) -> list[OwnClaim]:
    """What one has shown, the newest first."""
    viewer = viewer_for(by.id)
    rows = Claim.everything.filter(person=by, ended_at=None).order_by("-id")
    return [OwnClaim(_seen(one, viewer), _first_seen(one.receipt_id, viewer)) for one in rows]


def tried(claim: str, viewer: Viewer) -> Tried:
    """Work it out again, for whoever is shown it. Raises NotThere."""
    found = Claim.visible.to(viewer).filter(public_id=claim).first()
    words = _first_seen(found.receipt_id, viewer) if found is not None else None
    if found is None or words is None:
        raise NotThere
    receipt = receipts_among([found.receipt_id])[found.receipt_id]
    holds = chained(receipt) and agrees(
        bytes(receipt.commitment),
        text=first_words(receipt),
        person=person_with(found.person_id).public_id,
        nonce=bytes(found.nonce),
    )
    return Tried(_seen(found, viewer), words, holds)


def _own_receipt(code: bytes, by: Person) -> Receipt:
    receipt = receipt_with(lookup_hash(code))
    if receipt is None or not agrees(
        bytes(receipt.commitment), text=first_words(receipt), person=by.public_id, nonce=shown_nonce(code)
    ):
        raise NotThere
    return receipt


def _audience(choice: Choice, viewer: Viewer, words: list[Seen], by: Person) -> Audience:
    """Raises Refused when the chosen cannot read the words, and so could not see of what it is said."""
    if choice.rung > max(seen.rung for seen in words):
        raise Refused(_("So many do not read these words. Choose some of those who do."), "to")
    for one in choice.persons:
        person = person_at(one)
        if person is None or not seen_contributions(
            [seen.contribution for seen in words], viewer_for(person.id)
        ):
            raise Refused(_("That person does not read these words. Choose someone who does."), "to")
    try:
        return choose(choice, viewer, by.principal_id)
    except AudienceRefused as refused:
        raise Refused(str(refused), "to") from refused


def _words_under(receipt: int, viewer: Viewer) -> list[Seen]:
    return seen_contributions(said_under(receipt), viewer)


def _first_seen(receipt: int, viewer: Viewer) -> Seen | None:
    return next(iter(_words_under(receipt, viewer)), None)


def _seen(claim: Claim, viewer: Viewer) -> ClaimSeen:
    return ClaimSeen(
        claim.public_id,
        person_with(claim.person_id).name,
        claim.word,
        claim.audience_id,
        claim.rung < Rung.ORGANISATION,
        claim.opened_at,
        claim.person_id == viewer.person_id,
    )
