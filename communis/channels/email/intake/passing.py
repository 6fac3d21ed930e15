"""Whoever wrote what a mail passed on is asked once; with a yes those who read the mail read it too (R9, trust L21).

The sender of the mail asks, for that tells its author that she wrote, and to whom. Whether the author is somebody here,
and what he or she chose, she learns only by a yes.
"""

import hashlib
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from communis.channels.email.intake.passed_on import found_in
from communis.channels.email.models import Arrived, Passing
from communis.channels.email.parting.forwards import Forwarded
from communis.channels.email.queueing import queue
from communis.channels.email.templates import PASSING
from communis.conversations.contributing import say_as_given
from communis.conversations.kinds import Kind
from communis.conversations.lines import LineOpen, line_open, lines_said
from communis.conversations.models import Share
from communis.conversations.refusals import NotThere, Refused
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.openness.describing import audience_seen
from communis.openness.rungs import Rung
from communis.people.addresses import persons_at
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import person_with

_MOST_SHOWN = 50


class Asked(NamedTuple):
    """What its author is asked: may those named ``readers`` read these words? ``seen`` stands for all of this."""

    public_id: str
    words: str
    sender: str
    readers: str
    seen: str


def may_ask(arrived: Arrived) -> bool:
    """Whether its sender can have the author asked: of a letter whose readers are all in the list of persons."""
    return arrived.passed_on and not was_asked(arrived) and _readers(arrived) is not None


def was_asked(arrived: Arrived) -> bool:
    return Passing.objects.filter(arrived=arrived).exists()


@transaction.atomic
def ask_author(arrived: str, *, by: Person) -> None:
    """Ask whoever wrote what the mail passed on, where that is somebody here. Safe to repeat; nobody is asked twice.

    Raises NotThere for anyone else's mail, and where nobody can be asked.
    """
    row = Arrived.objects.select_for_update().filter(public_id=arrived, person=by, passed_on=True).first()
    if row is None:
        raise NotThere
    if was_asked(row):
        return
    found = found_in(row)
    if found is None or _readers(row) is None:
        raise NotThere
    author = next((one for one in persons_at([found.sender.address]) if one.id != by.id), None)
    passing = Passing.objects.create(
        public_id=public_id(), arrived=row, author=author if _words(found) else None, asked_at=now()
    )
    record("asked to pass on", by=by.id, passing=passing.id)
    if passing.author_id is not None:
        queue(PASSING, passing.author_id, passing.id, passing.public_id, about={"passing": passing.public_id})


def asked_of(by: Person) -> list[Asked]:
    """What the person is asked and has not answered, the oldest first, at most fifty; of deleted mails nothing."""
    rows = Passing.objects.filter(author=by, answered_at=None).select_related("arrived").order_by("id")
    return [asked for row in rows[:_MOST_SHOWN] if (asked := _asked(row)) is not None]


@transaction.atomic
def answer_passing(passing: str, *, agree: bool, seen: str, by: Person) -> Share | None:
    """A no, of which nobody hears; or a yes to exactly what was shown, and it is said in the author's name.

    Raises NotThere for what another was asked or is answered, and Refused when it reads otherwise now.
    """
    row = Passing.objects.select_for_update().filter(public_id=passing, author=by, answered_at=None).first()
    if row is None:
        raise NotThere
    row.answered_at = now()
    if not agree:
        row.save()
        return None
    asked, standing = _asked(row), _standing(row.arrived)
    if asked is None or standing is None:
        raise NotThere
    if asked.seen != seen:
        raise Refused(_("It reads otherwise now, or for others. Look again, then answer."))
    with override(by.language):
        note = _("From a mail that %(name)s passed on.") % {"name": asked.sender}
    share = say_as_given(standing.share.line_id, f"{asked.words}\n\n*{note}*", by=by, kind=Kind.COMMENT)
    row.contribution_id = share.contribution_id
    row.save()
    return share


def _asked(row: Passing) -> Asked | None:
    found, readers = found_in(row.arrived), _readers(row.arrived)
    if found is None or readers is None or row.arrived.person_id is None:
        return None
    words = _words(found)
    # Nothing that is counted is in it: she could try the numbers.
    seen = hashlib.sha256(f"{row.public_id}\0{readers}\0{words}".encode()).hexdigest()
    return Asked(row.public_id, words, person_with(row.arrived.person_id).name, readers, seen)


def _words(found: Forwarded) -> str:
    """The author's own: others wrote what stood below, and whoever passed it on can have changed the subject."""
    return found.body.strip()


def _standing(arrived: Arrived) -> LineOpen | None:
    """Where her own words stand, as the sender sees it; None where they are gone."""
    lines = sorted(lines_said(arrived.contribution_id or 0))
    if not lines or arrived.person_id is None:
        return None
    try:
        return line_open(lines[0], viewer_for(arrived.person_id))
    except NotThere:
        return None


def _readers(arrived: Arrived) -> str | None:
    """Everybody who reads the letter; None where not all of them can be named to somebody who does not read it."""
    standing = _standing(arrived)
    if standing is None or standing.share.rung != Rung.DIRECT or arrived.person_id is None:
        return None
    seen = audience_seen(standing.share.audience_id, viewer_for(arrived.person_id))
    sender = person_with(arrived.person_id)
    if seen.unlisted or sender.protected:
        return None
    return ", ".join([*seen.persons, sender.name])
