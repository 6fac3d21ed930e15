"""*I want to help* with what got a yes: a list of names, for those in the organisation who read the idea (R60)."""

from django.db import transaction
from django.utils.translation import gettext as _

from communis.answers import rules
from communis.answers.became import became_of
from communis.answers.models import Helper
from communis.conversations import activity
from communis.conversations.gate import Seen
from communis.conversations.lines import line_seen, lines_open, lines_said, share_to_act_on
from communis.conversations.refusals import Refused
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import names_of


@transaction.atomic
def offer_help(line: str, *, by: Person) -> None:
    """Stand among those who want to help. Raises NotThere; Refused where no yes stands. Done twice, it is done once."""
    viewer = viewer_for(by.id)
    share, _kind = share_to_act_on(line, viewer)
    seen = line_seen(line, viewer).share
    if not rules.may_help(became_of([seen], viewer)[seen.contribution].verdict, viewer):
        raise Refused(_("One can help with what was said yes to. Answer it instead."))
    if Helper.everything.filter(line_id__in=lines_said(seen.contribution), person=by).exists():
        return
    Helper.everything.create(line_id=share.line_id, person=by)
    activity.touch(share.conversation_id, share.audience)
    record("offered help", by=by.id, line=share.line_id, conversation=share.conversation_id)


@transaction.atomic
def take_help_back(line: str, *, by: Person) -> None:
    """Take oneself off the list. Raises NotThere; done twice, it is done once."""
    viewer = viewer_for(by.id)
    share, _kind = share_to_act_on(line, viewer)
    lines = lines_said(share.contribution_id)
    if Helper.everything.filter(line_id__in=lines, person=by).delete()[0]:
        activity.touch(share.conversation_id, share.audience)
        record("took help back", by=by.id, line=share.line_id, conversation=share.conversation_id)


def sees_helpers(line: int, viewer: Viewer) -> bool:
    """Whether the viewer reads the words on the line, and a yes to them: then the names stand there."""
    standing = lines_open([line], viewer).get(line)
    if standing is None:
        return False
    seen = standing.seen.share
    return rules.may_help(became_of([seen], viewer)[seen.contribution].verdict, viewer)


def helpers_of(seen: Seen, viewer: Viewer) -> list[tuple[str, str]]:
    """``(public id, name)`` of those who want to help with what is seen here, in the order they said so."""
    rows = Helper.visible.to(viewer).filter(line_id__in=lines_said(seen.contribution))
    persons = list(rows.order_by("since", "id").values_list("person_id", flat=True))
    names = names_of(persons)
    return [names[person] for person in persons]
