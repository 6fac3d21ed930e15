"""Under which name one's words stand: hidden when they are said, changed later both ways, by the author alone."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from communis.conversations import activity, rules
from communis.conversations.hiding import refuse_if_hidden
from communis.conversations.kinds import Kind
from communis.conversations.models import Contribution, Line, Share
from communis.conversations.pseudonyms import pseudonym_in
from communis.conversations.refusals import NotThere, Refused
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.audiences import Audience
from communis.openness.bylines import Byline, bylines_with, in_role, is_author, named, role_title, unnamed
from communis.people.holdings import viewer_for
from communis.people.models import Person, Role

HIDDEN = (Byline.Kind.PSEUDONYM, Byline.Kind.UNNAMED)


class OwnLine(NamedTuple):
    """A line of one's own contribution: its public id, whom it is shown to and under what kind of byline."""

    line: str
    audience: int
    byline: Byline.Kind
    # The title, where it is shown in a role.
    role: str
    # Whether it can be shown there without one's name.
    may_hide: bool


def hidden_byline(
    contribution: Contribution, audience: Audience, viewer: Viewer, kind: Byline.Kind, *, by: Person
) -> Byline:
    """The pseudonym or the byline without a name, for words of the person's. Raises Refused."""
    if kind not in HIDDEN or not rules.may_hide_in(Kind(contribution.kind), audience, by.principal_id):
        raise Refused(_why_not(Kind(contribution.kind)), "byline")
    if kind == Byline.Kind.UNNAMED:
        return unnamed()
    return pseudonym_in(contribution.conversation_id, viewer, by=by)


def hidden_as(line: int, rung: int) -> Byline.Kind | None:
    """How more is said on a rung by whoever wrote the words on the line, where it shows that it is the same person.

    As those words stand for those who read there; None where they stand with a name. Where they stand otherwise for
    some of them, without any name: a pseudonym would lead from the name to all else that is said under it. Raises
    NotThere when nothing of them is shown there any more.
    """
    said = Line.everything.values_list("contribution_id", flat=True).get(id=line)
    live = Share.everything.filter(contribution_id=said, ended_at=None, rung__lte=rung)
    kinds = {one.kind for one in bylines_with(live.values_list("byline_id", flat=True)).values()}
    if not kinds:
        raise NotThere
    if not kinds & set(HIDDEN):
        return None
    return Byline.Kind(kinds.pop()) if len(kinds) == 1 else Byline.Kind.UNNAMED


def own_lines(line: str, *, by: Person) -> list[OwnLine]:
    """All lines of one's own contribution, the narrowest first. Raises NotThere for what is another's."""
    contribution, shares = own_shares(line, by=by)
    addresses = Line.everything.in_bulk([share.line_id for share in shares])
    bylines = bylines_with(share.byline_id for share in shares)
    kind = Kind(contribution.kind)
    return [
        OwnLine(
            addresses[share.line_id].public_id,
            share.audience_id,
            Byline.Kind(bylines[share.byline_id].kind),
            role_title(bylines[share.byline_id]),
            rules.may_hide_in(kind, share.audience, by.principal_id),
        )
        for share in shares
    ]


@transaction.atomic
def show_as(line: str, kind: Byline.Kind, *, by: Person, role: Role | None = None) -> None:
    """Show one's own words on this line under another byline, from the next look on.

    A wider audience is never told more than a narrower one (gate rule 12): a name taken away goes from all that are
    wider, a name shown is shown to all that are narrower. Raises NotThere for another's line; Refused where one is
    among the readers only by name, or for a role one does not hold.
    """
    contribution, shares = own_shares(line, by=by, lock=True)
    target = Line.everything.get(public_id=line).id
    place = next((number for number, share in enumerate(shares) if share.line_id == target), None)
    if place is None:
        raise NotThere
    kinds = {number: one.kind for number, one in bylines_with(share.byline_id for share in shares).items()}
    if kind in HIDDEN:
        beside = [share for share in shares[place + 1 :] if kinds[share.byline_id] < kind]
    else:
        beside = [share for share in shares[:place] if kinds[share.byline_id] > kind]
    changing = [shares[place], *beside]
    for share in changing:
        refuse_if_hidden(share)
    byline = _byline(contribution, changing, kind, by, role)
    Share.everything.filter(id__in=[share.id for share in changing]).update(byline=byline)
    for share in changing:
        activity.touch(share.conversation_id, share.audience)
    record("changed byline", by=by.id, line=target, conversation=shares[place].conversation_id)


def _byline(
    contribution: Contribution, changing: Sequence[Share], kind: Byline.Kind, by: Person, role: Role | None
) -> Byline:
    if kind in HIDDEN:
        viewer = viewer_for(by.id)
        for share in changing[1:]:
            hidden_byline(contribution, share.audience, viewer, Byline.Kind.UNNAMED, by=by)
        return hidden_byline(contribution, changing[0].audience, viewer, kind, by=by)
    if kind == Byline.Kind.NAMED:
        return named(by)
    if kind != Byline.Kind.ROLE or role is None or not rules.may_speak_as(by, role, now()):
        raise Refused(_("You do not hold that role now. Choose your own name, or a role you hold."), "byline")
    return in_role(by, role)


def own_shares(line: str, *, by: Person, lock: bool = False) -> tuple[Contribution, list[Share]]:
    """One's own contribution and its live shares, the narrowest first. Raises NotThere for what is another's."""
    said = Line.everything.filter(public_id=line).values_list("contribution_id", flat=True).first()
    contribution = Contribution.everything.filter(id=said or 0).first()
    if contribution is None or not is_author(contribution.authorship_id, by.id):
        raise NotThere
    live = Share.everything.filter(contribution=contribution, ended_at=None).order_by("rung", "line_id")
    shares = list(live.select_for_update() if lock else live)
    if not shares:
        raise NotThere
    return contribution, shares


def _why_not(kind: Kind) -> str:
    if kind == Kind.QUESTION:
        return _("A question says who asks it. Choose your name or a role.")
    return _(
        "Your name can be left out only where you are one of those who read anyway: in a circle you are in, for"
        " all employees or for everyone. Choose one of these, or show your name."
    )
