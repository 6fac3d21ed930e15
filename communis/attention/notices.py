"""One's notices, drawn from what one may see at this look (trust G6, L15).

A notice whose line shows nothing any more is not in the list: it leaves no gap and no number.
"""

from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, OuterRef, QuerySet, Value, When

from communis.answers.cutting_down import reports_seen
from communis.answers.trials.models import Trial
from communis.attention.counted import HowMany, newest_counted
from communis.attention.importance import BY_IMPORTANCE
from communis.attention.models import Notice
from communis.behind_the_scenes.models import Claim
from communis.conversations.corrections import Correction, correction
from communis.conversations.following import looked_since, ways_of
from communis.conversations.gate import Seen
from communis.conversations.hiding import is_hidden
from communis.conversations.lines import lines_seen
from communis.conversations.models import Following
from communis.conversations.refusals import NotThere
from communis.journal.record import abouts
from communis.looking.viewers import Viewer
from communis.people.circles_held import circles_held
from communis.people.models import Circle, Person
from communis.widening.models import Lesson, Widening

_BATCH = 50


_OPENINGS = {
    Notice.Reason.ASKED,
    Notice.Reason.ASKED_AGAIN,
    Notice.Reason.WILL_OPEN,
    Notice.Reason.CAN_OPEN,
}
_REPORTS = {Notice.Reason.REPORTED, Notice.Reason.REPORT_HANDLED}
NAME_CLAIMS = (
    Notice.Reason.NAME_CLAIM_WAITS,
    Notice.Reason.NAME_CLAIM_ANSWERED,
    Notice.Reason.NAME_CLAIM_OFFERED,
)
TRIALS = (Notice.Reason.CHANGED, Notice.Reason.REVIEW_DUE, Notice.Reason.GUARDIAN)


class Told(NamedTuple):
    """A notice as it is shown: why, about what, and how the person follows the conversation."""

    public_id: str
    reason: Notice.Reason
    made_at: int
    read: bool
    said: Seen | None
    conversation: str
    circle: Circle | None
    # The public id of the opening it is about, or of the lesson.
    widening: str
    lesson: str
    # The public id of what someone has shown to have written.
    claim: str
    # The public id of what someone reported.
    report: str
    # What was tried: its public id, and what it is called.
    trial: tuple[str, str] | None
    # How many wait, where the notice says that.
    counted: HowMany
    way: Following.Way | None
    # The number of the journal's entry that it follows from.
    entry: int


class After(NamedTuple):
    """The last notice of the page before: its moment and public id."""

    made_at: int
    public_id: str


def unread(viewer: Viewer, *, by: Person, most: int) -> list[Told]:
    """The newest that wait to be read."""
    return _told(_own(viewer, by).filter(was_read=False), viewer, by, most)


def told(viewer: Viewer, *, by: Person, after: After | None = None, size: int = 30) -> list[Told]:
    """A page of all that one was told, newest first."""
    rows = _own(viewer, by)
    if after is not None:
        last = rows.filter(public_id=after.public_id).first()
        rows = rows.filter(id__lt=last.id) if last is not None else rows.filter(made_at__lt=after.made_at)
    return _told(rows, viewer, by, size)


def one(public_id: str, viewer: Viewer, *, by: Person) -> tuple[Told, Correction | None]:
    """One's own notice, and for a correction the old and the new words. Raises NotThere."""
    row = _own(viewer, by).filter(public_id=public_id).first()
    shown = _shown([row], viewer, by) if row is not None else []
    if row is None or not shown:
        raise NotThere
    said = shown[0].said
    if shown[0].reason != Notice.Reason.CORRECTED or said is None or is_hidden(said):
        return shown[0], None
    about = abouts([row.entry])[row.entry]
    before, after = int(str(about["before"])), int(str(about["share"]))
    return shown[0], correction(said.line, before, after, viewer)


def of_entry(entry: int, viewer: Viewer, *, by: Person) -> Told | None:
    """What one was told of this entry of the journal; None when it shows nothing any more."""
    shown = _shown(list(_own(viewer, by).filter(entry=entry)), viewer, by)
    return shown[0] if shown else None


def gathered(
    viewer: Viewer, *, by: Person, between: tuple[int, int], without: set[int], most: int
) -> list[Told]:
    """What waits to be read of the notices numbered between the two, the most important first, then the newest.

    ``without`` are entries that the person was told of in another way. What the person keeps silent is left out.
    """
    first, last = between
    importance = Case(*(When(reason=reason, then=Value(at)) for at, reason in enumerate(BY_IMPORTANCE)))
    rows = _own(viewer, by).filter(was_read=False, id__gt=first, id__lte=last)
    rows = rows.exclude(entry__in=without).order_by(importance, "-id")
    found: list[Told] = []
    begin = 0
    while len(found) < most:
        batch = list(rows[begin : begin + _BATCH])
        found += [one for one in _shown(batch, viewer, by) if one.way != Following.Way.SILENT]
        if len(batch) < _BATCH:
            break
        begin += _BATCH
    return found[:most]


