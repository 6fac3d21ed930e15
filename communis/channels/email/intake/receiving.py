"""What becomes of mail that was accepted: said, held for its sender, or let be. Never nothing (trust 8, R71).

A mail that vouches for its sender, at an address that was made for her, is said where that leads. Everything else waits
for her to say that it is hers. What no person wrote is neither said nor answered.
"""

import hashlib
import logging
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, transaction

from communis.channels.email.checks.arriving import take_check
from communis.channels.email.consents import answer_with_word
from communis.channels.email.correcting import corrected_words, line_corrected
from communis.channels.email.destinations import Destination, destination_at, is_ours
from communis.channels.email.intake.asked_again import NoAnswer, can_be_tried, try_later
from communis.channels.email.intake.before_all import is_to_be_looked_at
from communis.channels.email.intake.carrying import NO_FILES, Tried, keep_files, let_go, try_files
from communis.channels.email.intake.fetching import Fetched, fetch
from communis.channels.email.intake.proving import sender_of
from communis.channels.email.intake.saying import answered_by, say
from communis.channels.email.intake.spool import Broken, Envelope, Spool
from communis.channels.email.intake.telling import tell_of_held
from communis.channels.email.intake.understanding import Understood, by_whom, doubt, understood
from communis.channels.email.intake.written import NOTHING, Written, written_in
from communis.channels.email.models import Arrived
from communis.channels.email.offered_words import is_alone, obey, offered_word
from communis.channels.email.openings import tell_of_word
from communis.channels.email.outside.limits import takes_more
from communis.channels.email.parsing.fingerprint import fingerprint
from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.kinds import LetterKind, kind_of
from communis.channels.email.parsing.letter import Letter, Unreadable
from communis.channels.email.pieces import note_pieces
from communis.channels.email.reply_addresses import Does
from communis.channels.email.returns import mail_returned_to, note_return
from communis.channels.email.said import tell_of_said
from communis.channels.email.verdict_letters import tell_of_verdict
from communis.channels.email.verdict_words import give_verdict, has_verdict
from communis.conversations.lines import LineOpen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.words import Attachment
from communis.journal.ids import public_id
from communis.journal.moments import HOUR, now
from communis.openness.rungs import Rung

Outcome, Reason = Arrived.Outcome, Arrived.Reason
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
    # Whether somebody else's words came along, which are kept for its sender.
    passed_on: bool = False
    # The lines of what it became besides.
    more: tuple[int, ...] = ()
    # Of what came from outside: whether it is proved who sent it.
    proved: bool = False


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
        takes_more=takes_more,
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
        _tell(arrived)
        if arrived.outcome == Outcome.HELD:
            kept.hold(name)
        elif mail_returned_to(envelope.recipient) is not None:
            kept.forget(name)
        else:
            kept.settled(name)
        decided += 1
    return decided


def _tell(arrived: Arrived) -> None:
    """Queue the mail that tells its sender what became of hers, where there is something to tell. Safe to repeat."""
    if tell_of_word(arrived) or tell_of_verdict(arrived):
        return
    if arrived.outcome == Outcome.HELD or arrived.passed_on:
        tell_of_held(arrived)
    elif arrived.outcome == Outcome.PUBLISHED:
        tell_of_said(arrived)


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
    destination = destination_at(envelope.recipient)
    kept: list[Attachment] = []
    try:
        written, doubted, files = NOTHING, Reason.NONE, NO_FILES
        if isinstance(letter, Letter) and destination is not None:
            destination = by_whom(destination, letter)
            written = written_in(letter, destination)
            doubted = doubt(envelope, sender, destination.person_id)
            # Nothing of a mail that may be anybody's is unpacked.
            files = try_files(written.files) if doubted == Reason.NONE else NO_FILES
        kept = keep_files(files.can) if not files.refused else []
        with transaction.atomic():
            proved = sender is not None
            became = decide(
                envelope, raw, letter, written, destination, doubted, proved=proved, files=files, kept=kept
            )
            return _written_down(name, envelope, raw, became)
    except (DatabaseError, OSError):
        raise
    except Exception as error:
        # A fault of ours must not hold up the others. Only its kind: a message could carry words.
        _log.error("mail not decided", extra={"mail": name, "error": type(error).__name__})
        became = Became(Outcome.HELD, Reason.UNREADABLE, destination)
        return _written_down(name, envelope, raw, became)
    finally:
        if kept:
            let_go(kept)


