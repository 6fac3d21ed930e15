"""The mail that says that one's own mail is said, who reads it, and how to correct it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from communis.attention.mail_choices import mail_choice
from communis.channels.email.letters import words_in_mail
from communis.channels.email.mail_ids import thread_id
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.pieces import pieces_of
from communis.channels.email.queueing import queue
from communis.channels.email.readers_named import readers_named
from communis.channels.email.reply_addresses import Does, reply_address
from communis.channels.email.shape import Mail, Part, Recipient, mail
from communis.channels.email.templates import SAID
from communis.channels.email.verdict_words import ask_by_mail
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.hiding import is_hidden
from communis.conversations.lines import conversations_with, lines_seen
from communis.looking.viewers import Viewer
from communis.people.models import Person


def tell_of_said(arrived: Arrived) -> None:
    """Queue it, for who wants one. Safe to repeat.

    Of what passes on somebody else's mail another one tells, at the latest when it waits.
    """
    if arrived.person_id is None or arrived.passed_on or not mail_choice(arrived.person_id).receipts:
        return
    queue(SAID, arrived.person_id, arrived.id, arrived.public_id, about={"arrived": arrived.public_id})


def about_said(
    waiting: Outgoing, viewer: Viewer, recipient: Recipient, *, by: Person, with_words: bool
) -> Mail | None:
    """None where it is gone, or hidden, by now."""
    arrived = Arrived.objects.filter(public_id=waiting.about["arrived"]).first()
    if arrived is None or arrived.contribution_id is None:
        return None
    seen = next(iter(seen_contributions([arrived.contribution_id], viewer)), None)
    if seen is None or not seen.own or is_hidden(seen):
        return None
    address = reply_address(
        waiting.person_id,
        seen.line_number,
        mail=waiting.message_id,
        outgoing=waiting.id,
        does=Does.CORRECTS,
    )
    conversation = conversations_with([seen])[seen.conversation]
    recipient = recipient._replace(thread=thread_id(waiting.person_id, conversation), answered_at=address)
    parts = [Part(_("What you wrote by mail stands there now."))]
    readers = readers_named(seen.audience, viewer)
    if readers:
        parts.append(Part(_("It can be read by: %(readers)s.") % {"readers": readers}))
    if arrived.ask_id is not None and ask_by_mail(arrived.ask_id, by=by) is not None:
        parts.append(Part(_("What you are asked about still waits for your answer.")))
    pieces = {1: seen} | _others(arrived, viewer)
    for number, piece in pieces.items():
        if len(pieces) > 1:
            parts.append(Part(f"{number}."))
        if with_words:
            parts += words_in_mail(piece, in_full=True)
        parts.append(Part(_("See it here:"), f"{settings.BASE_URL}{reverse('line', args=[piece.line])}"))
    if address:
        word = _("To correct it, answer with the word correct alone on the first line.")
        if len(pieces) > 1:
            word = _("To correct the first, answer with the word correct alone on the first line.")
            word = " ".join([word, _("For the second write correct 2, and so on.")])
        parts.append(Part(" ".join([word, _("Write the whole text anew below it.")])))
    why = _("You wrote by mail.")
    return mail(_("What you wrote stands there"), parts, recipient, why=why)


def _others(arrived: Arrived, viewer: Viewer) -> dict[int, Seen]:
    """The other pieces that the mail became, each with its number, as far as they are there and not hidden by now."""
    pieces = pieces_of(arrived)
    seen = lines_seen(list(pieces.values()), viewer)
    return {
        number: seen[line].share
        for number, line in pieces.items()
        if line in seen and seen[line].share.own and not is_hidden(seen[line].share)
    }
