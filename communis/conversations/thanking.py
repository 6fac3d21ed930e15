"""Thanking in private for what someone wrote: also for what has no name, and never for others to see (R59).

The words go to the author, whoever that is; the one who thanks is told nothing of it.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from communis.conversations import rules
from communis.conversations.gate import Seen
from communis.conversations.lines import line_seen, share_to_act_on
from communis.conversations.models import Line, Thanks
from communis.conversations.refusals import Refused
from communis.conversations.revising import own_among
from communis.journal.idempotency import once
from communis.journal.moments import now
from communis.journal.record import record
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import names_of

LONGEST = 500


class Thanked(NamedTuple):
    """One thank you: who gave it, the words, and when."""

    name: str
    text: str
    given_at: int


def thank(line: str, text: str, *, by: Person, key: str = "") -> None:
    """Send the author of the line a few words that only the two can read.

    Raises NotThere; Refused for own words, for what nobody here wrote, without words or with too many.
    """

    def act() -> str:
        viewer = viewer_for(by.id)
        share, kind = share_to_act_on(line, viewer)
        if not rules.may_thank(kind, viewer, own=bool(own_among([share], by))):
            raise Refused(_("A thank you is for the words of others."))
        if not has_author_here(line_seen(line, viewer).share):
            raise Refused(_("Nobody who signs in here wrote this, so nobody would read your thanks."))
        words = " ".join(text.split())
        if not words:
            raise Refused(_("Write a word or two."), "text")
        if len(words) > LONGEST:
            raise Refused(_("At most 500 characters. Write a letter if you have more to say."), "text")
        Thanks.everything.create(line_id=share.line_id, giver=by, text=words, given_at=now())
        record("thanked", by=by.id, line=share.line_id, conversation=share.conversation_id)
        return line

    once(by.id, key, act)


def has_author_here(seen: Seen) -> bool:
    """Whether a person here said it, named or not. What came from outside has one once that person's name stands there.

    It follows from what is shown: whether someone protected wrote it elsewhere is told to nobody.
    """
    return seen.outside_name is None or seen.person_name is not None


def thanks_at(seen: Seen, *, by: Person) -> list[Thanked]:
    """The thanks that this person may read here: all for one's own words, else those one gave."""
    rows = Thanks.everything.filter(
        line_id__in=Line.everything.filter(contribution_id=seen.contribution).values("id")
    )
    if not seen.own:
        rows = rows.filter(giver=by)
    found = list(rows.order_by("given_at", "id"))
    names = names_of({one.giver_id for one in found})
    return [Thanked(names[one.giver_id][1], one.text, one.given_at) for one in found]