def _written_down(name: str, envelope: Envelope, raw: bytes, became: Became) -> Arrived:
    arrived = Arrived.objects.create(
        public_id=public_id(),
        file=name,
        digest=_digest(envelope, raw),
        mail=_mail(raw),
        outcome=became.outcome,
        reason=became.reason,
        person_id=became.destination.person_id if became.destination else None,
        line_id=became.destination.line_id if became.destination else None,
        receiver_id=became.destination.receiver_id if became.destination else None,
        circle_id=became.destination.circle_id if became.destination else None,
        widening_id=became.destination.widening_id if became.destination else None,
        ask_id=became.destination.ask_id if became.destination else None,
        to_all=became.destination.to_all if became.destination else False,
        to_hosts=became.destination.to_hosts if became.destination else False,
        outside_id=became.destination.outside_id if became.destination else None,
        proved=became.proved,
        passed_on=became.passed_on,
        contribution_id=became.contribution,
        arrived_at=envelope.arrived_at,
    )
    note_pieces(arrived, became.more)
    return arrived


def _digest(envelope: Envelope, raw: bytes) -> str:
    """The same for the same mail to the same recipient, by whichever way."""
    recipient = envelope.recipient.strip().lower().encode()
    return hashlib.sha256(recipient + b"\0" + fingerprint(raw)).hexdigest()


def _mail(raw: bytes) -> str:
    """The same for the same mail, to whomever it came."""
    return fingerprint(raw).hex()


def decide(
    envelope: Envelope,
    raw: bytes,
    letter: Letter | Unreadable,
    written: Written,
    destination: Destination | None,
    doubted: Arrived.Reason,
    *,
    proved: bool,
    files: Tried = NO_FILES,
    kept: Sequence[Attachment] = (),
) -> Became:
    """What becomes of it; and says its words, where they are to be said, with the files that were kept.

    ``destination``: where it leads, with who wrote it, where that is known. ``doubted``: why it is not certain.
    ``proved``: whether it comes from the address it names.
    """
    if Arrived.objects.filter(digest=_digest(envelope, raw)).exists():
        return Became(Outcome.DUPLICATE)
    returned = mail_returned_to(envelope.recipient)
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
    if destination.person_id is None and destination.outside_id is not None:
        # Nobody here has the address: stewards look at it. It is never answered (RFC 3834).
        return Became(Outcome.HELD, Reason.FROM_OUTSIDE, destination, proved=proved)
    if destination.person_id is None:
        return Became(Outcome.HELD, Reason.NOBODY_WE_KNOW, destination)
    said_of_it = understood(envelope.recipient, destination, letter, written)
    if _came_already(said_of_it.destination, raw):
        return Became(Outcome.DUPLICATE, Reason.NONE, destination)
    if _is_mixed(said_of_it, raw):
        said_of_it = said_of_it._replace(mixed=True)
    if doubted != Reason.NONE:
        return Became(Outcome.HELD, doubted, said_of_it.destination)
    became = _what_waits(said_of_it, files)
    return became if became is not None else _said(said_of_it, kept)


def _came_already(destination: Destination, raw: bytes) -> bool:
    """Whether the mail came to another address that leads to the same: of a letter's receivers, or of one line."""
    whose = destination.person_id or 0
    before = Arrived.objects.filter(mail=_mail(raw), person_id=whose).exclude(outcome=Outcome.DUPLICATE)
    if destination.others:
        return before.filter(receiver__in=(destination.receiver_id, *destination.others)).exists()
    if destination.line_id is None or destination.does != Does.ANSWERS:
        return False
    # A copy that may be anybody's stands for nothing.
    before = before.exclude(reason__in=(Reason.NOT_PROVED, Reason.ANOTHER_SENDER))
    return before.filter(line=destination.line_id, ask=None, to_hosts=destination.to_hosts).exists()


