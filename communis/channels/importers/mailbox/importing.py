"""Brings mailing lists and mailboxes in, so many mails at a time, so that an import that is killed goes on.

The mailbox is read once, each mail in a process with limits, and put by on disk; then its threads are known, and they
are brought in one after the other.
"""

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from communis.channels.email.parsing.in_child import read_in_child
from communis.channels.email.parsing.kinds import Evidence, LetterKind, kind_of
from communis.channels.email.parsing.letter import Letter, Unreadable
from communis.channels.email.parsing.letter import Reason as NotRead
from communis.channels.importers.mailbox.bringing import Bringing, Destination
from communis.channels.importers.mailbox.kept_letters import Kept, KeptLetters
from communis.channels.importers.mailbox.reading import Mail, Why, mails
from communis.channels.importers.mailbox.report import MailReport
from communis.channels.importers.mailbox.threads import Traced, threads, traced
from communis.channels.importers.mailbox.words import list_of, name_of
from communis.openness.audiences import audience_of
from communis.openness.rungs import Rung
from communis.people.circles_held import circles_held
from communis.people.holdings import viewer_for
from communis.people.models import Person

# How many mails are done, and how many there are; zero while they are read, and so nothing is brought in yet.
Progress = Callable[[int, int], None]


class MailboxRefused(Exception):
    """Nothing was brought in, or no more than before; the message says why, and what to do."""

    def as_dict(self, name: str) -> dict[str, object]:
        """A report of nothing, with the one reason. ``name`` stands for the mailbox."""
        report = MailReport()
        report.refuse(name, str(self))
        return report.as_dict()


def import_mailbox(
    mailbox: Path,
    *,
    by: Person,
    circle: str = "",
    public: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> MailReport:
    """Bring the mails in, or (dry run) say what would be. A second time, or from another archive, adds nothing.

    ``circle`` is the name or the public id of a circle that ``by`` is in; either that or ``public``. Raises
    MailboxRefused.
    """
    tell = progress or (lambda done, total: None)
    destination = _destination(circle, public, by)
    _see_that_it_opens(mailbox)
    report = MailReport()
    with KeptLetters() as kept:
        lines = _read(mailbox, kept, report, tell)
        found = threads(lines)
        report.twice = len(found.duplicates)
        done, total = 0, len(found.mails)

        def still_here() -> None:
            nonlocal done
            done += 1
            tell(done, total)

        in_mailbox = {line.message_id for line in lines if line.message_id}
        bringing = Bringing(
            destination, kept, in_mailbox, report, by=by, dry_run=dry_run, still_here=still_here
        )
        try:
            bringing.bring(found.mails)
        except IntegrityError as error:
            why = _("Another import brings the same mails in. Start this one again when that is done.")
            raise MailboxRefused(why) from error
    return report


def _destination(circle: str, public: bool, by: Person) -> Destination:
    if not by.steward:
        raise MailboxRefused(_("A steward brings in lists."))
    if public == bool(circle):
        raise MailboxRefused(
            _("Say who is to read it: --public for anyone, or --circle and the name of a circle you are in.")
        )
    if public:
        if not settings.PUBLIC_RUNG:
            raise MailboxRefused(_("This organisation opens nothing to everyone. Choose a circle: --circle."))
        return Destination("everyone", audience_of(Rung.PUBLIC), "")
    held = circles_held(viewer_for(by.id))
    named = [one for one in held if circle == one.public_id] or [one for one in held if circle == one.name]
    if not named:
        # The same whether there is such a circle or not.
        raise MailboxRefused(
            _("You are in no circle of that name. Write the name as its page has it, or join it first.")
        )
    if len(named) > 1:
        raise MailboxRefused(
            _("You are in two circles of that name. Give the last part of its page's address instead.")
        )
    source = f"circle {named[0].public_id}"
    return Destination(source, audience_of(Rung.CIRCLE, {named[0].principal_id}), source)


def _see_that_it_opens(mailbox: Path) -> None:
    """Before anything else, so that whatever fails later is not taken for this."""
    try:
        if mailbox.is_dir():
            os.scandir(mailbox).close()
        else:
            mailbox.open("rb").close()
    except OSError as error:
        raise MailboxRefused(_("It cannot be opened. See that it is there and may be read.")) from error


def _read(mailbox: Path, kept: KeptLetters, report: MailReport, tell: Progress) -> list[Traced]:
    lines: list[Traced] = []
    before: int | None = None
    for found in mails(mailbox):
        report.read += 1
        tell(report.read, 0)
        if not isinstance(found, Mail):
            report.refuse(found.place, _passed_over(found.why))
            continue
        place, raw = found
        letter = read_in_child(raw)
        if isinstance(letter, Unreadable):
            report.refuse(place, _unreadable(letter.reason))
            continue
        before = letter.date if letter.date is not None else before
        kept.put_by(place, _kept(letter, before))
        lines.append(traced(letter, place=place, raw=raw))
    return lines


def _kept(letter: Letter, date: int | None) -> Kept:
    left_out = _left_out(letter)
    if left_out:
        return Kept(left_out, "", "", "", None, None, (), date)
    return Kept(
        "",
        name_of(letter),
        list_of(letter),
        letter.subject,
        letter.text,
        letter.html if letter.text is None else None,
        tuple(file.name for file in letter.attachments),
        date,
    )


def _left_out(letter: Letter) -> str:
    """Of which kind it is when no person wrote it; what a list sends on, somebody has written to the list."""
    own_hosts = [settings.MAIL_DOMAIN] if settings.MAIL_DOMAIN else []
    judged = kind_of(letter, own_hosts=own_hosts)
    if judged.kind in (LetterKind.PERSONAL, LetterKind.LIST):
        return ""
    # Old lists say of each mail that it goes to many, and nothing else of themselves.
    marked = {value.strip().lower() for value in letter.header("precedence")}
    if judged.evidence == Evidence.PRECEDENCE and marked == {"bulk"}:
        return ""
    return str(judged.kind.value)


def _passed_over(why: Why) -> str:
    return {
        Why.TOO_LARGE: _("It is larger than 50 MiB."),
        Why.NO_MAIL: _("This is no mail."),
        Why.BROKEN: _("The file is cut or damaged here. What stood before it has been read."),
        Why.UNREADABLE: _("The file cannot be read."),
    }[why]


def _unreadable(reason: NotRead) -> str:
    return {
        NotRead.EMPTY: _("The mail is empty."),
        NotRead.TOO_LARGE: _("It is larger than 50 MiB."),
        NotRead.TOO_MANY_HEADERS: _("It has more headers than any mail needs."),
        NotRead.TOO_MANY_PARTS: _("It has more parts than any mail needs."),
        NotRead.TOO_DEEP: _("Its parts lie too deep in one another."),
        NotRead.TOO_SLOW: _("It takes too long to read."),
        NotRead.TOO_MUCH_MEMORY: _("It takes too much memory to read."),
        NotRead.BROKEN: _("Communis has a fault with this mail. Please report it."),
    }[reason]
