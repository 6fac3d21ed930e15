"""Mails about an opening, put together for the one who is asked: when it is proposed, and after each word she sends."""

from django.utils.translation import gettext as _

from communis.attention.models import Notice
from communis.channels.email.mail_ids import thread_id
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.opening_letters import (
    answers_now,
    opening_mail,
    short_opening_mail,
    what_became,
)
from communis.channels.email.opening_shown import OpeningShown, opening_shown
from communis.channels.email.queueing import queue
from communis.channels.email.reply_addresses import consent_address
from communis.channels.email.shape import Mail, Recipient
from communis.channels.email.templates import OPENING
from communis.journal.moments import DAY, now
from communis.looking.viewers import Viewer
from communis.people.models import Person
from communis.widening.models import Widening

Reason = Arrived.Reason
# Notices that a word can answer: when one is asked, and until it opens.
ASKING = frozenset({Notice.Reason.ASKED, Notice.Reason.ASKED_AGAIN, Notice.Reason.WILL_OPEN})
# What a word became of that was certainly hers.
_SENT_BY_HER = (
    Reason.NONE,
    Reason.MORE_THAN_A_WORD,
    Reason.PAGE_CHANGED,
    Reason.NOT_THE_WORD,
    Reason.TOO_LATE,
)
# In a day, about one opening: two programs that answer each other come to an end.
_MOST_IN_A_DAY = 5


def tell_of_word(arrived: Arrived) -> bool:
    """Queue the mail that says what became of a word, with the page once more; whether there is one. Safe to repeat."""
    if arrived.person_id is None or arrived.widening_id is None or arrived.reason not in _SENT_BY_HER:
        return False
    lately = Outgoing.objects.filter(person_id=arrived.person_id, template=OPENING, due_at__gt=now() - DAY)
    if lately.exclude(entry=arrived.id).count() >= _MOST_IN_A_DAY:
        return False
    queue(OPENING, arrived.person_id, arrived.id, arrived.public_id, about={"arrived": arrived.public_id})
    return True


def about_word(
    waiting: Outgoing, viewer: Viewer, recipient: Recipient, *, by: Person, with_words: bool
) -> Mail | None:
    """What became of a word she sent; None when she has no part in the opening any more."""
    arrived = Arrived.objects.filter(public_id=waiting.about["arrived"]).first()
    found = (
        Widening.visible.to(viewer).filter(id=arrived.widening_id).first() if arrived is not None else None
    )
    if arrived is None or found is None:
        return None
    recipient = recipient._replace(thread=thread_id(by.id, found.public_id))
    head = what_became(arrived)
    if not with_words:
        return short_opening_mail(found, recipient, head=head)
    shown = opening_shown(found, viewer, by=by)
    answered = answers_now(shown)
    if answered:
        head = " ".join([head, _("Your answer now: %(answer)s.") % {"answer": answered}])
    return opening_mail(found, shown, _at_which_answered(waiting, found, shown, recipient), head=head)


def about_asking(
    waiting: Outgoing, widening: str, viewer: Viewer, recipient: Recipient, *, by: Person, head: str, why: str
) -> Mail | None:
    """She is asked about an opening, or can take her yes to it back."""
    found = Widening.visible.to(viewer).filter(public_id=widening).first()
    if found is None:
        return None
    shown = opening_shown(found, viewer, by=by)
    recipient = _at_which_answered(waiting, found, shown, recipient)
    return opening_mail(found, shown, recipient, head=head, why=why)


def _at_which_answered(
    waiting: Outgoing, widening: Widening, shown: OpeningShown, recipient: Recipient
) -> Recipient:
    if not shown.ways:
        return recipient
    mail = waiting.message_id
    at = consent_address(waiting.person_id, widening.id, shown.page, mail=mail, outgoing=waiting.id)
    return recipient._replace(answered_at=at)
