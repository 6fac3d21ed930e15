"""Reactions: a sign that one read and thought, with one's name on it (R77).

Each is on a line and is seen by whoever sees that line's share. They are never counted, and nothing is sorted by
them. Nobody is told: they stand under the words when one comes back.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from communis.conversations import activity, rules
from communis.conversations.gate import Seen, places_for
from communis.conversations.kinds import Sign
from communis.conversations.lines import share_to_act_on
from communis.conversations.models import Reaction
from communis.conversations.refusals import Refused
from communis.conversations.revising import own_among
from communis.journal.moments import now
from communis.journal.record import record
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import names_of


class Given(NamedTuple):
    """One sign and those who gave it, in the order given: ``(public id, name)`` of each."""

    sign: Sign
    persons: list[tuple[str, str]]


@transaction.atomic
def react(line: str, sign: Sign, *, by: Person) -> None:
    """Give the line a sign, in place of an earlier one. Raises NotThere, and Refused for one's own words."""
    viewer = viewer_for(by.id)
    share, kind = share_to_act_on(line, viewer)
    if not rules.may_react_to(kind, viewer, own=bool(own_among([share], by))):
        raise Refused(_("A sign is for the words of others."))
    if Reaction.objects.filter(line_id=share.line_id, person=by, sign=sign).exists():
        return
    Reaction.objects.update_or_create(
        line_id=share.line_id, person=by, defaults={"sign": sign, "given_at": now()}
    )
    activity.touch(share.conversation_id, share.audience)
    record("reacted", by=by.id, line=share.line_id, conversation=share.conversation_id)


@transaction.atomic
def take_sign_back(line: str, *, by: Person) -> None:
    """Take one's sign away again. Raises NotThere; done twice, it is done once."""
    share, _kind = share_to_act_on(line, viewer_for(by.id))
    if Reaction.objects.filter(line_id=share.line_id, person=by).delete()[0]:
        activity.touch(share.conversation_id, share.audience)
        record("took a sign back", by=by.id, line=share.line_id, conversation=share.conversation_id)


def sign_of(seen: Seen, *, by: Person) -> Sign | None:
    """The sign the person has given what is seen here."""
    given = (
        Reaction.objects.filter(line_id=seen.line_number, person=by).values_list("sign", flat=True).first()
    )
    return Sign(given) if given is not None else None


def signs_on(shown: Sequence[Seen]) -> dict[int, list[Given]]:
    """``{line's number: the signs on it}`` for what the caller has from the gate.

    Signs stand in the order their first was given, and the names in each in the order given.
    """
    numbers = [seen.line_number for seen in shown]
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        # Plain for the reason given in anchoring.anchored.
        cursor.execute(
            "SELECT line_id, person_id, sign FROM communis_reaction"
            f" WHERE line_id IN ({places_for(numbers)}) ORDER BY given_at, id",
            numbers,
        )
        rows = cursor.fetchall()
    names = names_of({person for _line, person, _sign in rows}) if rows else {}
    found: dict[int, dict[int, list[tuple[str, str]]]] = {}
    for line, person, sign in rows:
        found.setdefault(line, {}).setdefault(sign, []).append(names[person])
    return {line: [Given(Sign(sign), who) for sign, who in signs.items()] for line, signs in found.items()}
