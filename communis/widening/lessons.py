"""A lesson for all: after a private answer, its reasons told to more people without the person (R25).

Whoever answered writes it; the person answered reads the exact words and agrees, or nothing happens. Silence and a
no look alike. It becomes a post of its own, with nothing in it that leads to what was private.
"""

from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from communis.conversations import markdown
from communis.conversations.contributing import start
from communis.conversations.gate import Seen, seen_contributions
from communis.conversations.kinds import Kind
from communis.conversations.lines import line_seen
from communis.conversations.refusals import NotThere, Refused
from communis.conversations.telling import author_of
from communis.conversations.thanking import has_author_here
from communis.conversations.visible_text import plain
from communis.conversations.wider import hold
from communis.journal.idempotency import once
from communis.journal.ids import public_id
from communis.journal.moments import DAY, HOUR, now
from communis.journal.record import record
from communis.looking.viewers import Viewer
from communis.openness.bylines import Byline
from communis.openness.choosing import Choice
from communis.openness.rungs import Rung
from communis.people.holdings import viewer_for
from communis.people.models import Person
from communis.people.naming import person_with
from communis.widening.check import check
from communis.widening.findings import Finding, stopped
from communis.widening.models import Lesson

DAYS = 14
State = Lesson.State


class Answered(NamedTuple):
    """An answer of one's own that a lesson can be drawn from, and what it answers."""

    own: Seen
    answers: Seen
    conversation: str


def answered_by(line: str, *, by: Person) -> Answered:
    """One's own answer on the line, to the words of another person. Raises NotThere for anything else."""
    viewer = viewer_for(by.id)
    found = line_seen(line, viewer)
    above = _answered(found.share, viewer)
    if above is None:
        raise NotThere
    return Answered(found.share, above, found.conversation_public_id)


def may_draw_lesson(seen: Seen, viewer: Viewer) -> bool:
    """Whether these are one's own words of that kind; for the page that offers it."""
    return _answered(seen, viewer) is not None


def _answered(seen: Seen, viewer: Viewer) -> Seen | None:
    # Under a pseudonym or unnamed the lesson would tell who it was: its author is named.
    if not seen.own or seen.rung >= Rung.ORGANISATION or seen.byline > Byline.Kind.ROLE:
        return None
    above = next(iter(seen_contributions([seen.parent or 0], viewer)), None)
    if above is None or above.own or not has_author_here(above):
        return None
    return above


def found_in_lesson(text: str, rung: Rung, answered: Answered, viewer: Viewer) -> list[tuple[str, Finding]]:
    """``(the words, what of them to look at once more)``: names, numbers, and what the other one wrote."""
    words = plain(markdown.render(text))
    listed = Person.visible.to(viewer).exclude(id=viewer.person_id)
    names = [*listed.values_list("name", flat=True), *filter(None, [answered.answers.person_name])]
    findings = check(words, rung=rung, names=names, narrower=[plain(answered.answers.html)])
    return [(words[finding.start : finding.end], finding) for finding in findings]


def propose_lesson(line: str, text: str, rung: Rung, *, by: Person, key: str = "") -> str:
    """Ask whom one answered on this line whether these words may be told to all employees, or to anyone.

    Returns the lesson's public id. Raises NotThere; Refused without words, at another rung, with a personal number
    in words for anyone, or while the same answer is asked about.
    """

    def act() -> str:
        answered = answered_by(line, by=by)
        hold(answered.own.conversation)
        words = text.replace("\x00", "").strip()
        if not words:
            raise Refused(_("There are no words yet. Write a few, then send."), "text")
        if rung < Rung.ORGANISATION or (rung == Rung.PUBLIC and not settings.PUBLIC_RUNG):
            raise Refused(_("A lesson is for all employees, or for anyone."), "audience")
        try:
            found = found_in_lesson(words, rung, answered, viewer_for(by.id))
        except markdown.TextTooLong as error:
            raise Refused(str(error), "text") from error
        if stopped([finding for _words, finding in found]):
            raise Refused(
                _("There is a personal number in it. Take it away before anyone can read it."), "text"
            )
        if Lesson.everything.filter(line_id=answered.own.line_number, state__lte=State.AGREED).exists():
            raise Refused(_("You have asked about this answer already. Wait, or let that be."))
        asked = next(iter(author_of(answered.answers.line_number)), None)
        if asked is None:
            raise NotThere
        lesson = Lesson.everything.create(
            public_id=public_id(),
            line_id=answered.own.line_number,
            person=by,
            asked_id=asked,
            text=words,
            rung=rung,
            proposed_at=now(),
            answer_by=now() + DAYS * DAY,
        )
        record("proposed lesson", by=by.id, lesson=lesson.id)
        return lesson.public_id

    return once(by.id, key, act)


def answer_lesson(lesson: str, agrees: bool, *, by: Person, key: str = "") -> None:
    """Agree to exactly these words, or take that back until they open. Raises NotThere; Refused when too late."""

    def act() -> str:
        found = _locked(lesson, asked=by)
        if agrees and (found.state != State.ASKING or now() >= found.answer_by):
            raise Refused(_("The time is out. Nothing was told to anyone."))
        if not agrees and found.state not in (State.ASKING, State.AGREED):
            raise Refused(_("It is open already. Ask the one who wrote it to take it back."))
        if agrees:
            _change(found, State.AGREED, now() + settings.HOURS_TO_TAKE_BACK * HOUR)
        else:
            # Nothing tells a no from silence: it goes on asking, as far as anyone else can see.
            _change(found, State.ASKING, None)
        record("answered lesson", by=by.id, lesson=found.id)
        return found.public_id

    once(by.id, key, act)


@transaction.atomic
def let_lesson_be(lesson: str, *, by: Person) -> None:
    """Ask no longer. Raises NotThere for anyone but who wrote it; what is open stays."""
    found = _locked(lesson, proposed=by)
    if found.state in (State.ASKING, State.AGREED):
        _change(found, State.LEFT, None)
        record("let lesson be", by=by.id, lesson=found.id)


def open_lessons() -> int:
    """Open what was agreed to and can be taken back no longer; end what nobody agreed to. Returns how many opened."""
    Lesson.everything.filter(state=State.ASKING, answer_by__lt=now()).update(state=State.LEFT)
    due = Lesson.everything.filter(state=State.AGREED, opens_at__lte=now()).order_by("id")
    return sum(_open(one) for one in list(due.values_list("id", flat=True)))


@transaction.atomic
def _open(number: int) -> int:
    found = Lesson.everything.select_for_update().get(id=number)
    if found.state != State.AGREED:
        return 0
    author = person_with(found.person_id)
    if author.closed_at is not None or (found.rung == Rung.PUBLIC and not settings.PUBLIC_RUNG):
        _change(found, State.LEFT, None)
        return 0
    share = start(Kind.POST, found.text, by=author, choice=Choice(Rung(found.rung)))
    Lesson.everything.filter(id=number).update(state=State.OPENED, opened_id=share.line_id)
    return 1


def _locked(lesson: str, *, proposed: Person | None = None, asked: Person | None = None) -> Lesson:
    rows = Lesson.everything.select_for_update().filter(public_id=lesson)
    rows = rows.filter(person=proposed) if proposed is not None else rows.filter(asked=asked)
    found = rows.first()
    if found is None:
        raise NotThere
    return found


def _change(lesson: Lesson, state: Lesson.State, opens_at: int | None) -> None:
    Lesson.everything.filter(id=lesson.id).update(state=state, opens_at=opens_at)