def _is_mixed(mail: Understood, raw: bytes) -> bool:
    """Whether other people read the mail at another address: named in its head, or only to mail servers.

    Then nothing of it that waits goes by itself any more.
    """
    whose = mail.destination.person_id or 0
    before = Arrived.objects.filter(mail=_mail(raw), person_id=whose, outcome=Outcome.HELD)
    if mail.mixed:
        before.filter(reason=Reason.WIDER).update(reason=Reason.MIXED)
    return mail.mixed or before.filter(reason=Reason.MIXED).exists()


def _what_waits(mail: Understood, files: Tried) -> Became | None:
    """Why a mail that is certainly hers waits for her, or is not to be said; None where it can be said at once."""
    destination, words = mail.destination, mail.written.words
    if not words.strip():
        nothing_own = Reason.NO_WORDS if mail.written.passed_on is None else Reason.FORWARDED
        return Became(Outcome.HELD, nothing_own, destination)
    became = _with_word(words, destination)
    if became is not None:
        return became
    if mail.mixed:
        return Became(Outcome.HELD, Reason.MIXED, destination)
    if mail.unclear:
        return Became(Outcome.HELD, Reason.UNCLEAR, destination)
    if files.refused:
        return Became(Outcome.HELD, Reason.FILE_REFUSED, destination)
    assert destination.person_id is not None
    if _has_said_much(destination.person_id):
        return Became(Outcome.HELD, Reason.MANY, destination)
    return None


def _with_word(words: str, destination: Destination) -> Became | None:
    """Do what a word says that the mail offered; None where it offered none of them, or none stands there."""
    if destination.does == Does.CONSENTS:
        return Became(*answer_with_word(words, destination), destination)
    if destination.does == Does.GIVES_VERDICT and has_verdict(words):
        return Became(*give_verdict(words, destination), destination)
    if destination.does == Does.CORRECTS:
        if line_corrected(words, destination) is None:
            return Became(Outcome.HELD, Reason.NOT_THE_WORD, destination)
        return None if corrected_words(words) else Became(Outcome.HELD, Reason.NO_WORDS, destination)
    # Only a mail that offered them means these words.
    word = offered_word(words) if destination.outgoing_id is not None else ""
    if not word:
        return None
    obey(word, destination)
    # What else was written is neither said nor lost.
    if not is_alone(words):
        return Became(Outcome.HELD, Reason.MORE_THAN_A_WORD, destination)
    return Became(Outcome.OFFERED_WORD, Reason.NONE, destination)


def _said(mail: Understood, kept: Sequence[Attachment]) -> Became:
    destination, passed_on = mail.destination, mail.written.passed_on is not None
    try:
        with transaction.atomic():
            answered = answered_by(destination)
            if is_wide(destination, answered):
                looked_at = is_to_be_looked_at(mail, answered)
                return Became(Outcome.HELD, Reason.LOOK_AT if looked_at else Reason.WIDER, destination)
            said = say(mail.written, destination, answered, subject=mail.subject, files=kept)
    except (NotThere, Refused):
        return Became(Outcome.HELD, Reason.REFUSED, destination)
    return Became(Outcome.PUBLISHED, Reason.NONE, destination, said.contribution_id, passed_on, said.more)


def _has_said_much(person_id: int) -> bool:
    """Two programs that do not say what they are could answer each other for ever (RFC 3834, trust 8)."""
    said = Arrived.objects.filter(person_id=person_id, outcome=Outcome.PUBLISHED, arrived_at__gt=now() - HOUR)
    return said.count() >= MOST_IN_AN_HOUR


def is_wide(destination: Destination, answered: LineOpen | None) -> bool:
    """Whether more than the readers of a letter would read it. ``answered``: the line where it leads to one."""
    if answered is None or destination.to_hosts:
        return destination.circle_id is not None or destination.to_all
    return answered.share.rung > Rung.DIRECT
