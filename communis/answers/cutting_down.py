"""Being cut down: said to one person whom the organisation has named, and who is not the one who did it (R24).

What that person reads is what the reporter lets her: own words and the answer to them, as the reporter reads them at
that moment. It is the one place where words go to someone outside their audience without their author: a declared
way past the gate with its own test, journalled, and over when the report is handled (rulings.md).
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from communis.answers.models import CoHost, CutDown, Mandate
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.hiding import hide_contribution
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_seen, said_on
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.telling import author_of
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.people.addresses import persons_at
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import names_of

LONGEST = 500
REPORTED = {Kind.ANSWER, Kind.COMMENT}


class Report(NamedTuple):
    """A report as one of the two sees it: names and words for the receiver until it is handled."""

    public_id: str
    reporter: str
    receiver: str
    own_words: str
    words: str
    said_by: str
    word: str
    made_at: int
    handled_at: int | None


def may_report(seen: Seen, *, by: Person) -> bool:
    """Whether it is what someone else answered to the person's own words."""
    return _own_answered(seen, by) is not None


def _own_answered(seen: Seen, by: Person) -> Seen | None:
    """The person's own words that this answers, as she sees them; None where it does not."""
    if seen.own or seen.kind not in REPORTED or seen.parent is None:
        return None
    answered = seen_contributions([seen.parent], viewer_for(by.id))
    return answered[0] if answered and answered[0].own else None


def who_receives(seen: Seen, *, by: Person) -> Person | None:
    """The first of those named who neither said it, nor answers along with who did, nor is asking; None for nobody.

    Nobody either where no name stands under the words: whom it went past would tell who wrote them.
    """
    if seen.person_name is None:
        return None
    writers = author_of(seen.line_number)
    near = {by.id, *writers}
    own = Mandate.everything.filter(person_id__in=writers).values("id")
    along = CoHost.objects.filter(person_id__in=writers).values("mandate_id")
    near |= set(CoHost.objects.filter(mandate_id__in=own).values_list("person_id", flat=True))
    near |= set(CoHost.objects.filter(mandate_id__in=along).values_list("person_id", flat=True))
    near |= set(Mandate.everything.filter(id__in=along).values_list("person_id", flat=True))
    return next((one for one in persons_at(settings.RECEIVES_REPORTS) if one.id not in near), None)


def report(line: str, receiver: str, word: str, *, by: Person, key: str = "") -> str:
    """Say that the words on the line cut one down; returns the report's public id.

    ``receiver`` is the public id of who was shown to read it. Raises NotThere; Refused when someone else would, when
    there is nobody, and the second time.
    """

    def act() -> str:
        seen = line_seen(line, viewer_for(by.id)).share
        own = _own_answered(seen, by)
        if own is None:
            raise NotThere
        person = who_receives(seen, by=by)
        if person is None:
            raise Refused(_("Nobody here receives such reports."), "word")
        if person.public_id != receiver:
            raise Refused(_("Someone else would read it now. Look once more before you send."), "word")
        said = " ".join(word.replace("\x00", "").split())
        if len(said) > LONGEST:
            raise Refused(_("At most 500 characters."), "word")
        if CutDown.everything.filter(reporter=by, line_id=seen.line_number).exists():
            raise Refused(_("You have reported it already."), "word")
        made = CutDown.everything.create(
            public_id=public_id(),
            reporter=by,
            receiver=person,
            line_id=seen.line_number,
            own_words=own.html,
            words=seen.html,
            said_by=seen.person_name or "",
            word=said,
            made_at=now(),
        )
        record("reported cutting down", by=by.id, report=made.id, line=seen.line_number)
        return made.public_id

    return once(by.id, key, act)


def handle(public_id: str, *, by: Person) -> None:
    """Say that a report is handled: its words are then shown to nobody any more. Raises NotThere."""
    found = CutDown.everything.filter(public_id=public_id, receiver=by).first()
    if found is None:
        raise NotThere
    fresh = CutDown.everything.filter(id=found.id, handled_at=None)
    if fresh.update(handled_at=now()):
        record("handled report", by=by.id, report=found.id, line=found.line_id)


def hide_reported(public_id: str, reason: str, *, by: Person, key: str = "") -> None:
    """Hide the words that were reported, for all who read them, while the report is not handled (D20).

    Raises NotThere; Refused without a reason, and when they are hidden or gone already.
    """

    def act() -> str:
        found = CutDown.everything.filter(public_id=public_id, receiver=by, handled_at=None).first()
        if found is None:
            raise NotThere
        return hide_contribution(said_on([found.line_id])[found.line_id], reason, by=by)

    once(by.id, key, act)


def reports_to(viewer: Viewer, *, by: Person) -> list[Report]:
    """Those the person receives, what waits first and the oldest of it on top."""
    rows = CutDown.visible.to(viewer).filter(receiver_id=by.id).order_by("id")
    found = [_shown(row) for row in rows]
    return sorted(found, key=lambda one: one.handled_at is not None)


def own_report(seen: Seen, viewer: Viewer, *, by: Person) -> Report | None:
    """What the person has reported of these words; for that person alone."""
    found = CutDown.visible.to(viewer).filter(reporter_id=by.id, line_id=seen.line_number).first()
    return _shown(found) if found is not None else None


def _shown(row: CutDown) -> Report:
    names = names_of([row.reporter_id, row.receiver_id])
    waits = row.handled_at is None
    return Report(
        row.public_id,
        names[row.reporter_id][1],
        names[row.receiver_id][1],
        row.own_words if waits else "",
        row.words if waits else "",
        row.said_by if waits else "",
        row.word if waits else "",
        row.made_at,
        row.handled_at,
    )


def receiver_of(report: int) -> set[int]:
    """Who receives it: for telling."""
    return set(CutDown.everything.filter(id=report).values_list("receiver_id", flat=True))


def reporter_of(report: int) -> set[int]:
    """Who reported it: for telling."""
    return set(CutDown.everything.filter(id=report).values_list("reporter_id", flat=True))


def reports_seen(numbers: Iterable[int], viewer: Viewer) -> dict[int, str]:
    """``{number: public id}`` of those of the reports that the viewer made or receives."""
    rows = CutDown.visible.to(viewer).filter(id__in=set(numbers))
    return dict(rows.values_list("id", "public_id"))
