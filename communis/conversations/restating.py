"""Plain restatements: the question or idea in simpler words, adopted by who looks after it (R102)."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from communis.conversations import activity, rules
from communis.conversations.gate import Seen, places_for, seen_contributions
from communis.conversations.kinds import RESTATED, Kind
from communis.conversations.lines import lines_seen, share_to_act_on
from communis.conversations.looking_after import looks_after
from communis.conversations.models import Adoption, Contribution, Share
from communis.conversations.refusals import NotThere, Refused
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for
from communis.people.models import Person


@transaction.atomic
def adopt(line: str, *, by: Person) -> None:
    """Let this restatement stand as the headline, with its author's name, in place of an earlier one.

    Raises NotThere when ``by`` cannot see it or what it restates, and Refused when ``by`` does not look after that.
    """
    share = _restatement(line, by)
    Adoption.objects.update_or_create(line_id=share.line_id, defaults={"adopted_at": now()})
    activity.touch(share.conversation_id, share.audience)
    record("adopted", by=by.id, line=share.line_id, conversation=share.conversation_id)


@transaction.atomic
def stand_alone_again(line: str, *, by: Person) -> None:
    """Let the question or idea on this line be its own headline again.

    Every restatement that ``by`` can see ends, so that no earlier one comes back. Raises as ``adopt`` does.
    """
    viewer = viewer_for(by.id)
    share, kind = share_to_act_on(line, viewer)
    if kind not in RESTATED or not looks_after(share.conversation_id, by):
        raise Refused(_("Only the host chooses which words stand as the headline. Ask the host."))
    visible = Share.visible.to(viewer).filter(contribution_id__in=_restatements([share.contribution_id]))
    lines = list(visible.values_list("line_id", flat=True))
    if Adoption.objects.filter(line_id__in=lines).delete()[0]:
        for one in visible:
            activity.touch(one.conversation_id, one.audience)
        record("adopted no longer", by=by.id, line=share.line_id, conversation=share.conversation_id)


def headlines(openings: Sequence[Seen], viewer: Viewer) -> dict[int, Seen]:
    """``{contribution: the restatement above it}`` for openings the caller has from the gate.

    The one adopted last among those the viewer may see: what was adopted beyond her sight takes nothing away.
    """
    restated = [seen.contribution for seen in openings if seen.kind in RESTATED]
    if not restated:
        return {}
    with connection.cursor() as cursor:
        # Plain, because every look at a conversation asks.
        cursor.execute(
            "SELECT adoption.line_id, adoption.adopted_at FROM communis_contribution restatement"  # noqa: S608  places
            " JOIN communis_line line ON line.contribution_id = restatement.id"
            " JOIN communis_adoption adoption ON adoption.line_id = line.id"
            f" WHERE restatement.parent_id IN ({places_for(restated)}) AND restatement.kind = %s",
            [*restated, int(Kind.RESTATEMENT)],
        )
        adopted = dict(cursor.fetchall())
    found: dict[int, Seen] = {}
    if adopted:
        seen = lines_seen(list(adopted), viewer)
        for number in sorted(seen, key=lambda line: (adopted[line], line)):
            one = seen[number].share
            if one.parent is not None:
                found[one.parent] = one
    return found


def stands(line_id: int) -> bool:
    """Whether this restatement was adopted and not left out since."""
    return Adoption.objects.filter(line_id=line_id).exists()


def restated_by(seen: Seen, viewer: Viewer) -> str:
    """The address of the line that a restatement restates; empty when the viewer does not see it."""
    restated = seen_contributions([seen.parent or 0], viewer) if seen.kind == Kind.RESTATEMENT else []
    return restated[0].line if restated else ""


def may_adopt(seen: Seen, *, by: Person) -> bool:
    """Whether the person may adopt what is seen here."""
    return rules.may_adopt(Kind(seen.kind), looks_after=looks_after(seen.conversation, by))


def _restatement(line: str, by: Person) -> Share:
    viewer = viewer_for(by.id)
    share, kind = share_to_act_on(line, viewer)
    if not rules.may_adopt(kind, looks_after=looks_after(share.conversation_id, by)):
        raise Refused(_("Only the host chooses which words stand as the headline. Ask the host."))
    parent = Contribution.everything.values_list("parent_id", flat=True).get(id=share.contribution_id)
    if not Share.visible.to(viewer).filter(contribution_id=parent).exists():
        raise NotThere
    return share


def _restatements(contributions: Sequence[int]) -> QuerySet[Contribution]:
    return Contribution.everything.filter(parent_id__in=contributions, kind=Kind.RESTATEMENT).only("id")
