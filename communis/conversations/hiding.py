"""Words that are hidden: a reason stands in their place under the name of who hid them, and they are kept (D20).

The line stays, with its readers and its address. What it shows is another revision, as after an edit; so whatever is
made of the words (lists, search, feeds, mails, quotes) follows as it does then.
"""

from typing import NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext as _

from communis.conversations import sharing
from communis.conversations.anchoring import move_anchors
from communis.conversations.gate import Seen
from communis.conversations.lines import line_seen, lines_seen
from communis.conversations.models import Contribution, Line, Revision, Share
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.terms import carry_terms_over_without_words
from communis.conversations.words import write
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.guarding import Refers
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline, Unseen, byline_with, hidden_by
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import names_of

LONGEST_REASON = 500
_MOST_LISTED = 100


class Hiding(models.Model):
    """That the words of a contribution were hidden, by whom, and until when."""

    public_id = models.CharField(max_length=32, unique=True)
    contribution = Refers(Contribution)
    # What stands in their place: the reason.
    revision = Refers(Revision)
    by = Refers(Person)
    hidden_at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], name="hidden_once", condition=models.Q(ended_at=None)
            ),
        ]


class HiddenLine(models.Model):
    """What a line showed before, and under which byline."""

    hiding = Refers(Hiding)
    line = Refers(Line)
    revision = Refers(Revision)
    byline = Refers(Byline)

    visible = Unseen()
    everything = models.Manager()

    class Meta:
        default_manager_name = "visible"
        base_manager_name = "everything"


def is_hidden(seen: Seen) -> bool:
    """Whether a reason stands in the place of the words."""
    return seen.byline == Byline.Kind.HIDDEN


def may_hide(seen: Seen, *, by: Person) -> bool:
    """Stewards, where all employees or everyone can read. In what is said to fewer, whoever it hurts reports it."""
    return by.steward and seen.rung >= Rung.ORGANISATION and not seen.own and not is_hidden(seen)


def hide(line: str, reason: str, *, by: Person, key: str = "") -> str:
    """Hide what the line says, wherever it is said; returns the public id. Raises NotThere, and Refused."""

    def act() -> str:
        seen = line_seen(line, viewer_for(by.id)).share
        if not may_hide(seen, by=by):
            raise NotThere
        return hide_contribution(seen.contribution, reason, by=by)

    return once(by.id, key, act)


@transaction.atomic
def hide_contribution(number: int, reason: str, *, by: Person) -> str:
    """Hide a contribution on all its lines; the caller answers for who may. Returns the hiding's public id.

    Raises Refused without a reason, and when it is hidden or gone already.
    """
    said = reason.replace("\x00", "").strip()
    if not said:
        raise Refused(_("Say why. Those who read here are told, and so is the one who wrote."), "reason")
    if len(said) > LONGEST_REASON:
        raise Refused(_("At most 500 characters."), "reason")
    live = Share.everything.filter(contribution_id=number, ended_at=None).select_for_update()
    shares = list(live.order_by("rung", "line_id"))
    if not shares or Hiding.everything.filter(contribution_id=number, ended_at=None).exists():
        raise Refused(_("These words are hidden already, or gone."), "reason")
    contribution = Contribution.everything.get(id=number)
    after = write(contribution, said)
    made = Hiding.everything.create(
        public_id=public_id(), contribution=contribution, revision=after, by=by, hidden_at=now()
    )
    HiddenLine.everything.bulk_create(
        HiddenLine(
            hiding=made, line_id=share.line_id, revision_id=share.revision_id, byline_id=share.byline_id
        )
        for share in shares
    )
    for before in Revision.everything.filter(id__in={share.revision_id for share in shares}):
        move_anchors(before, after)
        carry_terms_over_without_words(before, after)
    byline = hidden_by(by)
    for share in shares:
        sharing.follow(share, after, byline=byline)
    _record("hid words", made, shares, by=by)
    return made.public_id


