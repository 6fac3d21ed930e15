"""Mail that waits for whose it is: she looks at it, and says that it is hers or throws it away (trust L23)."""

import logging
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from communis.channels.email.destinations import Destination, destination_at
from communis.channels.email.intake.before_all import BeforeAll, before_all, corrects
from communis.channels.email.intake.carrying import keep_files, let_go, try_files
from communis.channels.email.intake.passed_on import PassedOn, as_read
from communis.channels.email.intake.readers import readers_of
from communis.channels.email.intake.receiving import spool
from communis.channels.email.intake.saying import Said, answered_by, cannot_be_said, say
from communis.channels.email.intake.spool import Broken
from communis.channels.email.intake.understanding import Understood, understood
from communis.channels.email.intake.written import written_in
from communis.channels.email.models import Arrived, Outgoing
from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.letter import Letter
from communis.channels.email.parting.parting import Piece
from communis.channels.email.pieces import note_pieces
from communis.channels.email.said import tell_of_said
from communis.channels.email.templates import HELD
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.words import Attachment
from communis.journal.moments import MINUTE, now
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import person_with

_log = logging.getLogger("communis.email")
_MOST_SHOWN = 50
# So long after the mail that tells of it was accepted, what is proved to be hers is said without a yes.
MINUTES_TO_THROW_AWAY = 10


class Waiting(NamedTuple):
    """A held mail as its person sees it: what it says, and which address it says to come from."""

    arrived: Arrived
    says_from: str
    words: str
    # The names of the files that come along; and for each that cannot, which it is and why.
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    # What somebody else wrote, which stays with her.
    passed_on: PassedOn | None
    # Who reads it when it is sent, in words; empty where that cannot be told.
    readers: str
    # Whether it can be sent as it is; and whether it can with words that she writes now, for it has none of hers.
    can_be_sent: bool
    takes_words: bool = False
    # What has to be looked through first, where it waits for that.
    before_all: BeforeAll | None = None


def held_for(by: Person) -> list[Waiting]:
    """The person's own, the oldest first; at most fifty, for each of them is read."""
    rows = Arrived.objects.filter(person=by, outcome=Arrived.Outcome.HELD).order_by("arrived_at", "id")
    return [_waiting(row) for row in rows[:_MOST_SHOWN]]


def before_sending(arrived: str, *, by: Person) -> BeforeAll | None:
    """What is to be looked through before it is said; None where fewer than all employees will read it, or nobody.

    Raises NotThere for anyone else's, and for one that is decided.
    """
    mail = _read(_own(arrived, by))
    if mail is None:
        return None
    try:
        return before_all(mail.understood, answered_by(mail.understood.destination))
    except NotThere:
        return None


def send_held(arrived: str, *, by: Person, own_words: str | None = None) -> str:
    """It is hers: say it where it was to be said; returns the public id of the first line.

    ``own_words`` are said instead of those that came; what only passes on somebody else's mail needs them.

    Raises NotThere for anyone else's, and for one that is decided; Refused where it cannot be said, and once where a
    file cannot come along: then the page says which and why, and the next time it is sent without.
    """
    # Read before the transaction, in which nobody else can write.
    found = _own(arrived, by)
    mail = _read(found)
    if mail is None:
        raise NotThere
    if own_words is not None or _takes_words(found, mail):
        mail = _with_words(mail, own_words or "")
    files = try_files(mail.understood.written.files)
    if files.refused and found.reason != Arrived.Reason.FILE_REFUSED:
        Arrived.objects.filter(id=found.id, outcome=Arrived.Outcome.HELD).update(
            reason=Arrived.Reason.FILE_REFUSED
        )
        raise Refused(_("Not every file can come along. See which below, and send it without."))
    kept = keep_files(files.can)
    try:
        with transaction.atomic():
            row = _own(arrived, by)
            said = _said(mail.understood, kept)
            row.outcome = Arrived.Outcome.PUBLISHED
            row.passed_on = mail.understood.written.passed_on is not None
            row.contribution_id = said.contribution_id
            row.save()
            note_pieces(row, said.more)
            # With it, for nobody looks at the mail again.
            tell_of_said(row)
    finally:
        if kept:
            let_go(kept)
    spool().decided(row.file)
    return said.line


def say_unconfirmed() -> int:
    """Say what more than a letter's readers will read, where nobody said no in time; returns how many.

    For the worker, and safe to repeat. Nothing where the organisation wants a yes for each.
    """
    if settings.MAIL_MUST_BE_CONFIRMED:
        return 0
    told = Outgoing.objects.filter(
        template=HELD, state=Outgoing.State.SENT, sent_at__lte=now() - MINUTES_TO_THROW_AWAY * MINUTE
    )
    waiting = Arrived.objects.filter(outcome=Arrived.Outcome.HELD, reason=Arrived.Reason.WIDER)
    said = 0
    for row in waiting.filter(id__in=told.values("entry")).order_by("id")[:_MOST_SHOWN]:
        if row.person_id is None:
            continue
        try:
            send_held(row.public_id, by=person_with(row.person_id))
        except (NotThere, Refused):
            # It waits on, and the page says why.
            still = Arrived.objects.filter(id=row.id, outcome=Arrived.Outcome.HELD, reason=row.reason)
            still.update(reason=Arrived.Reason.REFUSED)
        except (DatabaseError, OSError):
            raise
        except Exception as error:
            # A fault of ours must not hold up the others; it is tried again. Only its kind: it could carry words.
            _log.error("mail not said", extra={"mail": row.file, "error": type(error).__name__})
        else:
            said += 1
    return said


