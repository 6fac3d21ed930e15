"""DUMP-1 and LINK-1: who has a copy of everything on the disk guesses no better than by chance.

The attacker has the database with its log, the lines of the log and the files, and tries whatever is near in time or
in order: sign-ins, the journal, marks, drafts, keys of forms, numbers of rows. Everybody works alike; those who write
behind the scenes sign in, read and say something else right before and right after.
"""

import logging
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from communis.behind_the_scenes import days, keys, models, release
from communis.behind_the_scenes.days import local_day, noon_of
from communis.behind_the_scenes.models import Spent, Waiting
from communis.conversations import drafting
from communis.conversations.contributing import contribute, start
from communis.conversations.kinds import Kind
from communis.conversations.lines import address_of
from communis.conversations.models import Contribution, Draft, Mark, Revision, Share
from communis.database import order
from communis.journal import ids
from communis.journal.idempotency import Done
from communis.journal.models import Entry
from communis.journal.moments import HOUR, MINUTE, SECOND, as_datetime
from communis.openness.bylines import authors
from communis.openness.receipts import Receipt
from tests.behind_the_scenes.unit import Unit
from tests.clock import Clock
from tests.web.forms import client_of
from tests.web.test_behind_the_scenes import BEGIN, WORDS, field

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="off on PostgreSQL, which keeps the order of rows"
    ),
]

# Of whom it can be each time, and how many write a day.
CROWD = 20
WRITERS = 5


@pytest.fixture(autouse=True)
def same_chance_each_time() -> Iterator[None]:
    """The numbers are drawn from a seed: what is found by chance once in a hundred runs is no news."""
    random = Random(6)
    before = ids._source
    ids.use_ids(lambda: f"{random.getrandbits(128):032x}")
    yield
    ids.use_ids(before)


class Written(NamedTuple):
    """What really happened, which the attacker does not know: who wrote which words."""

    by: int
    text: str


class Town:
    """A unit at work. ``written`` is the truth; everything else the attacker finds on the disk."""

    def __init__(self, clock: Clock, seed: int) -> None:
        self.random = Random(seed)
        self.unit = Unit(clock, members=CROWD)
        self.written: list[Written] = []
        idea = start(Kind.IDEA, "Hur?", by=self.unit.manager, choice=self.unit.choice)
        self.conversation, self.question = address_of(idea)

    def day(self, writers: int) -> None:
        """All sign in and say something between seven and noon; some write behind the scenes meanwhile."""
        self.unit.clock.at = noon_of(local_day() + 1) - 5 * HOUR
        persons = list(self.unit.members)
        self.random.shuffle(persons)
        writing = set(self.random.sample(range(CROWD), writers))
        for number, person in enumerate(persons):
            self.unit.clock.at += 12 * MINUTE
            browser = client_of(person)
            # Django dates a session by the system's clock; here it has to be by that of this world.
            over = as_datetime(self.unit.clock.at + 14 * 24 * HOUR)
            Session.objects.filter(session_key=browser.session.session_key).update(expire_date=over)
            browser.get(f"/conversations/{self.conversation}")
            self.ordinary(person)
            if number in writing:
                self.behind(browser, person.id)
            # All leave as many traces: whoever says twice as much is met twice as often by guessing at random.
            self.ordinary(person)
        self.unit.noon()
        release.release()

    def ordinary(self, person: Any) -> None:
        self.unit.clock.at += 20 * SECOND
        drafting.save_draft("new", f"Utkast {self.random.random()}", by=person)
        contribute(self.question, f"Svar {self.random.random()}", by=person, key=f"{self.random.random()}")

    def behind(self, browser: Client, by: int) -> None:
        self.unit.clock.at += 20 * SECOND
        text = f"Tanke {self.random.random()}"
        html = browser.post(BEGIN, {"where": self.unit.circle.public_id}).content.decode()
        sender = self.random.choice([browser, Client()])
        assert sender.post(WORDS, {"key": field(html, "key"), "text": text}).status_code == 200
        self.written.append(Written(by, text))
        self.after()

    def after(self) -> None:
        """What stands on the disk right after: the log holds no order."""
        log = Path(f"{connection.settings_dict['NAME']}-wal")
        assert not log.exists() or log.stat().st_size == 0, "the log tells what was written after what"


