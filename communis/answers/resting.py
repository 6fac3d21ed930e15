"""Letting one's own idea rest, and waking it: no verdict, no mark, and nothing ends (R53, R85)."""

from django.utils.translation import gettext as _

from communis.answers import rules
from communis.answers.asking import OPEN, take_ask_back
from communis.answers.models import Ask, Rest
from communis.answers.waking import draw_anew, end_rest
from communis.conversations.gate import Seen
from communis.conversations.lines import line_seen, lines_open, lines_said
from communis.conversations.refusals import Refused
from communis.journal.idempotency import once
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for
from communis.people.models import Person


def let_rest(line: str, *, by: Person, key: str = "") -> None:
    """Let the words rest wherever their author sees them open; her asks that wait are taken back.

    Raises NotThere; Refused for all but whoever wrote them.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        seen = _own(line, viewer)
        lines = _own_lines(seen, viewer)
        for ask in Ask.everything.filter(line_id__in=lines, asker=by, state__in=OPEN).order_by("id"):
            take_ask_back(ask.public_id, by=by)
        for number in sorted(lines):
            Rest.everything.get_or_create(line_id=number)
        draw_anew(lines, seen.conversation)
        record("let rest", by=by.id, line=seen.line_number, conversation=seen.conversation)
        return line

    once(by.id, key, act)


def wake(line: str, *, by: Person, key: str = "") -> None:
    """They rest no longer. Raises as ``let_rest`` does."""

    def act() -> str:
        viewer = viewer_for(by.id)
        seen = _own(line, viewer)
        if end_rest(_own_lines(seen, viewer), seen.conversation):
            record("woke", by=by.id, line=seen.line_number, conversation=seen.conversation)
        return line

    once(by.id, key, act)


def _own(line: str, viewer: Viewer) -> Seen:
    seen = line_seen(line, viewer).share
    if not rules.may_let_rest(seen):
        raise Refused(_("Only whoever wrote it can let it rest. An answer has its reason."))
    return seen


def _own_lines(seen: Seen, viewer: Viewer) -> dict[int, int]:
    """``{line: its audience}`` of all lines on which its author sees it open."""
    standing = lines_open(lines_said(seen.contribution), viewer)
    return {line: one.audience for line, one in standing.items()}
