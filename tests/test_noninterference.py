"""NI-1 with URL-GATE: whatever a viewer asks for, the answer follows from what she may see, and nothing else."""

import argparse
import logging
import re
from collections.abc import Sequence
from copy import deepcopy
from difflib import unified_diff
from random import Random
from typing import NamedTuple

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client

from communis.channels.email.digests import queue_digests
from communis.channels.email.outside.telling import tell_of_outside
from communis.channels.email.sending import send_due
from communis.cli.main import all_commands
from communis.conversations.models import Activity
from communis.journal.models import Entry
from communis.journal.moments import MINUTE
from communis.journal.reactions import react
from communis.people.accounts import Account
from tests.addresses import (
    FIELDS,
    LEFT_OUT,
    QUERIES,
    Answer,
    Asked,
    Known,
    ask,
    asked_for,
    form_fields,
    patterns,
    requests_for,
)
from tests.events import Event, Replay, held_still
from tests.organisations import Organisation
from tests.test_architecture import PACKAGE
from tests.worlds import canaries, mutate, prune, secrets_in

pytestmark = pytest.mark.django_db


class Observed(NamedTuple):
    """What a viewer received in a world: the answers, and the mails sent to her."""

    answers: list[Answer]
    mails: list[str]
    journal: str


class RefusedInThisWorld(AssertionError):
    """What was accepted in the whole world is refused in this one."""


def observe(
    events: Sequence[Event], viewer: str, asked: Sequence[Asked], moment: int, *, mailed: bool = True
) -> Observed:
    """Play the world, let it react, and ask as the viewer; the database is as before afterwards.

    Someone whose sign-in is closed still has the session from before. ``mailed``: whether what waits is sent.
    """
    with transaction.atomic():
        number_anew()
        mail.outbox = []
        replay = Replay(events)
        if replay.refused:
            raise RefusedInThisWorld(replay.refused)
        with held_still(moment, "worker"):
            react()
            tell_of_outside()
            if mailed:
                send_due()
                queue_digests()
                send_due()
            address = f"{viewer}@avinge.example"
            mails = [as_received(one) for one in mail.outbox if address in one.recipients()]
        others_look_first(replay, viewer, asked, moment)
        client = Client(raise_request_exception=False)
        if viewer:
            client.force_login(Account.objects.get(person_id=replay.persons[viewer]))
        answers: list[Answer] = []
        # One of the requests may sign out, or choose another language; the next is asked as before.
        cookies = deepcopy(client.cookies)
        for number, one in enumerate(asked):
            client.cookies = deepcopy(cookies)
            with transaction.atomic():
                answers.append(ask(client, one, moment, number))
                # Each request meets the world as it was played, also after a form was sent.
                transaction.set_rollback(one.method == "POST")
        journal = without_roots(str(list(Entry.objects.order_by("id").values_list("verb", "about"))))
        transaction.set_rollback(True)
    return Observed(answers, mails, journal)


def as_received(sent: EmailMessage) -> str:
    """All of a mail: the envelope, every header, and its parts both as bytes and as they are read."""
    message = sent.message()
    parts = [str(part.get_payload(decode=True)) for part in message.walk() if not part.is_multipart()]
    return "\n".join(
        [sent.from_email, *sent.recipients(), sent.subject, sent.body, message.as_string(), *parts]
    )


def others_look_first(replay: Replay, viewer: str, asked: Sequence[Asked], moment: int) -> None:
    """What a process keeps of one look must not show in another: the others open the conversations.

    Each is opened by who began it, who reads most of it; by the others in turns where that is the viewer.
    """
    paths = sorted({one.path for one in asked if one.pattern == "conversation"})
    others = [key for key in replay.persons if key != viewer]
    begun: dict[str, str] = {}
    for event in replay.accepted:
        if event.key in replay.lines and event.by in others:
            begun.setdefault(f"/conversations/{replay.conversation(event.key)}", event.by)
    clients = {}
    for number, path in enumerate(paths):
        key = begun.get(path, others[number % len(others)])
        if key not in clients:
            clients[key] = Client(raise_request_exception=False)
            clients[key].force_login(Account.objects.get(person_id=replay.persons[key]))
        ask(clients[key], Asked("GET", path, (), (), "conversation"), moment, number)


def without_roots(journal: str) -> str:
    """Without the hashes over what only receipts open: others for another author, as salts are, and they say nothing.

    That they are there, and how long they are, stays.
    """
    return re.sub(r"('root': ')[0-9a-f]{64}'", r"\1'", journal)


def number_anew() -> None:
    """PostgreSQL does not take numbers back with what was undone: two worlds would begin at different ones."""
    if connection.vendor == "postgresql":
        tables = list(apps.get_app_config("communis").get_models())
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables):
                cursor.execute(statement)


def world_of(seed: int, persons: int = 6, circles: int = 3, done: int = 30) -> tuple[list[Event], Known]:
    """The events of a random organisation that were accepted, and every id in it."""
    with transaction.atomic():
        replay = Replay(Organisation(Random(seed)).make(persons, circles, done))
        with held_still(replay.accepted[-1].at + 2 * MINUTE, "worker"):
            react()
        known = Known.of(replay, replay.accepted)
        transaction.set_rollback(True)
    return replay.accepted, known


