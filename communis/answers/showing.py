"""What stands at the top of a conversation: the answer, or by when one is promised."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.timezone import localtime

from communis.answers.models import Answer, Ask, Step
from communis.answers.promises import today
from communis.answers.verdicts import ReasonKind, Verdict
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.kinds import Kind
from communis.conversations.lines import contributions_on, lines_said
from communis.journal.moments import as_datetime
from communis.looking.viewers import Viewer
from communis.people.naming import names_of


class Ruling(NamedTuple):
    """What a contribution that is an answer says beside its words. It goes wherever a share of it goes."""

    answer: str
    verdict: Verdict
    reason_kind: ReasonKind | None
    again: datetime.date | None
    # Who gave it, for the program: whose it is to replace.
    given_by: int


class Pending(NamedTuple):
    """An answer that only its giver and the author of the idea can read yet."""

    answer: Answer
    # Whether the one who looks gave it.
    given_by_viewer: bool
    name: str


class OnTheWay(NamedTuple):
    """An answer is promised: who gives it, by when, and whether the day has passed."""

    ask: Ask
    name: str
    late: bool
    trail: list[Step]


def rulings_of(seen: list[Seen]) -> dict[int, Ruling]:
    """``{contribution: ruling}`` of those that are answers; the caller has them from the gate."""
    numbers = [one.contribution for one in seen if one.kind == Kind.ANSWER]
    if not numbers:
        return {}
    rows = Answer.everything.filter(contribution_id__in=numbers)
    return {
        one.contribution_id: Ruling(
            one.public_id,
            Verdict(one.verdict),
            ReasonKind(one.reason_kind) if one.reason_kind else None,
            one.again,
            one.person_id,
        )
        for one in rows
        if one.contribution_id is not None
    }


def replaces_earlier(seen: Seen, viewer: Viewer) -> bool:
    """Whether the answer, which the caller has from the gate, stands in place of one that the viewer reads too."""
    newer = Answer.everything.filter(contribution_id=seen.contribution).values("supersedes")
    earlier = Answer.everything.filter(id__in=newer, contribution_id__isnull=False)
    return bool(seen_contributions(list(earlier.values_list("contribution_id", flat=True)), viewer))


def contribution_of(answer: str) -> int:
    """The contribution that an answer has become. The caller answers for who sees it. Raises LookupError before."""
    number = Answer.everything.filter(public_id=answer).values_list("contribution_id", flat=True).first()
    if number is None:
        raise LookupError(answer)
    return number


def asks_about(seen: Seen, viewer: Viewer) -> list[Ask]:
    """The asks on lines of this contribution that are open to the viewer, the oldest first."""
    lines = lines_said(seen.contribution)
    return list(Ask.visible.to(viewer).filter(line_id__in=lines).order_by("id"))


def asks_about_each(ideas: Sequence[Seen], viewer: Viewer) -> dict[int, list[Ask]]:
    """``{contribution: as asks_about gives them}``, asked for all of these at once."""
    on = contributions_on([one.contribution for one in ideas])
    found: dict[int, list[Ask]] = {one.contribution: [] for one in ideas}
    for ask in Ask.visible.to(viewer).filter(line_id__in=on).order_by("id"):
        found[on[ask.line_id]].append(ask)
    return found


def on_the_way(asks: list[Ask], viewer: Viewer) -> list[OnTheWay]:
    """Those that still wait, with the trail of each. The caller has them from ``asks_about``.

    To all but the two, what is answered goes on waiting until the answer opens: they learn nothing early (R18).
    """
    read_early = {one.answer.ask_id for one in pending(asks, viewer)}
    unopened = Answer.everything.filter(
        ask_id__in=[ask.id for ask in asks], opens_at__isnull=False, contribution_id__isnull=True
    )
    # Where an earlier answer stands, nothing waits for them: that it will be replaced they learn when it is.
    opened = Answer.everything.filter(ask_id__in=[ask.id for ask in asks], contribution_id__isnull=False)
    known = {*read_early, *opened.values_list("ask_id", flat=True)}
    given = {ask: _day(at) for ask, at in unopened.values_list("ask_id", "given_at") if ask not in known}
    waiting = [ask for ask in asks if ask.state == Ask.State.WAITING or ask.id in given]
    names = names_of(ask.person_id for ask in waiting)
    trails: dict[int, list[Step]] = {}
    for step in Step.objects.filter(ask_id__in=[ask.id for ask in waiting]).order_by("id"):
        trails.setdefault(step.ask_id, []).append(step)
    day = today()
    return [
        OnTheWay(ask, names[ask.person_id][1], ask.promised < given.get(ask.id, day), trails.get(ask.id, []))
        for ask in waiting
    ]


def _day(moment: int) -> datetime.date:
    return localtime(as_datetime(moment)).date()


def pending(asks: list[Ask], viewer: Viewer) -> list[Pending]:
    """Answers to these asks that the viewer reads before others do, or has given."""
    if viewer.person_id is None or not asks:
        return []
    rows = Answer.visible.to(viewer).filter(
        ask_id__in=[ask.id for ask in asks], opens_at__isnull=False, contribution_id=None
    )
    found = list(rows.order_by("id"))
    names = names_of(one.person_id for one in found)
    return [Pending(one, one.person_id == viewer.person_id, names[one.person_id][1]) for one in found]