class Found(NamedTuple):
    """Something of the dump that leads to a person, on one of its scales: a time, or a number of a row."""

    at: int
    person: int


def persons_by_session() -> list[Found]:
    """Sign-ins: each when it was, two weeks before it is over."""
    accounts = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, person_id FROM communis_account")
        accounts = dict(cursor.fetchall())
    found = []
    for session in Session.objects.all():
        account = session.get_decoded().get("_auth_user_id")
        at = int(session.expire_date.timestamp() * SECOND) - 14 * 24 * HOUR
        if account is not None and accounts.get(int(account)) is not None:
            found.append(Found(at, accounts[int(account)]))
    return found


def persons_by_entry(*, by_number: bool) -> list[Found]:
    rows = Entry.objects.filter(person_id__isnull=False).values_list("id" if by_number else "at", "person_id")
    return [Found(at, person) for at, person in rows]


def persons_by_contribution() -> list[Found]:
    rows = dict(
        Contribution.everything.filter(authorship_id__isnull=False).values_list("id", "authorship_id")
    )
    known = authors(list(rows.values()))
    return [Found(number, known[one]) for number, one in rows.items() if one in known]


def persons_by_mark() -> list[Found]:
    return [Found(at, person) for at, person in Mark.objects.values_list("seen_at", "person_id")]


def persons_by_draft() -> list[Found]:
    return [Found(at, person) for at, person in Draft.objects.values_list("saved_at", "person_id")]


class Target(NamedTuple):
    """Words behind the scenes on the disk, and every number and time that stands with them."""

    text: str
    scales: dict[str, int]


def targets() -> list[Target]:
    found = []
    for share in Share.everything.exclude(ended_at__isnull=False).order_by("id"):
        said = Contribution.everything.get(id=share.contribution_id)
        if said.receipt_id is None:
            continue
        revision = Revision.everything.get(id=share.revision_id)
        receipt = Receipt.everything.get(id=said.receipt_id)
        entry = Entry.objects.filter(verb="appeared", about__share=share.id).first()
        scales = {
            "time": share.opened_at,
            "written": revision.written_at,
            "contribution": said.id,
            "entry": entry.id if entry else 0,
            "told": entry.at if entry else 0,
            "receipt": receipt.id,
            # Where it stands in the batch, as far as its way to the root in the journal tells.
            "chained": receipt.chained_in or 0,
            "way": int.from_bytes(bytes(receipt.way)[:7]),
            "commitment": int.from_bytes(bytes(receipt.commitment)[:7]),
        }
        found.append(Target(revision.source, scales))
    return found


def nearest(scale: str, found: list[Found], *, before: bool) -> Callable[[Target], int]:
    """Guess the person whose trace is nearest; with ``before``, the last trace that is not later."""

    def guess(target: Target) -> int:
        at = target.scales[scale]
        earlier = [one for one in found if one.at <= at] if before else found
        return min(earlier or found, key=lambda one: abs(one.at - at)).person

    return guess


