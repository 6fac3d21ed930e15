"""The pseudonym a person has in a conversation: always the same one there, and another one elsewhere.

It belongs to the conversation it was first written in and moves with a branch (gate rule 28).
"""

from collections.abc import Collection

from communis.conversations.gate import seen_in
from communis.conversations.models import Contribution, Conversation, Pseudonym, Share
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline, authors, byline_with, bylines_with, pseudonym
from communis.openness.pseudonyms import draw
from communis.people.models import Person


def pseudonym_in(conversation: int, viewer: Viewer, *, by: Person) -> Byline:
    """The person's pseudonym here, drawn if there is none. Unlike those that she sees here: others never answer."""
    # Locked, so that two of her own forms at once do not make two.
    Conversation.everything.select_for_update(no_key=True).get(id=conversation)
    own = Pseudonym.everything.filter(conversation_id=conversation, person=by)
    earlier = own.values_list("byline_id", flat=True).first()
    if earlier is not None:
        return byline_with(earlier)
    here = {seen.alias for seen in seen_in([conversation], viewer) if seen.alias is not None}
    made = pseudonym(draw(here))
    Pseudonym.everything.create(conversation_id=conversation, person=by, byline=made)
    return made


def carry_pseudonyms(branch: Collection[int], new: Conversation) -> None:
    """Let those who wrote under a pseudonym in these contributions keep it in the conversation they moved to."""
    said = Contribution.everything.filter(id__in=branch, authorship_id__isnull=False)
    authorships = dict(said.values_list("id", "authorship_id"))
    known = authors([number for number in authorships.values() if number is not None])
    shares = Share.everything.filter(contribution_id__in=authorships).order_by("id")
    shown = list(shares.values_list("contribution_id", "byline_id"))
    kinds = {number: byline.kind for number, byline in bylines_with(number for _, number in shown).items()}
    kept: dict[int, int] = {}
    for contribution, number in shown:
        person = known.get(authorships[contribution] or 0)
        if person is not None and kinds[number] == Byline.Kind.PSEUDONYM:
            kept.setdefault(person, number)
    Pseudonym.everything.bulk_create(
        Pseudonym(conversation=new, person_id=person, byline_id=number) for person, number in kept.items()
    )
