"""Where someone writes without a name, others are asked not to tell who it is, and can say when words do.

What is offered follows from what the viewer sees in the conversation, and never from who the hidden author is: the
same is asked of whoever guesses right, of whoever guesses wrong, and of the hidden author.
"""

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from communis.conversations.gate import Seen, seen_in
from communis.conversations.lines import share_to_act_on
from communis.conversations.models import OutingFlag
from communis.conversations.refusals import Refused
from communis.conversations.revising import own_among
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline
from communis.people.holdings import viewer_for
from communis.people.models import Person


def someone_is_hidden(conversation: int, viewer: Viewer) -> bool:
    """Whether the viewer sees words in the conversation that someone here wrote without a name."""
    return bool(_hidden(conversation, viewer))


def may_flag(seen: Seen, viewer: Viewer) -> bool:
    """Whether the viewer can say of these words that they tell who someone is."""
    return viewer.signed_in and not seen.own and someone_is_hidden(seen.conversation, viewer)


@transaction.atomic
def flag_outing(line: str, *, by: Person) -> None:
    """Say that the words on the line tell who a hidden author is. Raises NotThere, and Refused.

    The author of the words and who looks after the conversation are told, once, and never by whom: the row holds no
    person, and the journal no actor. Told are those alone who see what the flagger saw without a name: that something
    narrow is there is nobody else's to know.
    """
    viewer = viewer_for(by.id)
    share, _kind = share_to_act_on(line, viewer)
    if own_among([share], by):
        raise Refused(_("These are your own words. Change them or take them back."))
    hidden = _hidden(share.conversation_id, viewer)
    if not hidden:
        raise Refused(_("Nobody writes without a name here."))
    flagger = _flagger(share.line_id, by.id)
    _flag, new = OutingFlag.objects.get_or_create(line_id=share.line_id, flagger=flagger)
    if new:
        about = {"line": share.line_id, "conversation": share.conversation_id}
        record("flagged as outing", by=None, hidden=hidden, **about)


def has_flagged(seen: Seen, *, by: Person) -> bool:
    """Whether the person has said so; for that person alone."""
    return OutingFlag.objects.filter(
        line_id=seen.line_number, flagger=_flagger(seen.line_number, by.id)
    ).exists()


def _hidden(conversation: int, viewer: Viewer) -> list[int]:
    seen = seen_in([conversation], viewer)
    return sorted(one.contribution for one in seen if one.byline >= Byline.Kind.PSEUDONYM)


def _flagger(line_id: int, person_id: int) -> str:
    return salted_hmac("communis.outing", f"{line_id}:{person_id}", algorithm="sha256").hexdigest()
