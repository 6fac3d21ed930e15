"""Leaks by mail put in on purpose: each has to be found in the compared worlds of mail (trust L16, L17, L21-L23)."""

import functools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from communis.channels.email import composing, said
from communis.channels.email.checks import waiting
from communis.channels.email.intake import holding, receiving
from communis.channels.email.models import Arrived, Outgoing, SaidPiece
from communis.channels.email.queueing import queue
from communis.channels.email.templates import HELD, SAID, TOLD, VERDICT
from communis.conversations.gate import seen_contributions
from communis.conversations.lines import lines_seen
from communis.conversations.markdown import plain
from communis.conversations.models import Revision, Share
from communis.conversations.refusals import NotThere
from communis.journal.moments import MINUTE
from communis.looking.viewers import Viewer
from communis.people.models import Person
from communis.widening import before_opening, looking_through
from tests.addresses import Asked, Known, paths, patterns, plain_looks
from tests.events import Event, Replay, secret
from tests.mail_world import VIEWER, mail_world
from tests.test_mutants import Mutant, holding_everything, name
from tests.test_noninterference import nothing_interferes, observe
from tests.test_reference import compare

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch
Outcome, Reason = Arrived.Outcome, Arrived.Reason


@functools.cache
def world() -> tuple[list[Event], Known]:
    """Played once, before anything leaks."""
    with transaction.atomic():
        replay = Replay(mail_world())
        if replay.refused:
            # Not an assertion: a leak would count as found.
            raise RuntimeError(replay.refused)
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    return replay.accepted, known


def worlds(*names: str, viewer: str = VIEWER, mailed: bool = True) -> Callable[[], None]:
    """The compared worlds of mail, asked for these patterns; ``mailed``: and for what goes out at the end."""

    def run() -> None:
        events, known = world()
        nothing_interferes(events, viewer, plain_looks(known, names), mailed=mailed)

    return run


def pressed(*names: str) -> Callable[[], None]:
    """The compared worlds of mail, and the buttons at every mail that waits, one after the other."""

    def run() -> None:
        events, known = world()
        asked = [
            Asked("POST", path, (), (), pattern)
            for route, pattern in patterns()
            if pattern in names
            for path in paths(route, known)
        ]
        assert asked
        nothing_interferes(events, VIEWER, asked, mailed=False)

    return run


def counted_in_fives() -> None:
    """Five mails that wait, six and nine are the same to a steward; four are not."""
    members = ("p0", "p1", "p2", "p3", "p5", "letter")
    events = [event for event in mail_world() if event.key in members]
    assert len(events) == len(members)
    for number in range(9):
        about = {"line": "letter", "text": secret("text", str(number))}
        events.append(Event(f"waits-{number}", events[-1].at + MINUTE, "mail", "p3", about))
    asked = [Asked("GET", "/stewards/mail", (), (), "stewards-mail")]
    moment = events[-1].at + MINUTE
    four, five, six, nine = (
        observe(events[: len(members) + number], "p0", asked, moment).answers for number in (4, 5, 6, 9)
    )
    assert five == six == nine
    if four == five:
        # Not an assertion: the test is wrong, whatever leaks.
        raise RuntimeError("nothing is counted")


def mixed_mail_takes_the_widest(patch: Patch) -> None:
    """Of several addresses the one that most read counts (trust L22)."""
    real = receiving._what_waits

    def what_waits(mail: Any, files: Any) -> Any:
        widest = mail.destination.circle_id is not None
        return real(mail._replace(mixed=False) if widest else mail, files)

    patch.setattr(receiving, "_what_waits", what_waits)


def mixed_mail_told_to_its_readers(patch: Patch) -> None:
    """Whoever it is to learns that something waits (trust L22)."""
    real = receiving.tell_of_held

    def tell_of_held(arrived: Arrived) -> None:
        real(arrived)
        if arrived.receiver_id is not None:
            about = {"arrived": arrived.public_id}
            queue(HELD, arrived.receiver_id, arrived.id, arrived.public_id, about=about)

    patch.setattr(receiving, "tell_of_held", tell_of_held)


