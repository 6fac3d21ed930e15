"""What becomes of mail that was accepted: said, held for its sender, or let be. Never nothing (trust 8, R71).

A mail that vouches for its sender, at an address that was made for her, is said where that leads. Everything else waits
for her to say that it is hers. What no person wrote is neither said nor answered.
"""

import hashlib
import logging
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, transaction

from communis.channels.email.checks.arriving import take_check
from communis.channels.email.consents import answer_with_word
from communis.channels.email.correcting import correct, corrected_words, corrects
from communis.channels.email.destinations import Destination, destination_at, is_ours, was_given_to
from communis.channels.email.intake.asked_again import NoAnswer, can_be_tried, try_later
from communis.channels.email.intake.fetching import Fetched, fetch
from communis.channels.email.intake.proving import sender_of
from communis.channels.email.intake.spool import Broken, Envelope, Spool
from communis.channels.email.intake.telling import tell_of_held
from communis.channels.email.models import Arrived
from communis.channels.email.offered_words import is_alone, obey, offered_word
from communis.channels.email.openings import tell_of_word
from communis.channels.email.parsing.fingerprint import fingerprint
from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.kinds import LetterKind, kind_of
from communis.channels.email.parsing.letter import Letter, Unreadable
from communis.channels.email.parting.html_text import text_of_html
from communis.channels.email.parting.parting import part
from communis.channels.email.reply_addresses import Does
from communis.channels.email.returns import mail_returned_to, note_return
from communis.channels.email.said import tell_of_said
from communis.channels.email.verdict_letters import tell_of_verdict
from communis.channels.email.verdict_words import give_verdict, has_verdict
from communis.conversations.asking import question_of
from communis.conversations.contributing import contribute, start
from communis.conversations.gate import Seen
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of, line_open
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.journal.moments import HOUR, now
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.addresses import mail_address, persons_at
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import circle_with, person_with

Outcome, Reason = Arrived.Outcome, Arrived.Reason
# In characters; ten times what a contribution may be. Longer ones would keep the worker for seconds.
LONGEST_LETTER = 1_000_000
# Of one person; the next waits for her.
MOST_IN_AN_HOUR = 20
_log = logging.getLogger("communis.email")


class Became(NamedTuple):
    """What becomes of a mail, why, whose it is, and where it was to be said."""

    outcome: Arrived.Outcome
    reason: Arrived.Reason = Reason.NONE
    # Who wrote it, as far as that is known, and where it was to be said.
    destination: Destination | None = None
    contribution: int | None = None


def spool() -> Spool:
    """The installation's, with its folders."""
    made = Spool(settings.DATA / "spool")
    made.make()
    return made


def fetch_mail() -> Fetched:
    """Put in the spool what is new in the mailbox, where there is one. For the worker, and safe to repeat.

    Raises what ``fetching.fetch`` raises.
    """
    if settings.IMAP is None:
        return Fetched(0, 0)
    return fetch(
        settings.IMAP,
        settings.IMAP_PASSWORD,
        spool(),
        is_ours=is_ours,
        domain=settings.MAIL_DOMAIN,
        recipient=settings.IMAP_RECIPIENT,
        least_free_mib=settings.LEAST_FREE_MIB,
    )


def receive(limit: int = 100) -> int:
    """Decide what waits, the oldest first; returns how many. For the worker, and safe to repeat.

    Killed before it is settled, a mail is decided again: what was decided is found by its file, and nothing is said
    twice.
    """
    kept, decided = spool(), 0
    for name in [one for one in kept.waiting() if can_be_tried(one)][:limit]:
        try:
            envelope, raw = kept.read(name)
        except Broken:
            _log.error("mail is not whole", extra={"mail": name})
            kept.set_aside(name)
            continue
        if take_check(envelope, raw):
            kept.forget(name)
            continue
        try:
            arrived = _decided(name, envelope, raw)
        except NoAnswer:
            try_later(name)
            continue
        told = tell_of_word(arrived) or tell_of_verdict(arrived)
        if arrived.outcome == Outcome.HELD:
            if not told:
                tell_of_held(arrived)
            kept.hold(name)
        elif arrived.outcome == Outcome.PUBLISHED:
            tell_of_said(arrived)
            kept.settled(name)
        elif mail_returned_to(envelope.recipient) is not None:
            kept.forget(name)
        else:
            kept.settled(name)
        decided += 1
    return decided


def sweep() -> int:
    """Delete mails that were settled long ago; returns how many. For the worker, and safe to repeat."""
    return spool().sweep()


