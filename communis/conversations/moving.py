"""Moving a branch to its own conversation, with a summary left in its old place (R104, gate rule 15).

``conversation`` changes, and what is copied of it; lines, audiences, bylines and addresses stay. What the mover
cannot see moves along, and the mover learns nothing of it. The root still answers what it answered: that its answer
stands elsewhere is what makes it the opening of its own conversation.
"""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from communis.conversations import activity, following, rules, sharing
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.kinds import Kind
from communis.conversations.lines import share_to_act_on
from communis.conversations.looking_after import looks_after
from communis.conversations.models import Contribution, Conversation, Moved, Share
from communis.conversations.pseudonyms import carry_pseudonyms
from communis.conversations.refusals import Refused
from communis.conversations.revising import own_among
from communis.conversations.words import write
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline, authorship_of, byline_with, named
from communis.people.holdings import viewer_for
from communis.people.models import Person

MOST_LINES = 2
LONGEST = 400


def move(line: str, summary: str, *, by: Person, key: str = "") -> str:
    """Give the branch that begins on this line a conversation of its own; returns that one's public id.

    ``summary``, two lines at most, stays where the branch was, for those who could read its root. Raises NotThere
    when ``by`` cannot see the line; Refused without a summary, or when it is not ``by``'s to move.
    """

    def act() -> str:
        share, kind = share_to_act_on(line, viewer_for(by.id))
        own = bool(own_among([share], by))
        after = looks_after(share.conversation_id, by)
        if not rules.may_move(kind, opening=share.opening, own=own, looks_after=after):
            raise Refused(_("A branch is moved by who began it, or by who looks after the conversation."))
        root = Contribution.everything.get(id=share.contribution_id)
        branch = _locked_branch(root)
        old = Conversation.everything.get(id=share.conversation_id)
        new = Conversation.everything.create(public_id=public_id())
        left_behind = _leave_behind(root, share, _two_lines(summary), old, _byline(share, own, by), by)
        Contribution.everything.filter(id__in=branch).update(conversation=new)
        Share.everything.filter(contribution_id__in=branch).update(conversation=new)
        Share.everything.filter(contribution=root).update(opening=True)
        activity.rebuild_all(old.id)
        activity.rebuild_all(new.id)
        following.carry_over(old, new)
        carry_pseudonyms(branch, new)
        record(
            "moved",
            by=by.id,
            line=share.line_id,
            summary=left_behind.line_id,
            conversation=new.id,
            before=old.id,
        )
        return new.public_id

    return once(by.id, key, act)


def may_move(seen: Seen, *, by: Person) -> bool:
    """Whether the person may move the branch that begins with what is seen here."""
    after = looks_after(seen.conversation, by)
    return rules.may_move(Kind(seen.kind), opening=seen.opening, own=seen.own, looks_after=after)


def gone_on(shown: Sequence[Seen], viewer: Viewer) -> dict[int, str]:
    """``{summary's contribution: public id of the conversation its branch became}``, where the viewer sees that one."""
    summaries = [seen.contribution for seen in shown if seen.kind == Kind.SUMMARY]
    if not summaries:
        return {}
    moved = dict(Moved.objects.filter(summary_id__in=summaries).values_list("summary_id", "root_id"))
    roots = Contribution.everything.filter(id__in=moved.values()).values_list("id", "conversation_id")
    stands_in = dict(roots)
    visible = Conversation.visible.to(viewer).filter(id__in=stands_in.values())
    public_ids = dict(visible.values_list("id", "public_id"))
    return {
        summary: public_ids[stands_in[root]]
        for summary, root in moved.items()
        if stands_in[root] in public_ids
    }


def came_from(opening: Seen, viewer: Viewer) -> tuple[str, Seen] | None:
    """``(conversation's public id, summary)`` of the place a branch moved from, where the viewer sees the summary."""
    if opening.parent is None:
        return None
    summary = Moved.objects.filter(root_id=opening.contribution).values_list("summary_id", flat=True).first()
    seen = seen_contributions([summary], viewer) if summary is not None else []
    if not seen:
        return None
    public_id_there = Conversation.everything.values_list("public_id", flat=True).get(id=seen[0].conversation)
    return public_id_there, seen[0]


def _two_lines(summary: str) -> str:
    rows = [row.strip() for row in summary.replace("\r\n", "\n").split("\n") if row.strip()]
    if not rows:
        raise Refused(
            _("Write a line or two about what was said, for those who come to the old place."), "summary"
        )
    if len(rows) > MOST_LINES or sum(map(len, rows)) > LONGEST:
        raise Refused(_("Two lines are enough, and at most 400 characters."), "summary")
    # A line break of Markdown.
    return "  \n".join(rows)


def _locked_branch(root: Contribution) -> list[int]:
    """The root and all that hangs on it there, hidden or not, locked so that nobody answers or edits meanwhile."""
    locked: list[int] = []
    while True:
        branch = _branch(root)
        if branch == locked:
            return branch
        # An answer that was on its way has been written when the lock is had: look again.
        live = Share.everything.filter(contribution_id__in=branch, ended_at=None).order_by("id")
        list(live.select_for_update().values_list("id", flat=True))
        locked = branch


def _branch(root: Contribution) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [root.id, root.conversation_id])
        return [number for (number,) in cursor.fetchall()]


_BELOW = """
WITH RECURSIVE branch(id) AS (
    SELECT CAST(%s AS BIGINT)
  UNION
    SELECT below.id FROM branch JOIN communis_contribution below ON below.parent_id = branch.id
    WHERE below.conversation_id = %s
)
SELECT id FROM branch ORDER BY id
"""


def _byline(share: Share, own: bool, by: Person) -> Byline:
    """The summary's: only who began the branch or looks after the conversation moves it, so a name would tell."""
    said = share if own else _opening_said_by(share.conversation_id, by)
    shown = byline_with(said.byline_id) if said is not None else None
    return shown if shown is not None and shown.kind >= Byline.Kind.PSEUDONYM else named(by)


def _opening_said_by(conversation: int, by: Person) -> Share | None:
    openings = Share.everything.filter(conversation_id=conversation, ended_at=None, opening=True)
    # The widest: who reads the summary may read no more of the opening than that.
    return next((one for one in openings.order_by("-rung", "-line_id") if own_among([one], by)), None)


def _leave_behind(
    root: Contribution, share: Share, words: str, old: Conversation, byline: Byline, by: Person
) -> Share:
    summary = Contribution.everything.create(
        conversation=old, parent_id=root.parent_id, kind=Kind.SUMMARY, authorship=authorship_of(by)
    )
    Moved.objects.create(root=root, summary=summary)
    return sharing.open_line(summary, write(summary, words), share.audience, byline, now())