def held_mail_of_everybody(patch: Patch) -> None:
    def held_for(by: Person) -> list[holding.Waiting]:
        rows = Arrived.objects.filter(outcome=Outcome.HELD, person__isnull=False).order_by("id")
        return [holding._waiting(row) for row in rows]

    patch.setattr("communis.web.views.held_mail.held_for", held_for)


def held_mail_is_anybodys(patch: Patch) -> None:
    """Whoever knows its address can send it or throw it away (trust L23)."""

    def own(arrived: str, by: Person) -> Arrived:
        row = Arrived.objects.filter(outcome=Outcome.HELD, public_id=arrived).first()
        if row is None:
            raise NotThere
        return row

    patch.setattr(holding, "_own", own)


def names_of_all_are_found(patch: Patch) -> None:
    """The check tells that somebody is here who is in no list (trust section 8)."""

    def names_of_others(viewer: Viewer, texts: Any, besides: Any = ()) -> Any:
        return before_opening._names(Person.everything.exclude(id=viewer.person_id), texts)

    patch.setattr(looking_through, "names_of_others", names_of_others)


def words_of_all_letters_are_found(patch: Patch) -> None:
    """The check tells what stands in a letter to others."""

    def read_lately(viewer: Viewer, rung: int) -> list[str]:
        narrow = Share.everything.filter(ended_at=None, rung__lt=rung).values("revision_id")
        return [plain(one.html) for one in Revision.everything.filter(id__in=narrow)]

    patch.setattr(looking_through, "read_lately", read_lately)


def pieces_of_all_mails_in_a_receipt(patch: Patch) -> None:
    def others(arrived: Arrived, viewer: Viewer) -> dict[int, Any]:
        lines = list(SaidPiece.objects.order_by("id").values_list("line_id", flat=True))
        found = lines_seen(lines, holding_everything())
        return {number: found[line].share for number, line in enumerate(lines, start=2) if line in found}

    patch.setattr(said, "_others", others)


def pieces_told_to_whoever_listens(patch: Patch) -> None:
    """What stands beside a letter goes out to all who want each answer in the conversation as a mail."""
    past_the_gate(patch, "communis.attention.reactions.lines_seen")
    real = composing.of_entry

    def of_entry(entry: int, viewer: Viewer, *, by: Person) -> Any:
        return real(entry, holding_everything(viewer.person_id), by=by)

    patch.setattr(composing, "of_entry", of_entry)


def verdicts_mailed_past_the_gate(patch: Patch) -> None:
    """Whoever was mailed of the conversation is mailed the answer to what only others read in it."""
    past_the_gate(patch, "communis.channels.email.since.lines_seen")
    past_the_gate(patch, "communis.channels.email.composing.lines_seen")


def verdicts_receipted_to_everybody(patch: Patch) -> None:
    """The mail that says that an answer is given goes to more than its giver."""
    real, compose = receiving.tell_of_verdict, composing.about_verdict

    def tell_of_verdict(arrived: Arrived) -> bool:
        told = real(arrived)
        for person in Person.everything.order_by("id") if told else ():
            about = {"arrived": arrived.public_id}
            queue(VERDICT, person.id, arrived.id, arrived.public_id, about=about)
        return told

    def about_verdict(mail: Outgoing, viewer: Viewer, recipient: Any) -> Any:
        whose = Arrived.objects.get(public_id=mail.about["arrived"]).person_id
        return compose(mail, holding_everything(whose), recipient)

    patch.setattr(receiving, "tell_of_verdict", tell_of_verdict)
    patch.setattr(composing, "about_verdict", about_verdict)


def receipts_of_what_waited_to_everybody(patch: Patch) -> None:
    """What was sent after it had waited is told of to more than its sender."""

    def tell_of_said(arrived: Arrived) -> None:
        for person in Person.everything.order_by("id"):
            about = {"arrived": arrived.public_id}
            queue(SAID, person.id, arrived.id, arrived.public_id, about=about)

    def seen_as_own(contributions: list[int], viewer: Viewer) -> list[Any]:
        found = seen_contributions(contributions, holding_everything())
        return [seen._replace(own=True) for seen in found]

    patch.setattr(holding, "tell_of_said", tell_of_said)
    patch.setattr(said, "seen_contributions", seen_as_own)