def _decided(name: str, envelope: Envelope, raw: bytes) -> Arrived:
    """Decide and write down what became of it in one; an earlier decision stands."""
    earlier = Arrived.objects.filter(file=name).first()
    if earlier is not None:
        return earlier
    # Read, and proved, before the transaction, in which nobody else can write.
    letter = read_in_child(raw)
    sender = sender_of(letter, envelope, raw)
    try:
        words = words_of(letter) if isinstance(letter, Letter) else ""
        with transaction.atomic():
            before = Arrived.objects.filter(digest=_digest(envelope, raw)).exists()
            became = decide(envelope, letter, words, sender=sender, came_before=before)
            return _written_down(name, envelope, raw, became)
    except (DatabaseError, OSError):
        raise
    except Exception as error:
        # A fault of ours must not hold up the others. Only its kind: a message could carry words.
        _log.error("mail not decided", extra={"mail": name, "error": type(error).__name__})
        became = Became(Outcome.HELD, Reason.UNREADABLE, destination_at(envelope.recipient))
        return _written_down(name, envelope, raw, became)


def _written_down(name: str, envelope: Envelope, raw: bytes, became: Became) -> Arrived:
    return Arrived.objects.create(
        public_id=public_id(),
        file=name,
        digest=_digest(envelope, raw),
        outcome=became.outcome,
        reason=became.reason,
        person_id=became.destination.person_id if became.destination else None,
        line_id=became.destination.line_id if became.destination else None,
        receiver_id=became.destination.receiver_id if became.destination else None,
        circle_id=became.destination.circle_id if became.destination else None,
        widening_id=became.destination.widening_id if became.destination else None,
        ask_id=became.destination.ask_id if became.destination else None,
        contribution_id=became.contribution,
        arrived_at=envelope.arrived_at,
    )


def _digest(envelope: Envelope, raw: bytes) -> str:
    """The same for the same mail to the same recipient, by whichever way."""
    recipient = envelope.recipient.strip().lower().encode()
    return hashlib.sha256(recipient + b"\0" + fingerprint(raw)).hexdigest()


def decide(
    envelope: Envelope,
    letter: Letter | Unreadable,
    words: str,
    *,
    sender: str | None = None,
    came_before: bool = False,
) -> Became:
    """What becomes of it; and says its words, where they are to be said. ``sender``: who is proved to have sent it."""
    if came_before:
        return Became(Outcome.DUPLICATE)
    destination, returned = destination_at(envelope.recipient), mail_returned_to(envelope.recipient)
    if isinstance(letter, Unreadable):
        if returned is not None:
            return Became(Outcome.IGNORED, Reason.RETURNED)
        return Became(Outcome.HELD, Reason.UNREADABLE, destination)
    judged = kind_of(letter, own_hosts=[settings.MAIL_DOMAIN], envelope_sender=envelope.sender)
    if returned is not None and judged.kind is not LetterKind.PERSONAL:
        note_return(returned, letter)
        return Became(Outcome.IGNORED, Reason.RETURNED)
    if judged.kind is not LetterKind.PERSONAL:
        return Became(Outcome.IGNORED, Reason.AUTOMATIC)
    if destination is None:
        # It ran out after it was accepted.
        return Became(Outcome.HELD, Reason.NOBODY_WE_KNOW)
    destination = _by_whom(destination, letter)
    if destination.person_id is None:
        return Became(Outcome.HELD, Reason.NOBODY_WE_KNOW, destination)
    given = was_given_to(envelope.recipient, person_with(destination.person_id))
    if sender is None or not given:
        return Became(Outcome.HELD, Reason.NOT_PROVED, destination)
    if sender != (mail_address(destination.person_id) or "").lower():
        return Became(Outcome.HELD, Reason.ANOTHER_SENDER, destination)
    if not words.strip():
        return Became(Outcome.HELD, Reason.NO_WORDS, destination)
    if destination.does == Does.CONSENTS:
        outcome, reason = answer_with_word(words, destination)
        return Became(outcome, reason, destination)
    if destination.does == Does.CORRECTS and not corrects(words):
        return Became(Outcome.HELD, Reason.NOT_THE_WORD, destination)
    if destination.does == Does.CORRECTS and not corrected_words(words):
        return Became(Outcome.HELD, Reason.NO_WORDS, destination)
    if destination.does == Does.GIVES_VERDICT and has_verdict(words):
        outcome, reason = give_verdict(words, destination)
        return Became(outcome, reason, destination)
    # Only a mail that offered them means these words.
    offered = destination.outgoing_id is not None and destination.does != Does.CORRECTS
    word = offered_word(words) if offered else ""
    if word:
        obey(word, destination)
        # What else was written is neither said nor lost.
        if not is_alone(words):
            return Became(Outcome.HELD, Reason.MORE_THAN_A_WORD, destination)
        return Became(Outcome.OFFERED_WORD, Reason.NONE, destination)
    if letter.attachments:
        return Became(Outcome.HELD, Reason.HAS_FILES, destination)
    if _has_said_much(destination.person_id):
        return Became(Outcome.HELD, Reason.MANY, destination)
    try:
        with transaction.atomic():
            if _is_wide(destination):
                return Became(Outcome.HELD, Reason.WIDER, destination)
            said = say(words, destination, subject=letter.subject)
    except (NotThere, Refused):
        return Became(Outcome.HELD, Reason.REFUSED, destination)
    return Became(Outcome.PUBLISHED, Reason.NONE, destination, said.contribution_id)


