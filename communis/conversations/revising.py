"""Changing one's own words: edit, correct, take back, undo."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from communis.conversations import sharing
from communis.conversations.anchoring import move_anchors
from communis.conversations.files import carry_over
from communis.conversations.hiding import refuse_if_hidden
from communis.conversations.models import Contribution, Line, Revision, Share
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.terms import carry_terms_over
from communis.conversations.words import write
from communis.journal.moments import now
from communis.journal.reactions import UNDO
from communis.journal.record import record
from communis.openness.bylines import authorships_of, is_author
from communis.people.holdings import viewer_for
from communis.people.models import Person


@transaction.atomic
def revise(line: str, text: str, *, by: Person, correction: bool = False) -> Share:
    """Give the line new words. Other lines of the same contribution keep theirs (gate rule 11).

    A *correction* shows "corrected" with the difference, and those who replied and can see this line are
    told (R63). Raises NotThere when ``by`` is not the author or cannot see it, or when it was written elsewhere;
    Refused without words.
    """
    share = _written_here(_own(line, by))
    refuse_if_hidden(share)
    before = Revision.everything.get(id=share.revision_id)
    if text.strip() == before.source.strip():
        return share
    contribution = Contribution.everything.get(id=share.contribution_id)
    # Once corrected, always said to be corrected.
    after = write(contribution, text, correction=correction or before.correction)
    carry_over(before, after)
    carry_terms_over(before, after)
    move_anchors(before, after)
    next_share = sharing.follow(share, after)
    record(
        "corrected" if correction else "edited",
        by=by.id,
        share=next_share.id,
        before=share.id,
        line=share.line_id,
        conversation=share.conversation_id,
    )
    return next_share


@transaction.atomic
def take_back(line: str, *, by: Person) -> None:
    """End the line. If something visible hangs on it, one stub without name, date or kind stays (rulings).

    Raises NotThere when ``by`` is not the author or cannot see it. Done twice, it is done once.
    """
    share = _own(line, by)
    sharing.end(share)
    record("taken back", by=by.id, line=share.line_id, conversation=share.conversation_id)


@transaction.atomic
def undo(line: str, *, by: Person) -> str:
    """Take back within a minute, before any notice or mail has left; returns the words, for the draft.

    Raises Refused when the minute is over.
    """
    share = _own(line, by)
    refuse_if_hidden(share)
    if now() - share.opened_at > UNDO:
        raise Refused(_("The minute is over and others have been told. You can still take it back."))
    words = Revision.everything.get(id=share.revision_id).source
    sharing.end(share)
    record("undone", by=by.id, line=share.line_id, conversation=share.conversation_id)
    return words


def own_words(line: str, *, by: Person) -> str:
    """The text of one's own contribution as the line shows it, to edit. Raises NotThere."""
    share = _written_here(_own(line, by, lock=False))
    refuse_if_hidden(share)
    return Revision.everything.get(id=share.revision_id).source


def own_share(line: str, *, by: Person) -> Share:
    """One's own contribution as the line shows it. Raises NotThere."""
    return _own(line, by, lock=False)


def own_among(shares: Sequence[Share], person: Person) -> set[int]:
    """Ids of those shares that are the person's own."""
    return {share.id for share in shares if _is_own(share, person)}


def own_contributions(numbers: Collection[int], *, by: Person) -> set[int]:
    """Those of these contributions that are the person's own."""
    own = Contribution.everything.filter(id__in=numbers, authorship_id__in=authorships_of(by))
    return set(own.values_list("id", flat=True))


def _own(line: str, by: Person, lock: bool = True) -> Share:
    rows = Share.visible.to(viewer_for(by.id)).filter(
        line_id__in=Line.everything.filter(public_id=line).values("id")
    )
    share: Share | None = (rows.select_for_update() if lock else rows).first()
    if share is None or not _is_own(share, by):
        raise NotThere
    return share


def _written_here(share: Share) -> Share:
    """What came in from elsewhere stays as it was said there, also for whoever turned out to have said it."""
    if not Revision.everything.filter(id=share.revision_id, markdown=True).exists():
        raise NotThere
    return share


def _is_own(share: Share, person: Person) -> bool:
    authorship = Contribution.everything.filter(id=share.contribution_id).values_list(
        "authorship_id", flat=True
    )
    return is_author(authorship.get(), person.id)