def _said(mail: Understood, files: Sequence[Attachment]) -> Said:
    try:
        answered = answered_by(mail.destination)
        return say(mail.written, mail.destination, answered, subject=mail.subject, files=files)
    except NotThere:
        raise Refused(_("It could not be said there, or what you answered is gone.")) from None


def throw_held_away(arrived: str, *, by: Person) -> None:
    """It is not to be said. The mail itself is deleted with the others, after thirty days."""
    with transaction.atomic():
        row = _own(arrived, by)
        row.outcome = Arrived.Outcome.THROWN_AWAY
        row.save()
    spool().decided(row.file)


def _own(arrived: str, by: Person) -> Arrived:
    held = Arrived.objects.filter(outcome=Arrived.Outcome.HELD, public_id=arrived, person=by)
    row = (held.select_for_update() if connection.in_atomic_block else held).first()
    if row is None:
        raise NotThere
    return row


def _waiting(row: Arrived) -> Waiting:
    mail = _read(row)
    if mail is None:
        return Waiting(row, "", "", (), (), None, "", can_be_sent=False)
    written = mail.understood.written
    # To try files takes time: once it is known that one is refused, else when they are sent.
    refused = try_files(written.files).refused if row.reason == Arrived.Reason.FILE_REFUSED else ()
    names = [file.name for file in written.files]
    return Waiting(
        row,
        ", ".join(sender.address for sender in mail.letter.senders if sender.address),
        written.words,
        tuple(name for name in names if not any(one.startswith(f"{name}: ") for one in refused)),
        refused,
        as_read(written.passed_on) if written.passed_on is not None else None,
        readers_of(row, viewer_for(row.person_id)) if row.person_id is not None else "",
        can_be_sent=bool(written.words.strip())
        and not cannot_be_said(written.words, mail.understood.destination),
        takes_words=_takes_words(row, mail),
        before_all=_looked_through(row, mail),
    )


class _Mail(NamedTuple):
    letter: Letter
    understood: Understood


def _read(row: Arrived) -> _Mail | None:
    """The mail, and where it leads; None where it cannot be read or the address has run out."""
    try:
        envelope, raw = spool().read_held(row.file)
    except (Broken, OSError):
        return None
    letter, destination = read_in_child(raw), destination_at(envelope.recipient)
    if not isinstance(letter, Letter) or destination is None or row.person_id is None:
        return None
    # Whose it is was found out when it came.
    destination = destination._replace(person_id=row.person_id)
    written = written_in(letter, destination)
    found = understood(envelope.recipient, destination, letter, written)
    if _is_as_told(found.destination, row):
        return _Mail(letter, found)
    # The words name other readers now than she was told: it goes where it was sent, or nowhere.
    own = Understood(destination, written, letter.subject)
    return _Mail(letter, own) if _is_as_told(destination, row) else None


def _takes_words(row: Arrived, mail: _Mail) -> bool:
    return row.reason == Arrived.Reason.FORWARDED and not cannot_be_said("", mail.understood.destination)


def _looked_through(row: Arrived, mail: _Mail) -> BeforeAll | None:
    if row.reason != Arrived.Reason.LOOK_AT:
        return None
    try:
        return before_all(mail.understood, answered_by(mail.understood.destination))
    except NotThere:
        return None


def _with_words(mail: _Mail, words: str) -> _Mail:
    """With these words of hers and no others. Raises Refused where there are none."""
    words = words.strip()
    if not words and mail.understood.written.passed_on is not None:
        raise Refused(_("Write words of your own first. What you pass on is shown to nobody."), "text")
    if not words:
        raise Refused(_("There are no words yet. Write a few, then send."), "text")
    came = mail.understood.written.words
    if words == came.strip() and mail.understood.destination.line_id is not None:
        # As they came, beside the words that they answer.
        return mail
    if corrects(mail.understood):
        words = f"{came.strip().splitlines()[0]}\n\n{words}"
    written = mail.understood.written._replace(words=words, pieces=(Piece(words, ""),))
    # What the subject said is hers to leave out.
    return mail._replace(understood=mail.understood._replace(written=written, subject=""))


def _is_as_told(destination: Destination, row: Arrived) -> bool:
    return (destination.circle_id, destination.to_all) == (row.circle_id, row.to_all)