def in_step(scale: str, found: list[Found], all_targets: list[Target]) -> Callable[[Target], int]:
    """Guess by order: the first of a day's words by who came first that day, and so on, spread evenly."""

    def guess(target: Target) -> int:
        day = target.scales["time"] // (24 * HOUR)
        same = sorted(
            (one for one in all_targets if one.scales["time"] // (24 * HOUR) == day),
            key=lambda one: one.scales[scale],
        )
        came = sorted(one for one in found if one.at // (24 * HOUR) == day) or sorted(found)
        place = same.index(target) * len(came) // len(same) + len(came) // (2 * len(same))
        return came[min(place, len(came) - 1)].person

    return guess


def guesses() -> dict[str, Callable[[Target], int]]:
    """Everything the attacker tries."""
    everything = targets()
    sessions, entries, marks = persons_by_session(), persons_by_entry(by_number=False), persons_by_mark()
    numbers, said, drafts = persons_by_entry(by_number=True), persons_by_contribution(), persons_by_draft()
    return {
        "nearest sign-in": nearest("time", sessions, before=False),
        "last sign-in": nearest("time", sessions, before=True),
        "last sign-in before it was written": nearest("written", sessions, before=True),
        "nearest entry": nearest("time", entries, before=False),
        "entry before in the journal": nearest("entry", numbers, before=True),
        "entry before when it was told": nearest("told", entries, before=True),
        "contribution before": nearest("contribution", said, before=True),
        "nearest mark": nearest("time", marks, before=False),
        "nearest draft": nearest("time", drafts, before=False),
        "in step with sign-ins, by contribution": in_step("contribution", sessions, everything),
        "in step with sign-ins, by receipt": in_step("receipt", sessions, everything),
        "in step with sign-ins, by commitment": in_step("commitment", sessions, everything),
        "in step with sign-ins, by way": in_step("way", sessions, everything),
        "entry before the batch was chained": nearest("chained", numbers, before=True),
        "in step with the journal": in_step("contribution", entries, everything),
    }


def no_guess_is_better_than_chance(town: Town) -> None:
    truth = {one.text: one.by for one in town.written}
    found = targets()
    assert len(found) == len(truth)
    chance = 1 / CROWD
    bound = max(1.5 * chance, chance + 3 * sqrt(chance * (1 - chance) / len(found)))
    for name, guess in guesses().items():
        right = sum(guess(target) == truth[target.text] for target in found) / len(found)
        assert right <= bound, f"{name} finds {right:.0%} of the authors, by chance it is {chance:.0%}"


def nothing_in_the_queue_tells_the_order(town: Town) -> None:
    """Before noon: rows of what waits lie in no order of coming, by their number or by the hidden one of SQLite."""
    for table in ("communis_waiting", "communis_spent"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid, id FROM {table}")
            assert all(row == number for row, number in cursor.fetchall()), table


def a_few_days(clock: Clock, seed: int, number: int) -> Town:
    town = Town(clock, seed)
    for _ in range(number):
        keys.given = keys.Given()
        town.day(WRITERS)
    return town


def test_who_has_a_copy_guesses_by_chance(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        town = a_few_days(clock, seed=1, number=8)
    no_guess_is_better_than_chance(town)
    logged = " ".join(f"{one.getMessage()} {one.args}" for one in caplog.records)
    assert not [one for one in town.written if one.text in logged]
    assert "behind-the-scenes/words" not in logged


@pytest.mark.nightly
def test_who_has_a_copy_of_five_hundred_guesses_by_chance(clock: Clock) -> None:
    no_guess_is_better_than_chance(a_few_days(clock, seed=2, number=100))


def test_the_queue_lies_in_no_order(clock: Clock) -> None:
    town = Town(clock, 3)
    town.unit.morning()
    for number in range(30):
        town.unit.write(town.unit.members[number % 10], f"Tanke {number}")
        keys.given = keys.Given()
    nothing_in_the_queue_tells_the_order(town)
    by_row = list(Waiting.everything.order_by("id").values_list("text", flat=True))
    assert by_row != [f"Tanke {number}" for number in range(30)]
    assert Waiting.everything.values("day").distinct().count() == 1
    assert {field.attname for field in Waiting._meta.concrete_fields} == {
        "id", "what", "receipt_hash", "day", "line_id", "audience_id", "kind", "text", "opens_to", "asked_id", "crowd",
        # Which only the receipt opens (test_claiming.py).
        "commitment",
    }  # fmt: skip
    assert {field.attname for field in Spent._meta.concrete_fields} == {"id", "token_hash", "day"}
    assert Done.objects.count() == 0


# LINK-1: the same persons write in two questions on one day, one right after the other.


def linked(clock: Clock, seed: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """``(author, receipt's number, contribution's number)`` of what was said under each of two questions."""
    unit = Unit(clock, members=CROWD)
    questions = [
        address_of(start(Kind.IDEA, f"Fråga {n}.", by=unit.manager, choice=unit.choice))[1] for n in range(2)
    ]
    unit.morning()
    random = Random(seed)
    persons = list(unit.members)
    random.shuffle(persons)
    truth: dict[str, int] = {}
    for person in persons:
        for question in questions:
            text = f"Tanke {random.random()}"
            unit.write(person, text, unit.answer_to(question))
            truth[text] = person.id
    unit.noon()
    release.release()
    rows: list[list[tuple[int, int, int]]] = [[], []]
    for said in Contribution.everything.filter(receipt_id__isnull=False).order_by("id"):
        text = Revision.everything.get(contribution_id=said.id).source
        above = Contribution.everything.get(id=said.parent_id)
        place = Revision.everything.get(contribution_id=above.id).source == "Fråga 1."
        rows[place].append((truth[text], said.receipt_id or 0, said.id))
    return rows[0], rows[1]


def two_questions_are_not_linked(clock: Clock) -> None:
    one, other = linked(clock, seed=4)
    assert len(one) == len(other) == CROWD
    # No receipt stands under both.
    assert not {row[1] for row in one} & {row[1] for row in other}
    chance = 1 / CROWD
    bound = chance + 3 * sqrt(chance * (1 - chance) / CROWD)
    by_order = sum(first[0] == second[0] for first, second in zip(one, other, strict=True)) / CROWD
    by_neighbour = sum(
        first[0] == min(other, key=lambda row: abs(row[2] - first[2]))[0] for first in one
    ) / len(one)
    for name, right in (("order", by_order), ("neighbouring numbers", by_neighbour)):
        assert right <= bound, f"by {name} {right:.0%} are linked, by chance {chance:.0%}"


def test_two_questions_are_not_linked(clock: Clock) -> None:
    two_questions_are_not_linked(clock)


# Mistakes put in on purpose.


def moments_of_writing(patch: pytest.MonkeyPatch) -> None:
    """What appears bears the moment it was written, which its row carries."""
    from communis.behind_the_scenes import writing
    from communis.journal.moments import now

    written: dict[bytes, int] = {}
    real = writing.lookup_hash

    def lookup_hash(code: bytes) -> bytes:
        return written.setdefault(real(code), now()) and real(code)

    real_say = release.say

    def say(*arguments: Any, **named: Any) -> Share:
        named["at"] = written[bytes(named["receipt"].hash)]
        return real_say(*arguments, **named)

    patch.setattr(writing, "lookup_hash", lookup_hash)
    patch.setattr(release, "say", say)


def rows_in_order(patch: pytest.MonkeyPatch) -> None:
    """Rows that wait are numbered as they come, and so appear in that order."""
    count = iter(range(1, 10**6))
    patch.setattr(models.Waiting._meta.get_field("id"), "_get_default", lambda: next(count))


def no_batch(patch: pytest.MonkeyPatch) -> None:
    """Everything appears at once: its number follows those of what its author did just then."""
    patch.setattr(days, "latest_noon", lambda: 0)
    patch.setattr(release, "noon_of", lambda day: 0)
    patch.setattr("communis.behind_the_scenes.writing.day_of_batch", lambda: 0)
    patch.setattr("communis.behind_the_scenes.writing.forget_order", release.release)


def log_kept(patch: pytest.MonkeyPatch) -> None:
    """SQLite's log keeps what was written in its order."""
    patch.setattr(order, "_empty_the_log", lambda: None)


@pytest.mark.parametrize(
    ("mistake", "found_by"),
    [
        (moments_of_writing, "finds"),
        (no_batch, "before"),
        (log_kept, "the log tells"),
    ],
)
def test_a_mistake_lets_the_attacker_guess(
    mistake: Callable[[pytest.MonkeyPatch], None],
    found_by: str,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mistake(monkeypatch)
    with pytest.raises(AssertionError, match=found_by):
        no_guess_is_better_than_chance(a_few_days(clock, seed=5, number=4))


def test_rows_in_order_link_two_questions(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    rows_in_order(monkeypatch)
    with pytest.raises(AssertionError):
        two_questions_are_not_linked(clock)
