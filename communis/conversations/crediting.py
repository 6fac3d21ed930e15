"""Who took part, as each of them chose to be mentioned: nobody is unless she says so (R29, R31, R34).

A credit is given on a line of one's own, so that inside and outside can differ: whoever sees the line sees that its
author took part, and not which words were hers. Names stand in the order of the alphabet; an order of time would
tell who wrote without a name. Those without a name are not counted: whoever is mentioned here with a name and there
without one would be missing in the number.
"""

from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from communis.conversations import activity, rules
from communis.conversations.models import Credit, Line, Share
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.unnaming import own_shares
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline
from communis.openness.open_to import open_to
from communis.people.models import Person, Role
from communis.people.naming import names_of


class Credited(NamedTuple):
    """Those who took part and are mentioned: names, some with a role, and whether someone is without a name."""

    names: list[str]
    unnamed: bool


@transaction.atomic
def take_credit(line: str, form: Byline.Kind | None, *, by: Person, role: Role | None = None) -> None:
    """Be mentioned by name, in a role or as *an employee*; ``None`` takes it back. Raises NotThere, Refused."""
    number = Line.everything.filter(public_id=line).values_list("id", flat=True).first()
    share = next((one for one in own_shares(line, by=by)[1] if one.line_id == number), None)
    if share is None:
        raise NotThere
    if form is None:
        Credit.everything.filter(line_id=share.line_id).delete()
    else:
        if form == Byline.Kind.ROLE and (role is None or not rules.may_speak_as(by, role, now())):
            raise Refused(
                _("You do not hold that role now. Choose your own name, or a role you hold."), "form"
            )
        chosen = {"person": by, "form": form, "role": role if form == Byline.Kind.ROLE else None}
        Credit.everything.update_or_create(line_id=share.line_id, defaults=chosen)
    activity.touch(share.conversation_id, share.audience)
    record("changed credit", by=by.id, line=share.line_id, conversation=share.conversation_id)


def own_credit(line: str, *, by: Person) -> tuple[Byline.Kind, str] | None:
    """``(form, role's title)`` of one's credit on a line of one's own; None without one."""
    on_line = Line.everything.filter(public_id=line).values("id")
    credit = Credit.everything.filter(line_id__in=on_line, person=by).select_related("role").first()
    if credit is None:
        return None
    return Byline.Kind(credit.form), credit.role.title if credit.role else ""


def credited_in(conversation: int, viewer: Viewer) -> Credited | None:
    """Those mentioned at what the viewer sees of the conversation; None when nobody is."""
    with connection.cursor() as cursor:
        # Plain, because every look at a conversation asks, and few conversations have any.
        cursor.execute(
            "SELECT credit.id FROM communis_contribution said JOIN communis_line line ON line.contribution_id = said.id"
            " JOIN communis_credit credit ON credit.line_id = line.id WHERE said.conversation_id = %s",
            [conversation],
        )
        here = [number for (number,) in cursor]
    if not here:
        return None
    credits = list(Credit.everything.filter(id__in=here).select_related("role"))
    # Not folded: what stands beside a wider line is hers to see, though she sees the words on a narrower one.
    live = Share.everything.filter(open_to(viewer), ended_at=None)
    numbers = [credit.line_id for credit in credits]
    seen = dict(live.filter(line_id__in=numbers).values_list("line_id", "contribution_id"))
    # Of one contribution, and of whoever is mentioned by name at several: the form that says most.
    said: dict[int, Credit] = {}
    for credit in sorted(credits, key=lambda one: (one.form, one.line_id)):
        if credit.line_id in seen:
            said.setdefault(seen[credit.line_id], credit)
    shown: dict[int, Credit] = {}
    for credit in said.values():
        if credit.form != Byline.Kind.UNNAMED:
            shown.setdefault(credit.person_id, credit)
    if not said:
        return None
    unnamed = any(credit.form == Byline.Kind.UNNAMED for credit in said.values())
    names = names_of(shown)
    named = [
        f"{names[person][1]}, {credit.role.title}" if credit.role else names[person][1]
        for person, credit in shown.items()
    ]
    return Credited(sorted(named), unnamed)