def _has_said_much(person_id: int) -> bool:
    """Two programs that do not say what they are could answer each other for ever (RFC 3834, trust 8)."""
    said = Arrived.objects.filter(person_id=person_id, outcome=Outcome.PUBLISHED, arrived_at__gt=now() - HOUR)
    return said.count() >= MOST_IN_AN_HOUR


def _by_whom(destination: Destination, letter: Letter) -> Destination:
    """With the person whose address the mail says to come from, where the address does not say itself whose it is."""
    if destination.person_id is not None or letter.sender is None or not letter.sender.address:
        return destination
    persons = persons_at([letter.sender.address])
    return destination._replace(person_id=persons[0].id) if persons else destination


def _is_wide(destination: Destination) -> bool:
    """Whether more than the readers of a letter would read it. Raises NotThere."""
    if destination.line_id is None or destination.person_id is None or destination.to_hosts:
        return destination.circle_id is not None
    return line_open(destination.line_id, viewer_for(destination.person_id)).share.rung > Rung.DIRECT


class Said(NamedTuple):
    """What a mail has become: the contribution's number, and the public id of its line."""

    contribution_id: int
    line: str


def say(text: str, destination: Destination, *, subject: str = "") -> Said:
    """Answer where the mail leads, for those who read what is answered; or write the letter.

    Raises NotThere and Refused.
    """
    assert destination.person_id is not None  # who wrote it is known by now
    if cannot_be_said(text, destination):
        raise NotThere
    by = person_with(destination.person_id)
    if destination.line_id is not None and destination.does == Does.CORRECTS and corrects(text):
        share = correct(text, destination.line_id, by=by)
    elif destination.line_id is not None:
        answered = line_open(destination.line_id, viewer_for(by.id)).seen
        choice = _to_hosts(answered, by) if destination.to_hosts else None
        share = contribute(answered.line, text, by=by, choice=choice)
    else:
        kind, choice = _begun(destination)
        share = start(kind, with_subject(subject, text), by=by, choice=choice)
    return Said(share.contribution_id, address_of(share)[1])


def cannot_be_said(text: str, destination: Destination) -> bool:
    """Whether it is no contribution: an answer about an opening, or a verdict. Both have pages of their own."""
    verdict = destination.does == Does.GIVES_VERDICT and has_verdict(text)
    return verdict or destination.does == Does.CONSENTS


def _to_hosts(answered: Seen, by: Person) -> Choice:
    """For those who answer the question, as far as the person may know who they are. Raises NotThere."""
    question = question_of(answered, viewer_for(by.id))
    hosts = [host.public_id for host in question.hosts if host.id != by.id] if question else []
    if not hosts:
        raise NotThere
    return Choice(Rung.DIRECT, persons=tuple(hosts))


def _begun(destination: Destination) -> tuple[Kind, Choice]:
    if destination.circle_id is not None:
        return Kind.FRAGMENT, Choice(Rung.CIRCLE, circles=(circle_with(destination.circle_id).public_id,))
    assert destination.receiver_id is not None  # every address leads somewhere
    return Kind.IDEA, Choice(Rung.DIRECT, persons=(person_with(destination.receiver_id).public_id,))


def with_subject(subject: str, text: str) -> str:
    """A letter begins with what it is about, unless its words do already."""
    about = " ".join(subject.split())
    return (
        text if not about or text.lstrip().casefold().startswith(about.casefold()) else f"{about}\n\n{text}"
    )


def words_of(letter: Letter) -> str:
    """What was written in the mail itself, without what it quotes and how it is signed. Nothing of one too long."""
    if max(len(letter.text or ""), len(letter.html or "")) > LONGEST_LETTER:
        return ""
    text = letter.text if letter.text is not None else text_of_html(letter.html or "")
    return part(text).written
