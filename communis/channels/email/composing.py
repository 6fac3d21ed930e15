"""From a pointer to a mail: everything is asked of the gate again for its one recipient (trust L16)."""

from django.conf import settings
from django.utils.translation import override

from communis.attention.mail_choices import mail_choice
from communis.attention.models import MailChoice
from communis.attention.notice_words import line, why
from communis.attention.notices import Told, gathered, of_entry
from communis.channels.email.digest_letters import MOST_LINES, digest_mail
from communis.channels.email.intake.readers import readers_of, waiting_with
from communis.channels.email.intake.telling import CERTAINLY_HERS
from communis.channels.email.letters import (
    ASKS,
    CAN_BE_ANSWERED,
    corrected_mail,
    held_mail,
    passed_on_mail,
    passing_mail,
    told_mail,
    waiting_mail,
)
from communis.channels.email.mail_ids import thread_id
from communis.channels.email.models import Arrived, Outgoing, Passing
from communis.channels.email.openings import ASKING, about_asking, about_word
from communis.channels.email.reply_addresses import Does, reply_address
from communis.channels.email.said import about_said
from communis.channels.email.shape import Mail, Recipient
from communis.channels.email.since import since_mail
from communis.channels.email.templates import (
    CORRECTED,
    COUNTED,
    DIGEST,
    HELD,
    LATER,
    OPENING,
    PASSING,
    SAID,
    SINCE,
    VERDICT,
)
from communis.channels.email.verdict_letters import about_verdict
from communis.channels.email.verdict_words import ask_by_mail, takes_verdict
from communis.conversations import telling
from communis.conversations.gate import Seen
from communis.conversations.hiding import is_hidden
from communis.conversations.lines import lines_seen
from communis.conversations.models import Following
from communis.journal.record import abouts
from communis.looking.viewers import Viewer
from communis.people.addresses import mail_address
from communis.people.holdings import viewer_for
from communis.people.models import Person


def compose(waiting: Outgoing) -> Mail | None:
    """The mail, if its person may still see what it is about, still wants to know, and can be reached."""
    viewer = viewer_for(waiting.person_id)
    address = mail_address(waiting.person_id)
    choice = mail_choice(waiting.person_id)
    if not viewer.signed_in or address is None or choice.paused_at is not None:
        return None
    person = Person.visible.to(viewer).get(id=waiting.person_id)
    recipient = Recipient(address, waiting.message_id)
    with override(person.language):
        if waiting.template == HELD:
            return _about_held(waiting, viewer, recipient)
        if waiting.template == PASSING:
            asked = Passing.objects.filter(public_id=waiting.about["passing"], answered_at=None)
            return passing_mail(recipient) if asked.exists() else None
        if not choice.wanted:
            return None
        # What she wanted to be told again later is told as it was.
        if waiting.about.get("of", waiting.template) in (CORRECTED, SINCE):
            return _about_line(waiting, viewer, recipient, choice)
        if waiting.template == OPENING:
            return about_word(waiting, viewer, recipient, by=person, with_words=_with_words(choice))
        if waiting.template == VERDICT:
            return about_verdict(waiting, viewer, recipient)
        if waiting.template == SAID:
            return about_said(waiting, viewer, recipient, by=person, with_words=_with_words(choice))
        if waiting.template == DIGEST:
            return _about_many(waiting, viewer, recipient, choice, by=person)
        return _about_notice(waiting, viewer, recipient, choice, by=person)


def _about_held(waiting: Outgoing, viewer: Viewer, recipient: Recipient) -> Mail | None:
    arrived = Arrived.objects.filter(public_id=waiting.about["arrived"]).first()
    if arrived is not None and arrived.outcome == Arrived.Outcome.PUBLISHED and arrived.passed_on:
        return passed_on_mail(recipient)
    if arrived is None or arrived.outcome != Arrived.Outcome.HELD:
        return None
    if arrived.reason in CERTAINLY_HERS:
        by_itself = arrived.reason == Arrived.Reason.WIDER and not settings.MAIL_MUST_BE_CONFIRMED
        readers = [readers_of(one, viewer) for one in waiting_with(arrived)]
        return waiting_mail(recipient, arrived.reason, readers, goes_by_itself=by_itself)
    return held_mail(recipient)


