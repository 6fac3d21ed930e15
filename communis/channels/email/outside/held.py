"""Mail from outside waits for a steward, who lets it in to those who answer the question, or throws it away (R81).

It was written to the organisation and is said to nobody yet: somebody has to look at it before it is put before people.
Every steward may; after that she reads it no more than anyone else.
"""

from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from communis.channels.email.intake.receiving import spool
from communis.channels.email.intake.saying import with_subject
from communis.channels.email.intake.spool import Broken
from communis.channels.email.intake.written import Written, written_in
from communis.channels.email.models import Arrived
from communis.channels.email.outside.addresses import hosts_for, public_question, question_shown
from communis.channels.email.outside.limits import DAYS_KEPT
from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.letter import Letter
from communis.channels.importers.mailbox.words import name_of, title_of
from communis.conversations.bringing_in import bring_in_letter
from communis.conversations.refusals import NotThere, Refused
from communis.journal.moments import DAY, now
from communis.journal.record import record
from communis.openness.bylines import outside_name_shown
from communis.people.models import Person
from communis.people.outside_names import OutsideNames, name_of_mail, source_of_mail

Outcome = Arrived.Outcome
# Each of them is read anew.
MOST_SHOWN = 20


class FromOutside(NamedTuple):
    """A mail as a steward sees it: what it says of itself, and what of it would be said."""

    public_id: str
    arrived_at: int
    # Whether it is proved that it comes from the address it names.
    proved: bool
    name: str
    address: str
    subject: str
    words: str
    # The names of files, which do not come along.
    files: tuple[str, ...]
    # The question it is to, in its first line, and its conversation; empty where that is no longer open to anyone.
    question: str
    conversation: str
    # Why it cannot be let in; empty where it can.
    fault: str


class LetIn(NamedTuple):
    """What was let in, and nobody here stands behind: its name and the question, and no words."""

    public_id: str
    arrived_at: int
    name: str
    question: str
    conversation: str


def waiting_from_outside(*, by: Person) -> list[FromOutside]:
    """The oldest twenty. Raises NotThere for who is no steward."""
    return [_shown(row, by) for row in _rows(by).filter(outcome=Outcome.HELD)[:MOST_SHOWN]]


def does_mail_wait(*, by: Person) -> bool:
    """Whether there is something to look at. Raises NotThere for who is no steward."""
    return _rows(by).filter(outcome=Outcome.HELD).exists()


def let_in_lately(*, by: Person) -> list[LetIn]:
    """The newest twenty under a name, as long as the mail itself is kept. Raises NotThere for who is no steward."""
    rows = _rows(by).filter(outcome=Outcome.PUBLISHED, arrived_at__gt=now() - DAYS_KEPT * DAY)
    found: list[LetIn] = []
    for row in rows.order_by("-arrived_at", "-id")[:MOST_SHOWN]:
        name = name_of_mail(row.public_id)
        if name is not None and name.name:
            question = question_shown(public_question(row.line_id or 0))
            found.append(LetIn(row.public_id, row.arrived_at, name.name, *question))
    return found


def let_in(mail: str, *, by: Person) -> None:
    """Say it to those who answer the question, under the name that the mail gives. Safe to repeat.

    Raises NotThere for who is no steward; Refused where it cannot be said, or another steward threw it away.
    """
    # Read before the transaction, in which nobody else can write.
    found = _rows(by).filter(public_id=mail).first()
    letter = _letter(found) if found is not None else None
    if found is None:
        raise NotThere
    with transaction.atomic():
        row = _rows(by).select_for_update().get(id=found.id)
        if row.outcome == Outcome.HELD:
            _say(row, letter, by)
        elif row.outcome != Outcome.PUBLISHED:
            raise Refused(_("It has been thrown away."))
    spool().decided(found.file)