def nothing_interferes(
    events: list[Event], viewer: str, asked: Sequence[Asked], *, mailed: bool = True
) -> None:
    # Conversations twice: drawn for this look, and kept from an earlier one.
    asked = [*asked, *(one for one in asked if one.pattern == "conversation" and one.method != "POST")]
    moment = events[-1].at + 2 * MINUTE
    try:
        full = observe(events, viewer, asked, moment, mailed=mailed)
    except RefusedInThisWorld as error:
        # A fault, as below: a seeded leak that does no more has not been found.
        raise RuntimeError(error) from error
    never = canaries(events, viewer)
    for one, answer in zip(asked, full.answers, strict=True):
        if answer.status >= 500:
            # A fault is no leak, and a seeded leak that is only a fault proves nothing.
            raise RuntimeError(one)
        received = (str(answer.headers) + answer.body.decode(errors="replace")).casefold()
        sent = str(one)
        found = [word for word in never if word in received and word not in sent]
        assert not found, f"{viewer or 'signed out'} receives {found} from {one}"
    assert not [word for word in never if word in full.journal or any(word in one for one in full.mails)]
    for other in (prune(events, viewer), mutate(events, viewer)):
        seen = observe(other, viewer, asked, moment, mailed=mailed)
        for one, before, after in zip(asked, full.answers, seen.answers, strict=True):
            if before != after:
                pytest.fail(f"{viewer or 'signed out'} learns from {one}:\n{difference(before, after)}")
        assert full.mails == seen.mails


def difference(before: Answer, after: Answer) -> str:
    """The lines that are not the same in two answers."""
    lines = [
        [str(one.status), *map(str, one.headers), *one.body.decode(errors="replace").splitlines()]
        for one in (before, after)
    ]
    return "\n".join(list(unified_diff(*lines, lineterm="", n=0))[:20])


def run(seed: int, viewers: int, most: int | None) -> None:
    events, known = world_of(seed)
    random = Random(seed)
    persons = [event.key for event in events if event.verb == "welcome"]
    for viewer in random.sample(["", *persons], viewers):
        nothing_interferes(events, viewer, requests_for(known, random, most))


# Half of them on each database: what they look for has nothing to do with which it is.
SEEDS = range(10)[connection.vendor == "postgresql" :: 2]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_hidden_interferes(seed: int) -> None:
    run(seed, viewers=1, most=4)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10_000, 12_000))
def test_nothing_hidden_interferes_in_many_worlds(seed: int) -> None:
    run(seed, viewers=3, most=25)


def test_everybody_in_one_world(caplog: pytest.LogCaptureFixture) -> None:
    """Everyone of the organisation, the steward, who left, whose sign-in is closed, and who is signed out.

    And LOG-1: no log line of all this holds words, names, mail addresses or network addresses.
    """
    events, known = world_of(4, persons=7, circles=4, done=45)
    viewers = [event.key for event in events if event.verb == "welcome"]
    with caplog.at_level(logging.DEBUG):
        for number, viewer in enumerate(["", *viewers]):
            nothing_interferes(events, viewer, requests_for(known, Random(number), 1))
    logged = " ".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    words = secrets_in(events)
    assert len(words) >= len(events) / 2
    assert not [word for word in words if word in logged]
    assert "@avinge.example" not in logged and "127.0.0.1" not in logged


def test_every_address_is_asked_for() -> None:
    names = {name for _, name in patterns()}
    _, known = world_of(0)
    asked = {one.pattern for one in requests_for(known, Random(0), 1)}
    assert names - asked <= LEFT_OUT.keys()
    assert {"conversation", "line", "front", "write"} <= asked


# Commands that look at what was said, and those that do not, with the reason.
LOOKING_COMMANDS = {"check", "reconcile"}
OTHER_COMMANDS = {
    "serve": "prints its address; what it logs is LOG-1",
    "worker": "prints nothing; what it logs is LOG-1",
    "migrate": "prints the names of the steps",
    "demo": "builds invented words",
    "mail": "prints whether the mail that it was given is kept, and how one to ourselves came",
    "trials": "prints counts, and rows of the file it was given",
    "import": "prints counts, lines of the file it was given, and where pictures of public posts lie",
}
# Mails, and the test that reads each. The letter's own is written in code, and is part of what is compared.
MAILS = {
    "invitation_message.txt": "tests/people/test_first_run.py",
    "invitation_subject.txt": "tests/people/test_first_run.py",
    "login_code_message.txt": "tests/web/test_sign_in.py",
    "login_code_subject.txt": "tests/web/test_sign_in.py",
    "unknown_account_message.txt": "tests/web/test_sign_in.py",
    "unknown_account_subject.txt": "tests/web/test_sign_in.py",
}


def test_no_command_says_what_was_said() -> None:
    """Whoever runs a command sees no more words than anyone else (L62)."""
    commands = {command.NAME: command for command in all_commands()}
    assert commands.keys() == LOOKING_COMMANDS | OTHER_COMMANDS.keys(), "say whether it looks at words"
    events, _ = world_of(3)
    with transaction.atomic():
        Replay(events)
        # So that there is something to report of every conversation.
        Activity.everything.all().delete()
        said = [str(commands[name].run(argparse.Namespace(mend=False))) for name in sorted(LOOKING_COMMANDS)]
        transaction.set_rollback(True)
    assert "activity" in said[1].casefold()
    assert not [word for word in secrets_in(events) if word in str(said)]


def test_every_mail_is_known() -> None:
    mails = {path.name for path in PACKAGE.rglob("email/*.txt")}
    assert mails == MAILS.keys(), "say which test reads the new mail"
    assert all((PACKAGE.parent / test).is_file() for test in MAILS.values())


def test_every_parameter_is_known() -> None:
    assert asked_for("GET") <= QUERIES.keys(), "say in tests/addresses.py what can be asked"
    assert asked_for("POST") | form_fields() <= FIELDS.keys(), (
        "say in tests/addresses.py what a form can hold"
    )