@transaction.atomic
def show_again(hiding: str, *, by: Person) -> None:
    """Show the words as they stood; done twice, it is done once. Raises NotThere for whoever may not."""
    rows = Hiding.everything.filter(public_id=hiding).select_for_update()
    found = rows.first()
    if found is None or not _may_end(found, by=by):
        raise NotThere
    if found.ended_at is not None:
        return
    rows.update(ended_at=now())
    kept = {one.line_id: one for one in HiddenLine.everything.filter(hiding=found)}
    live = Share.everything.filter(line_id__in=kept, revision_id=found.revision_id, ended_at=None)
    shares = list(live.order_by("rung", "line_id"))
    for share in shares:
        before = kept[share.line_id]
        revision = Revision.everything.get(id=before.revision_id)
        sharing.follow(share, revision, byline=byline_with(before.byline_id))
    if shares:
        _record("showed hidden words", found, shares, by=by)


def _record(verb: str, hiding: Hiding, shares: list[Share], *, by: Person) -> None:
    first = shares[0]
    record(verb, by=by.id, hiding=hiding.id, line=first.line_id, conversation=first.conversation_id)


def _may_end(hiding: Hiding, *, by: Person) -> bool:
    """Whoever hid them; and any steward where all employees or everyone can read."""
    if hiding.by_id == by.id:
        return True
    wide = Share.everything.filter(
        contribution_id=hiding.contribution_id, ended_at=None, rung__gte=Rung.ORGANISATION
    )
    return by.steward and wide.exists()


class Kept(NamedTuple):
    """Hidden words as one who may end it sees them: never the words where she could not read them herself."""

    public_id: str
    reason: str
    by: str
    hidden_at: int
    # Where the reason stands, and what stood there; empty where she does not read there.
    line: str
    words: str


def hidden_words(viewer: Viewer, *, by: Person) -> list[Kept]:
    """What the person has hidden, and for a steward all that is hidden where everyone here reads; newest first."""
    rows = Hiding.everything.filter(ended_at=None)
    mine = models.Q(by=by)
    if by.steward:
        wide = Share.everything.filter(ended_at=None, rung__gte=Rung.ORGANISATION)
        mine |= models.Q(revision_id__in=wide.values("revision_id"))
    found = list(rows.filter(mine).order_by("-id")[:_MOST_LISTED])
    names = names_of(one.by_id for one in found)
    reasons = Revision.everything.in_bulk([one.revision_id for one in found])
    stood = _what_stood(found, viewer)
    return [
        Kept(
            one.public_id,
            reasons[one.revision_id].html,
            names[one.by_id][1],
            one.hidden_at,
            *stood.get(one.id, ("", "")),
        )
        for one in found
    ]


def _what_stood(found: list[Hiding], viewer: Viewer) -> dict[int, tuple[str, str]]:
    """``{hiding: (the line on which the viewer reads the reason, what it showed before)}``."""
    kept = list(HiddenLine.everything.filter(hiding_id__in=[one.id for one in found]))
    seen = lines_seen([one.line_id for one in kept], viewer)
    words = Revision.everything.in_bulk({one.revision_id for one in kept if one.line_id in seen})
    return {
        one.hiding_id: (seen[one.line_id].share.line, words[one.revision_id].html)
        for one in kept
        if one.line_id in seen
    }


def own_hidden_words(seen: Seen, *, by: Person) -> str:
    """What its author's own line said before it was hidden, as safe HTML; empty for what is another's."""
    if not seen.own or not is_hidden(seen):
        return ""
    kept = HiddenLine.everything.filter(line_id=seen.line_number).order_by("id").last()
    return Revision.everything.get(id=kept.revision_id).html if kept is not None else ""


def refuse_if_hidden(share: Share) -> None:
    """What stands on the line are not its author's words now. Raises Refused."""
    if byline_with(share.byline_id).kind == Byline.Kind.HIDDEN:
        raise Refused(_("These words are hidden. You can take them back, or write to the one who hid them."))
