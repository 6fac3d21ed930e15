"""Wanting something said more simply: pressed without shame, and nobody sees who pressed (R100).

One press tells nobody anything. When two persons want it, those who look after the conversation are told that two
do, and never who. The row holds no person, and the journal no actor.
"""

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from communis.conversations import rules
from communis.conversations.gate import Seen
from communis.conversations.lines import share_to_act_on
from communis.conversations.looking_after import those_who_look_after
from communis.conversations.models import Share, SimplerWish
from communis.conversations.refusals import Refused
from communis.conversations.revising import own_among
from communis.journal.record import record
from communis.people.holdings import viewer_for
from communis.people.models import Person

ENOUGH = 2


@transaction.atomic
def wish_simpler(line: str, *, by: Person) -> None:
    """Want the line said more simply. Raises NotThere, and Refused for one's own words."""
    viewer = viewer_for(by.id)
    share, kind = share_to_act_on(line, viewer)
    if not rules.may_wish_simpler(kind, viewer, own=bool(own_among([share], by))):
        raise Refused(_("These are your own words. Say them anew if you like."))
    _row, new = SimplerWish.objects.get_or_create(line_id=share.line_id, wisher=_wisher(share.line_id, by.id))
    if new and _how_many(share.line_id, share.conversation_id) == ENOUGH:
        # Written when there are enough, so that a single press leaves no trace of when it was made.
        record("simpler words wanted", by=None, line=share.line_id, conversation=share.conversation_id)


@transaction.atomic
def wish_no_longer(line: str, *, by: Person) -> None:
    """Take the wish back. Raises NotThere; done twice, it is done once."""
    share, _kind = share_to_act_on(line, viewer_for(by.id))
    SimplerWish.objects.filter(line_id=share.line_id, wisher=_wisher(share.line_id, by.id)).delete()


def wishes_simpler(seen: Seen, *, by: Person) -> bool:
    """Whether the person wants it said more simply; for that person alone."""
    return SimplerWish.objects.filter(
        line_id=seen.line_number, wisher=_wisher(seen.line_number, by.id)
    ).exists()


def wanted_simpler(line_id: int) -> bool:
    """Whether two persons want it, besides those who look after the conversation."""
    share = Share.everything.filter(line_id=line_id, ended_at=None).first()
    return share is not None and _how_many(line_id, share.conversation_id) >= ENOUGH


def _how_many(line_id: int, conversation_id: int) -> int:
    # Whoever looks after it would know from the own press who the other one is.
    besides = [_wisher(line_id, person) for person in those_who_look_after(conversation_id)]
    return SimplerWish.objects.filter(line_id=line_id).exclude(wisher__in=besides).count()


def _wisher(line_id: int, person_id: int) -> str:
    return salted_hmac("communis.simpler", f"{line_id}:{person_id}", algorithm="sha256").hexdigest()
