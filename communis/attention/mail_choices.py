"""What a person wants by mail: whether, with the words or without, how many at once, how many digests."""

from django.utils.translation import gettext as _

from communis.attention.models import MailChoice
from communis.conversations.refusals import Refused
from communis.journal.moments import now
from communis.people.models import Person


def mail_choice(person_id: int) -> MailChoice:
    """The person's, or what holds until something is chosen."""
    return MailChoice.objects.filter(person_id=person_id).first() or MailChoice(person_id=person_id)


def want_mail(wanted: bool, *, by: Person) -> None:
    """Whether any mail tells what is new."""
    MailChoice.objects.update_or_create(person=by, defaults={"wanted": wanted})


def choose_mail(*, words: bool, at_once: int, digests: int, by: Person, receipts: bool = True) -> None:
    """With the words or without; at most so many at once in a day, the rest in so many digests. Raises Refused.

    ``receipts``: whether a mail says that what one sent by mail is said.
    """
    if not 0 <= at_once <= MailChoice.MOST_AT_ONCE:
        raise Refused(_("Write a number from 0 to %(most)s.") % {"most": MailChoice.MOST_AT_ONCE}, "at_once")
    if not 0 <= digests <= MailChoice.MOST_DIGESTS:
        raise Refused(_("Choose how many digests you want."), "digests")
    chosen = {"words": words, "at_once": at_once, "digests": digests, "receipts": receipts}
    MailChoice.objects.update_or_create(person=by, defaults=chosen)


def stop_mail(person_id: int) -> None:
    """Somebody with a key out of the person's mail wants no more of them."""
    MailChoice.objects.update_or_create(person_id=person_id, defaults={"wanted": False})


def pause_mail(person_id: int) -> None:
    """Nothing is sent until the person says so: what was sent came back."""
    MailChoice.objects.update_or_create(person_id=person_id, defaults={"paused_at": now()})


def resume_mail(*, by: Person) -> None:
    """Try again; what came back before counts no more."""
    MailChoice.objects.filter(person=by).update(paused_at=None, resumed_at=now())


def may_be_mailed(person_id: int) -> bool:
    """Whether mail that tells what is new may go to the person at all."""
    choice = mail_choice(person_id)
    return choice.wanted and choice.paused_at is None