def throw_away(mail: str, *, by: Person) -> None:
    """It is not to be said. The mail itself is deleted with the others, after thirty days. Safe to repeat.

    Raises NotThere, and Refused where another steward let it in.
    """
    with transaction.atomic():
        row = _rows(by).select_for_update().filter(public_id=mail).first()
        if row is None:
            raise NotThere
        if row.outcome == Outcome.PUBLISHED:
            raise Refused(_("It has been let in."))
        if row.outcome != Outcome.THROWN_AWAY:
            row.outcome = Outcome.THROWN_AWAY
            row.save()
            _record("threw away mail from outside", row, by=by.id)
    spool().decided(row.file)


def forget_old() -> int:
    """Delete what nobody decided about in thirty days; returns how much. For the worker, and safe to repeat."""
    old = Arrived.objects.filter(outside__isnull=False, person=None, outcome=Outcome.HELD)
    rows = list(old.filter(arrived_at__lt=now() - DAYS_KEPT * DAY))
    for row in rows:
        spool().forget_held(row.file)
        with transaction.atomic():
            if old.filter(id=row.id).update(outcome=Outcome.THROWN_AWAY):
                _record("deleted mail from outside", row, by=None)
    return len(rows)


def _record(verb: str, row: Arrived, *, by: int | None) -> None:
    """What kind of mail it was, so that a registrar can follow what became of it. Nothing that stood in it."""
    record(verb, by=by, mail=row.id, line=row.line_id, proved=int(row.proved))


def _rows(by: Person) -> QuerySet[Arrived]:
    """All that came from outside. What a person here wrote to such an address is hers alone."""
    if not by.steward:
        raise NotThere
    return Arrived.objects.filter(outside__isnull=False, person=None).order_by("arrived_at", "id")


def _say(row: Arrived, letter: Letter | None, by: Person) -> None:
    written = written_in(letter, None) if letter is not None else None
    question = public_question(row.line_id or 0)
    fault = _fault(row, written, by)
    if letter is None or written is None or question is None or fault:
        raise Refused(fault)
    share = bring_in_letter(
        question.share,
        _with_note(with_subject(title_of(letter.subject), written.words), proved=row.proved),
        author=OutsideNames(source_of_mail(row.public_id)).named(name_of(letter)),
        readers=hosts_for(question.share, by=by),
        by=by,
    )
    row.outcome = Outcome.PUBLISHED
    row.contribution_id = share.contribution_id
    row.save()


def _with_note(words: str, *, proved: bool) -> str:
    """Its readers are told what kind of name stands there: anybody can write any."""
    with override(settings.LANGUAGE_CODE):
        note = _("From a mail that came from outside.")
        if not proved:
            note = f"{note} {_('Nothing proves who sent it.')}"
    return f"{words}\n\n*{note}*"


def _shown(row: Arrived, by: Person) -> FromOutside:
    letter = _letter(row)
    written = written_in(letter, None) if letter is not None else None
    return FromOutside(
        row.public_id,
        row.arrived_at,
        row.proved,
        outside_name_shown(name_of(letter)) if letter is not None else "",
        letter.sender.address if letter is not None and letter.sender is not None else "",
        title_of(letter.subject) if letter is not None else "",
        written.words if written is not None else "",
        tuple(file.name for file in written.files) if written is not None else (),
        *question_shown(public_question(row.line_id or 0)),
        _fault(row, written, by),
    )


def _fault(row: Arrived, written: Written | None, by: Person) -> str:
    """Why the mail cannot be let in; empty where it can."""
    question = public_question(row.line_id or 0)
    if written is None:
        return _("It could not be read.")
    if not written.words.strip():
        return _("There are no words of its sender's own in it.")
    if question is None:
        return _("The question is not open to anyone any more.")
    if not hosts_for(question.share, by=by):
        return _("Nobody answers the question who can be written to.")
    return ""


def _letter(row: Arrived) -> Letter | None:
    try:
        _envelope, raw = spool().read_held(row.file)
    except (Broken, OSError):
        return None
    letter = read_in_child(raw)
    return letter if isinstance(letter, Letter) else None
