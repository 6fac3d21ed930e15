"""From draft to contribution, and back again within the minute."""

from collections.abc import Callable

from django.db import transaction

from communis.conversations import drafting, markdown, revising
from communis.conversations.files import files_of
from communis.conversations.kinds import Kind
from communis.conversations.models import (
    Anchor,
    Contribution,
    Draft,
    Host,
    Line,
    Place,
    QuestionTerms,
    Revision,
    Share,
)
from communis.conversations.refusals import NotThere
from communis.conversations.wishing import wishes_on
from communis.conversations.words import Attachment
from communis.journal.idempotency import result_of
from communis.journal.moments import SECOND, now
from communis.journal.reactions import UNDO
from communis.looking.viewers import Viewer
from communis.openness.describing import choice_of
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person


@transaction.atomic
def send(act: Callable[[], Share], *, place: str, by: Person) -> Share:
    """Do the action, and let the draft of its words go with it: both or neither."""
    share = act()
    drafting.throw_away(place, by=by, keep_files=True)
    return share


def sent_already(key: str, *, by: Person) -> str | None:
    """The line that came of this form's key earlier, or None when it is new."""
    return result_of(by.id, key) if key else None


def seconds_to_undo(line: str, *, by: Person) -> int:
    """How long the person can still undo the line; 0 when it is over, hidden or another's."""
    try:
        share = revising.own_share(line, by=by)
    except NotThere:
        return 0
    return max(0, (share.opened_at + UNDO - now()) // SECOND)


@transaction.atomic
def unsend(line: str, *, by: Person) -> Draft:
    """Undo within the minute and put everything back as a draft, where it was written if that place is free.

    Raises NotThere, and Refused when the minute is over.
    """
    share = revising.own_share(line, by=by)
    place, choices = _as_written(share, by)
    files = files_of([share.revision_id]).get(share.revision_id, [])
    text = revising.undo(line, by=by)
    if place and drafting.draft_at(place, by=by) is None:
        draft = drafting.save_draft(place, text, by=by, choices=choices)
        assert draft is not None  # only a key can stop it
    else:
        draft = drafting.keep_for_later(text, by=by, choices=choices)
    for file in files:
        carried = Attachment(
            file.name, file.media_type, file.stored_as, file.small_stored_as, file.width, file.height,
            file.alternative, file.creator, file.licence, file.decoration,
        )  # fmt: skip
        drafting.add_file(draft.place or draft.public_id, carried, by=by)
    return draft


def _as_written(share: Share, by: Person) -> tuple[str, dict[str, object]]:
    """``(place, choices)`` of a contribution, as its form had them."""
    viewer = viewer_for(by.id)
    choice = choice_of(share.audience, viewer)
    choices: dict[str, object] = {
        "audience": Rung(choice.rung).name.lower(),
        "persons": list(choice.persons),
        "circle": list(choice.circles[:1]),
    }
    contribution = Contribution.everything.get(id=share.contribution_id)
    if contribution.parent_id is None:
        choices["kind"] = Kind(contribution.kind).name.lower()
        choices.update(_terms(share, viewer))
        choices["wishes"] = [wish.name.lower() for wish in wishes_on(share.line_id)]
        return drafting.NEW, choices
    answered: Share | None = Share.visible.to(viewer).filter(contribution_id=contribution.parent_id).first()
    if answered is None:
        return "", choices
    if answered.audience_id == share.audience_id:
        choices["audience"] = "same"
    line = Line.everything.values_list("public_id", flat=True).get(id=answered.line_id)
    if contribution.kind == Kind.RESTATEMENT:
        return drafting.restating_place(line), choices
    made = Anchor.objects.filter(contribution_id=contribution.id).first()
    place = Place.objects.filter(anchor=made, revision_id=answered.revision_id).first() if made else None
    if made is None or place is None or place.start is None or place.end is None:
        return drafting.reply_place(line), choices
    shown = markdown.plain(Revision.everything.get(id=answered.revision_id).html)
    words = shown[place.start : place.end]
    occurrence = shown[: place.start].count(words)
    choices.update(words=words, n=str(occurrence), quote="1" if made.quote else "")
    return drafting.reply_place(line, words, occurrence), choices


def _terms(share: Share, viewer: Viewer) -> dict[str, object]:
    terms = QuestionTerms.objects.filter(revision_id=share.revision_id).first()
    if terms is None:
        return {}
    hosting = Host.objects.filter(line_id=share.line_id).values("person_id")
    hosts = Person.visible.to(viewer).filter(id__in=hosting).exclude(id=viewer.person_id)
    return {
        "level": str(terms.level),
        "scope": terms.scope,
        "answer_by": str(terms.answer_by or ""),
        "hosts": list(hosts.values_list("public_id", flat=True)),
    }