def _about_line(waiting: Outgoing, viewer: Viewer, recipient: Recipient, choice: MailChoice) -> Mail | None:
    """What she was mailed reads otherwise, was answered, or has moved."""
    line = waiting.line_id or 0
    seen = lines_seen([line], viewer).get(line)
    # Hidden words are no correction of theirs.
    if seen is None or is_hidden(seen.share):
        return None
    if waiting.person_id in telling.silent_in(seen.share.conversation):
        return None
    recipient = _in_conversation(waiting, recipient, seen.conversation_public_id, seen.share)
    if waiting.about.get("of", waiting.template) == SINCE:
        return since_mail(seen.share, viewer, recipient, with_words=_with_words(choice))
    return corrected_mail(seen.share, viewer, recipient, with_words=_with_words(choice))


def _about_notice(
    waiting: Outgoing, viewer: Viewer, recipient: Recipient, choice: MailChoice, *, by: Person
) -> Mail | None:
    told = of_entry(waiting.entry, viewer, by=by)
    # Whoever has read it on the page meanwhile needs no mail.
    if told is None or told.read or told.way == Following.Way.SILENT:
        return None
    if told.said is not None and told.reason in ASKS:
        return _about_ask(waiting, told, told.said, viewer, recipient, by=by, with_words=_with_words(choice))
    if told.said is not None and told.reason in CAN_BE_ANSWERED:
        recipient = _in_conversation(waiting, recipient, told.conversation, told.said)
    else:
        recipient = recipient._replace(thread=thread_id(waiting.person_id, _thread_of(told)))
    if told.reason in ASKING and _with_words(choice):
        head, reason = f"{line(told)}.", why(told.reason)
        return about_asking(waiting, told.widening, viewer, recipient, by=by, head=head, why=reason)
    return told_mail(told, viewer, recipient, with_words=_with_words(choice))


def _about_ask(
    waiting: Outgoing,
    told: Told,
    said: Seen,
    viewer: Viewer,
    recipient: Recipient,
    *,
    by: Person,
    with_words: bool,
) -> Mail:
    """She is asked for an answer: where it still is hers to give, the mail can be answered."""
    recipient = recipient._replace(thread=thread_id(waiting.person_id, told.conversation))
    asked = ask_by_mail(int(str(abouts([waiting.entry])[waiting.entry]["ask"])), by=by)
    if asked is None:
        return told_mail(told, viewer, recipient, with_words=with_words)
    address = reply_address(
        waiting.person_id,
        asked.ask.line_id,
        mail=waiting.message_id,
        outgoing=waiting.id,
        does=Does.GIVES_VERDICT,
        ask=asked.ask.id,
    )
    recipient = recipient._replace(answered_at=address)
    return told_mail(told, viewer, recipient, with_words=with_words, takes_verdict=takes_verdict(asked))


def _about_many(
    waiting: Outgoing, viewer: Viewer, recipient: Recipient, choice: MailChoice, *, by: Person
) -> Mail | None:
    """Of what is new and unread, without what was mailed already; None when nothing is left."""
    mailed = Outgoing.objects.filter(person_id=by.id, template__in=(*COUNTED, LATER))
    gone = mailed.filter(state__in=(Outgoing.State.SENT, Outgoing.State.WAITING))
    between = (waiting.about["after"], waiting.about["until"])
    already = set(gone.values_list("entry", flat=True))
    found = gathered(viewer, by=by, between=between, without=already, most=MOST_LINES + 1)
    if not found:
        return None
    too_many = mailed.filter(state=Outgoing.State.LEFT_TO_DIGEST, entry__in=[one.entry for one in found])
    return digest_mail(found, recipient, too_many=too_many.exists(), with_words=_with_words(choice))


def _with_words(choice: MailChoice) -> bool:
    """Unless the person, or the organisation for all, wants no words in mails."""
    return choice.words and settings.MAIL_WORDS


def _in_conversation(waiting: Outgoing, recipient: Recipient, conversation: str, said: Seen) -> Recipient:
    return recipient._replace(
        thread=thread_id(waiting.person_id, conversation),
        answered_at=reply_address(
            waiting.person_id, said.line_number, mail=waiting.message_id, outgoing=waiting.id
        ),
    )


def _thread_of(told: Told) -> str:
    return told.conversation or told.widening or told.lesson or told.public_id