def receipts_that_name_all_readers(patch: Patch) -> None:
    """Who reads it is told by name, also those whom its writer may not list."""

    def readers_named(audience: int, viewer: Viewer) -> str:
        return ", ".join(Person.everything.order_by("name").values_list("name", flat=True))

    patch.setattr(said, "readers_named", readers_named)


def every_mail_counted(patch: Patch) -> None:
    patch.setattr(waiting, "in_steps", lambda count: count)


def past_the_gate(patch: Patch, place: str) -> None:
    patch.setattr(place, lambda numbers, viewer: lines_seen(numbers, holding_everything(viewer.person_id)))


MUTANTS = [
    Mutant(mixed_mail_takes_the_widest, worlds("front", "conversations", "conversation", mailed=False)),
    Mutant(mixed_mail_told_to_its_readers, worlds()),
    Mutant(held_mail_of_everybody, worlds("held-mail", mailed=False)),
    Mutant(held_mail_is_anybodys, pressed("throw-held", "send-held")),
    Mutant(names_of_all_are_found, worlds()),
    Mutant(words_of_all_letters_are_found, worlds("held-mail", mailed=False)),
    Mutant(pieces_of_all_mails_in_a_receipt, worlds()),
    Mutant(pieces_told_to_whoever_listens, worlds()),
    Mutant(verdicts_mailed_past_the_gate, worlds()),
    Mutant(verdicts_receipted_to_everybody, worlds()),
    Mutant(receipts_of_what_waited_to_everybody, worlds()),
    Mutant(receipts_that_name_all_readers, worlds()),
    Mutant(every_mail_counted, counted_in_fives),
]


@pytest.mark.seeded
@pytest.mark.parametrize("mutant", MUTANTS, ids=name)
def test_a_leak_by_mail_is_found(mutant: Mutant, monkeypatch: Patch) -> None:
    world()
    mutant.leak(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        mutant.found_by()


PAGES = ("front", "conversations", "conversation", "line", "held-mail", "passings", "for-you", "drafts")


@pytest.mark.compared
@pytest.mark.parametrize(
    "finds",
    [
        worlds(*PAGES),
        worlds("conversation", "held-mail", "for-you", viewer="p5"),
        worlds("held-mail", "for-you", viewer="p1"),
        worlds("conversation", "stewards-mail", "outside-mail", "held-mail", viewer="p0"),
        worlds("conversation", viewer=""),
        pressed("throw-held", "send-held"),
        counted_in_fives,
    ],
)
def test_without_a_leak_by_mail_nothing_is_found(finds: Callable[[], None]) -> None:
    finds()


def test_the_world_of_mail_is_what_it_is_made_for() -> None:
    """Each mail waits, or was said, for the reason that its name tells; and who may see what is as promised."""
    with transaction.atomic():
        replay = compare(mail_world())
        became = {
            key: (Outcome(row.outcome), Reason(row.reason))
            for key, mail in replay.mails.items()
            for row in [Arrived.objects.get(public_id=mail)]
        }
        told = set(Outgoing.objects.filter(state=Outgoing.State.SENT).values_list("template", flat=True))
        left = Outgoing.objects.filter(state=Outgoing.State.WAITING).count()
        transaction.set_rollback(True)
    assert not replay.refused
    mixed, looked_at = (Outcome.HELD, Reason.MIXED), (Outcome.HELD, Reason.LOOK_AT)
    assert became == {
        "mixed": mixed,
        "mixed-to-her": mixed,
        "looked-at": looked_at,
        "looked-at-elsewhere": looked_at,
        "nothing-to-look-at": (Outcome.HELD, Reason.WIDER),
        **dict.fromkeys(("unread", "own", "to-her"), (Outcome.PUBLISHED, Reason.NONE)),
        **dict.fromkeys(("to-garden", "to-cellar"), (Outcome.PUBLISHED, Reason.WIDER)),
    }
    assert told == {HELD, SAID, TOLD, VERDICT} and not left