def _own(viewer: Viewer, by: Person) -> QuerySet[Any]:
    """Newest first. What is corrected has to be read itself; other things are read with their conversation."""
    looked = looked_since(OuterRef("conversation_id"), OuterRef("opened_at"), by=by.id)
    read = Case(
        When(read_at__isnull=False, then=Value(True)),
        When(reason=Notice.Reason.CORRECTED, then=Value(False)),
        When(looked, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    own: QuerySet[Any] = Notice.visible.to(viewer).annotate(was_read=read).order_by("-id")
    return own


def _told(rows: QuerySet[Any], viewer: Viewer, by: Person, most: int) -> list[Told]:
    """Fills the page from below when something on it is not shown any more (trust L10)."""
    found: list[Told] = []
    below: int | None = None
    while len(found) < most:
        batch = list((rows if below is None else rows.filter(id__lt=below))[:_BATCH])
        found += _shown(batch, viewer, by)
        if len(batch) < _BATCH:
            break
        below = batch[-1].id
    return found[:most]


def _shown(rows: list[Any], viewer: Viewer, by: Person) -> list[Told]:
    lines = lines_seen([row.line_id for row in rows if row.line_id is not None], viewer)
    ways = ways_of([row.conversation_id for row in rows if row.conversation_id is not None], by=by)
    welcomes = [row.entry for row in rows if row.reason == Notice.Reason.WELCOME]
    about = {entry: int(str(said["circle"])) for entry, said in abouts(welcomes).items()} if welcomes else {}
    circles = {circle.id: circle for circle in circles_held(viewer, about.values())} if about else {}
    widenings = _widenings([row.entry for row in rows if row.reason in _OPENINGS], viewer)
    lessons = _lessons([row.entry for row in rows if row.reason == Notice.Reason.LESSON], viewer)
    claims = _claims([row.entry for row in rows if row.reason == Notice.Reason.SHOWN], viewer)
    reports = _reports([row.entry for row in rows if row.reason in _REPORTS], viewer)
    trials = _trials([row.entry for row in rows if row.reason in TRIALS], viewer)
    counts = newest_counted([row.reason for row in rows], by=by)
    shown: list[Told] = []
    for row in rows:
        seen = lines.get(row.line_id) if row.line_id is not None else None
        circle = circles.get(about.get(row.entry, 0))
        widening, lesson = widenings.get(row.entry, ""), lessons.get(row.entry, "")
        report, trial = reports.get(row.entry, ""), trials.get(row.entry)
        # Of a name in a letter that the person does not read.
        alone = row.reason in NAME_CLAIMS and row.line_id is None
        counted = counts.get(row.entry, HowMany())
        nothing = seen is None and circle is None and trial is None and not widening and not lesson
        if nothing and not report and not alone and not counted.waits:
            continue
        if row.reason == Notice.Reason.SHOWN and row.entry not in claims:
            continue
        shown.append(
            Told(
                row.public_id,
                Notice.Reason(row.reason),
                row.made_at,
                row.was_read,
                seen.share if seen else None,
                seen.conversation_public_id if seen else "",
                circle,
                widening,
                lesson,
                claims.get(row.entry, ""),
                report,
                trial,
                counted,
                ways.get(row.conversation_id or 0),
                row.entry,
            )
        )
    return shown


def _widenings(entries: list[int], viewer: Viewer) -> dict[int, str]:
    """``{entry: public id of the opening it is about}``, of those the viewer may see."""
    if not entries:
        return {}
    about = {entry: int(str(said["widening"])) for entry, said in abouts(entries).items()}
    seen = Widening.visible.to(viewer).filter(id__in=set(about.values()))
    public_ids = dict(seen.values_list("id", "public_id"))
    return {entry: public_ids[number] for entry, number in about.items() if number in public_ids}


def _lessons(entries: list[int], viewer: Viewer) -> dict[int, str]:
    """``{entry: public id of the lesson it is about}``, of those the viewer may see."""
    if not entries:
        return {}
    about = {entry: int(str(said["lesson"])) for entry, said in abouts(entries).items()}
    seen = Lesson.visible.to(viewer).filter(id__in=set(about.values()))
    public_ids = dict(seen.values_list("id", "public_id"))
    return {entry: public_ids[number] for entry, number in about.items() if number in public_ids}


def _claims(entries: list[int], viewer: Viewer) -> dict[int, str]:
    """``{entry: public id of the claim it is about}``, of those the viewer is shown."""
    if not entries:
        return {}
    about = {entry: int(str(said["claim"])) for entry, said in abouts(entries).items()}
    seen = Claim.visible.to(viewer).filter(id__in=set(about.values()))
    public_ids = dict(seen.values_list("id", "public_id"))
    return {entry: public_ids[number] for entry, number in about.items() if number in public_ids}


def _reports(entries: list[int], viewer: Viewer) -> dict[int, str]:
    """``{entry: public id of the report it is about}``, of those the viewer made or receives."""
    if not entries:
        return {}
    about = {entry: int(str(said["report"])) for entry, said in abouts(entries).items()}
    seen = reports_seen(about.values(), viewer)
    return {entry: seen[number] for entry, number in about.items() if number in seen}


def _trials(entries: list[int], viewer: Viewer) -> dict[int, tuple[str, str]]:
    """``{entry: (public id of the trial it is about, what that is)}``, of those the viewer may see."""
    if not entries:
        return {}
    about = {entry: int(str(said["trial"])) for entry, said in abouts(entries).items()}
    seen = Trial.visible.to(viewer).filter(id__in=set(about.values()))
    found = {number: (public, what) for number, public, what in seen.values_list("id", "public_id", "what")}
    return {entry: found[number] for entry, number in about.items() if number in found}
