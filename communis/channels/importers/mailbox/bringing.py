"""One import of mails on its way: where each hangs, and what becomes of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.db import transaction

from communis.channels.importers.mailbox.kept_letters import Kept, KeptLetters
from communis.channels.importers.mailbox.places import (
    MISSED,
    NAME,
    Note,
    Places,
    mail_key,
    name_key,
    places_of,
    write_down,
)
from communis.channels.importers.mailbox.report import MailReport
from communis.channels.importers.mailbox.threads import Placed
from communis.channels.importers.mailbox.words import Said, said_in
from communis.conversations.bringing_in import Brought, bring_in
from communis.conversations.kinds import Kind
from communis.conversations.markdown import TextTooLong
from communis.journal.moments import now
from communis.openness.audiences import Audience
from communis.people.models import OutsideName, Person
from communis.people.outside_names import OutsideNames

# Others wait while one transaction writes. What is killed begins again with at most so many mails.
BATCH = 100


class Destination(NamedTuple):
    """To whom the mails are shown. ``source`` is by what they are known there; in another place they are others."""

    source: str
    audience: Audience
    # In a circle a name is the circle's own: nobody can stand behind it elsewhere, and so none is shared with a list
    # that anyone reads.
    names: str

    def names_of(self, mailing_list: str) -> str:
        """The source of the outside names of a list: a person on two lists may be two."""
        return self.names or mailing_list or "mail"


class Bringing:
    """Brings threads in, whole ones together. ``still_here`` is called after each mail."""

    def __init__(
        self,
        destination: Destination,
        kept: KeptLetters,
        in_mailbox: set[str],
        report: MailReport,
        *,
        by: Person,
        dry_run: bool,
        still_here: Callable[[], None],
    ) -> None:
        self.destination = destination
        self.kept = kept
        self.in_mailbox = in_mailbox
        self.report = report
        self.by = by
        self.dry_run = dry_run
        self.still_here = still_here
        self.names: dict[str, OutsideNames] = {}
        self.met: set[str] = set()

    def bring(self, placed: Iterable[Placed]) -> None:
        """All of them: thread after thread, each mail after what it answers."""
        for threads in _together(placed):
            _Threads(self, threads).bring()

    def named(self, kept: Kept) -> OutsideName:
        """The name of whoever wrote; one without letters stands for all who gave none."""
        source = self.destination.names_of(kept.mailing_list)
        if source not in self.names:
            self.names[source] = OutsideNames(source)
        return self.names[source].named(kept.name)


class _Threads:
    """Some whole threads, so many as are looked up at once, and what of them has come so far."""

    def __init__(self, run: Bringing, mails: list[Placed]) -> None:
        self.run = run
        self.mails = mails
        self.places: Places = places_of(mails, run.destination.source, run.in_mailbox)
        # ``{key: contribution id}`` of whatever something can hang on. Mails by mail_key, what is here from another
        # archive by the kind of its row and name_key: no two are alike.
        self.contributions = dict(self.places.mails)
        self.contributions |= {f"{NAME} {key}": number for key, number in self.places.names.items()}
        self.contributions |= {f"{MISSED} {key}": number for key, number in self.places.missed.items()}
        # What is here or about to be, by its place in the mailbox; and of all what they answer there.
        self.keys: dict[str, str] = {}
        self.moments: dict[str, int] = {}
        self.answered = {placed.mail.place: placed.parent for placed in mails}
        # What began each thread, or the first of it that came.
        self.first: dict[int, str] = {}
        self.waiting: list[Brought] = []
        self.notes: list[Note] = []

    def bring(self) -> None:
        for placed in self.mails:
            self._bring(placed)
            if len(self.waiting) >= BATCH:
                self._write()
            self.run.still_here()
        self._write()

    def _bring(self, placed: Placed) -> None:
        key, place, report = mail_key(placed.mail), placed.mail.place, self.run.report
        if key in self.run.met:
            report.twice += 1
            return
        self.run.met.add(key)
        kept = self.run.kept.at(place)
        if kept.left_out:
            report.left_out[kept.left_out] += 1
            return
        answered = self._answered(placed)
        parent = answered or self._beside(placed)
        said_at = self._moment(placed, kept)
        if key in self.places.mails:
            report.already_there += 1
        else:
            try:
                said = said_in(kept.subject, kept.text, kept.html)
                html = said.html(opens=parent is None)
            except TextTooLong as refusal:
                report.refuse(place, str(refusal))
                return
            self._add(placed, kept, key, parent, said, html, said_at)
            if answered is None:
                # Of those that answer what is not here, the others stand below the first.
                first = self.first.get(placed.thread, key)
                self.notes += [Note(MISSED, name_key(name), first) for name in placed.mail.answers]
        self.keys[place] = key
        self.moments[place] = said_at
        self.first.setdefault(placed.thread, key)

    def _answered(self, placed: Placed) -> str | None:
        """The key of what it answers, or of the nearest above that is here."""
        above = placed.parent
        while above is not None and above not in self.keys:
            above = self.answered[above]
        nearer = self._named_nearer(placed)
        if nearer is not None:
            return nearer
        return self.keys[above] if above is not None else None

    def _named_nearer(self, placed: Placed) -> str | None:
        """What it answers and another archive has brought, if nothing in this mailbox is nearer."""
        if not placed.over_missing:
            return None
        for name in placed.mail.answers:
            if name in self.run.in_mailbox:
                return None
            if name_key(name) in self.places.names:
                return f"{NAME} {name_key(name)}"
        return None

    def _beside(self, placed: Placed) -> str | None:
        """The key of the first that answers the same missing mail, or this one, which came later than its answers."""
        missed = [*placed.mail.answers, *([placed.mail.message_id] if placed.mail.message_id else [])]
        for name in map(name_key, missed):
            if name in self.places.missed:
                return f"{MISSED} {name}"
        return self.first.get(placed.thread)

    def _moment(self, placed: Placed, kept: Kept) -> int:
        """The mail's own; else that of what it answers, of the mail before it, or now. Never later than now."""
        if placed.mail.date is not None:
            return min(placed.mail.date, now())
        if placed.parent in self.moments:
            return self.moments[placed.parent]
        return now() if kept.date is None else min(kept.date, now())

    def _add(
        self, placed: Placed, kept: Kept, key: str, parent: str | None, said: Said, html: str, said_at: int
    ) -> None:
        report, mail = self.run.report, placed.mail
        report.added += 1
        report.conversations += parent is None
        for name in kept.files:
            report.leave_file(mail.place, name)
        if self.run.dry_run:
            return
        kind = Kind.POST if parent is None else Kind.COMMENT
        source = said.text if said.text or parent is not None else said.title
        self.waiting.append(Brought(key, parent, kind, html, source, self.run.named(kept), said_at))
        if mail.message_id:
            self.notes.append(Note(NAME, name_key(mail.message_id), key))

    def _write(self) -> None:
        """In one transaction: a mail that is shown is known the next time, and one that is known is shown."""
        if not self.waiting:
            return
        parents = {thing.parent for thing in self.waiting if thing.parent is not None}
        here = {key: self.contributions[key] for key in parents if key in self.contributions}
        destination = self.run.destination
        with transaction.atomic():
            made = bring_in(self.waiting, by=self.run.by, here=here, audience=destination.audience)
            self.contributions |= made
            write_down(destination.source, made, self.notes, self.contributions)
        self.waiting, self.notes = [], []


def _together(placed: Iterable[Placed]) -> Iterator[list[Placed]]:
    """Whole threads, at least ``BATCH`` mails of them: most threads are short, and each look-up has its price."""
    together: list[Placed] = []
    for one in placed:
        if len(together) >= BATCH and one.thread != together[-1].thread:
            yield together
            together = []
        together.append(one)
    if together:
        yield together
