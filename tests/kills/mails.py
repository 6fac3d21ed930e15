"""Mail that comes and goes while the processes that carry it are killed: ``python -m tests.kills.mails WORD …``.

Each that is killed is forked from this one, which plays the mail server on the other side. One line of JSON at the end.
"""

import contextlib
import json
import multiprocessing
import os
import random
import signal
import smtplib
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL  # noqa: E402

from communis.attention.mail_choices import choose_mail  # noqa: E402
from communis.attention.models import MailChoice  # noqa: E402
from communis.channels.email import reconciling, sending  # noqa: E402
from communis.channels.email.destinations import is_ours  # noqa: E402
from communis.channels.email.intake import listening, receiving  # noqa: E402
from communis.channels.email.intake import spool as spooling  # noqa: E402
from communis.channels.email.intake.listening import Intake, Lmtp  # noqa: E402
from communis.channels.email.intake.receiving import receive, spool  # noqa: E402
from communis.channels.email.intake.spool import Envelope  # noqa: E402
from communis.channels.email.models import Arrived, Outgoing, ReplyAddress  # noqa: E402
from communis.channels.email.reply_addresses import reply_address  # noqa: E402
from communis.conversations.gate import seen_in  # noqa: E402
from communis.conversations.lines import address_of  # noqa: E402
from communis.conversations.models import Share  # noqa: E402
from communis.conversations.revising import take_back  # noqa: E402
from communis.journal.moments import HOUR, MINUTE, now, use_clock, wall_clock  # noqa: E402
from communis.journal.reactions import react  # noqa: E402
from communis.people.holdings import viewer_for  # noqa: E402
from communis.people.models import Person  # noqa: E402
from tests.cast import letter  # noqa: E402
from tests.channels.email.listener import Listener  # noqa: E402
from tests.kills.inside import differences, integrity  # noqa: E402
from tests.kills.made_mail import answer  # noqa: E402
from tests.kills.outgoing_stub import Stub  # noqa: E402

# The nine of the promise K2, in the order in which a mail passes them, and any moment between.
WAY_IN = ["data", "tmp", "fsync", "rename", "dirsync", "250", "parse", "commit", "move"]
# A mail on its way out: taken, put together, given to the server, noted.
WAY_OUT = ["claim", "compose", "sent", "note"]
ANY_MOMENT = "any moment"

_fork = multiprocessing.get_context("fork")


class Death:
    """Kills this process when it has passed a point so many times."""

    def __init__(self, point: str, times: int) -> None:
        self.point, self.left = point, times

    def at(self, point: str) -> None:
        if point == self.point:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def before(self, point: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def passing(*arguments: Any, **named: Any) -> Any:
            self.at(point)
            return act(*arguments, **named)

        return passing

    def after(self, point: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def passing(*arguments: Any, **named: Any) -> Any:
            result = act(*arguments, **named)
            self.at(point)
            return result

        return passing

    def any_moment(self, seconds: float) -> None:
        threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()


def forked(act: Callable[..., None], *arguments: Any) -> Any:
    """A process of its own that does so; it opens connections of its own."""
    connections.close_all()
    for one in connections.all():
        # A pool's threads are not there in what is forked, which would wait for them in vain.
        if isinstance(one, PostgreSQL):
            one.close_pool()
    process = _fork.Process(target=act, args=arguments)
    process.start()
    return process


# In.


def take_and_decide(port: int, point: str, times: int, seconds: float) -> None:
    """Listen and decide, as the listener and the worker do, until death."""
    death = Death(point, times)
    replace: Any = setattr
    replace(Intake, "_keep", death.before("data", Intake._keep))
    replace(spooling.os, "fsync", _at_the_file_of_a_mail(death, os.fsync))
    replace(spooling.os, "rename", death.after("rename", os.rename))
    replace(spooling, "flush_folder", death.after("dirsync", spooling.flush_folder))
    replace(receiving, "read_in_child", death.after("parse", receiving.read_in_child))
    replace(receiving, "_written_down", death.after("commit", receiving._written_down))
    for name in ("settled", "hold"):
        replace(spooling.Spool, name, death.after("move", getattr(spooling.Spool, name)))
    pushed = Lmtp.push

    async def push(self: Lmtp, status: str | bytes) -> None:
        await pushed(self, status)
        if str(status).startswith(listening.KEPT):
            death.at("250")

    replace(Lmtp, "push", push)
    if point == ANY_MOMENT:
        death.any_moment(seconds)
    Listener(_intake(), Lmtp, port)
    parent = os.getppid()
    # Whoever began this may be killed too.
    while os.getppid() == parent:
        receive()
        time.sleep(0.002)
    os._exit(0)


def _at_the_file_of_a_mail(death: Death, fsync: Callable[[int], None]) -> Callable[[int], None]:
    """Before it is flushed, and after; folders are flushed too."""

    def flushed(descriptor: int) -> None:
        of_a_file = "/tmp/" in os.readlink(f"/proc/self/fd/{descriptor}")
        if of_a_file:
            death.at("tmp")
        fsync(descriptor)
        if of_a_file:
            death.at("fsync")

    return flushed


def _intake() -> Intake:
    return Intake(spool(), is_ours=is_ours, trusted=["127.0.0.0/8"], least_free_mib=1)


def bring(seed: str, kills: str) -> dict[str, object]:
    """Bring mails while the process that takes them is killed; those not acknowledged are brought again."""
    chance = random.Random(int(seed))
    # None of them waits for its sender because it is one of many.
    receiving.MOST_IN_AN_HOUR = 10**9
    address = answered_at()
    port = _free_port()
    acknowledged: list[int] = []
    unheard: list[int] = []
    died: Counter[str] = Counter()
    number = 0
    for _kill in range(int(kills)):
        point = chance.choice([*WAY_IN, ANY_MOMENT])
        process = forked(take_and_decide, port, point, chance.randint(1, 3), chance.uniform(0, 0.15))
        _wait_until_it_listens(port, process)
        for _mail in range(3):
            number += 1
            unheard.append(number)
        # In any order, and some of them twice though they were acknowledged.
        again = chance.sample(acknowledged, min(1, len(acknowledged)))
        brought = chance.sample(unheard, min(len(unheard), 6)) + again
        for one in _brought(port, address, brought):
            acknowledged += [] if one in acknowledged else [one]
            unheard = [each for each in unheard if each != one]
        process.join(0.5)
        if process.exitcode is None:
            process.kill()
            process.join()
            died["afterwards"] += 1
        else:
            died[point] += process.exitcode == -signal.SIGKILL
    # The mail server tries again until it is told that all are kept, and then everything is decided.
    listener = Listener(_intake(), Lmtp, port)
    acknowledged += _brought(port, address, unheard)
    listener.close()
    while receive():
        pass
    words = _times(number)
    return {
        "brought": number,
        "acknowledged": len(set(acknowledged)),
        "lost": [one for one, times in words.items() if times == 0],
        "doubled": [one for one, times in words.items() if times > 1],
        "outcomes": Counter(Arrived.Outcome(one).name for one in _outcomes()),
        "died": died,
        **_agrees(),
    }


def answered_at() -> str:
    """A letter from Elin, and the address at which Karin answers it."""
    share = letter("Tänk om vi satt hos någon annan en förmiddag.", _person("Elin Forsgren"), _karin())
    return reply_address(_karin().id, share.line_id, mail="<first@avinge.example>")


def _brought(port: int, address: str, numbers: list[int]) -> Iterator[int]:
    """Those of the mails that the listener said it has kept. It may die at any of them."""
    with contextlib.suppress(OSError, smtplib.SMTPException), smtplib.LMTP("127.0.0.1", port) as server:
        for number in numbers:
            server.sendmail("karin@avinge.example", [address], answer(number))
            yield number


def repeat(seed: str, mails: str) -> dict[str, object]:
    """Each mail comes one to five times, by other ways, in any order; all are decided in between (K8)."""
    chance = random.Random(int(seed))
    receiving.MOST_IN_AN_HOUR = 10**9
    address = answered_at()
    coming = [one for one in range(1, int(mails) + 1) for _time in range(chance.randint(1, 5))]
    chance.shuffle(coming)
    for place, one in enumerate(coming):
        by_another_way = f"Received: from {place} by mx.avinge.example\r\n".encode()
        envelope = Envelope(address, "karin@avinge.example", "127.0.0.1", True, now())
        spool().keep(envelope, by_another_way + answer(one))
        if chance.random() < 0.05:
            receive(limit=1_000)
    while receive():
        pass
    return {
        "came": len(coming),
        "said": Counter(_times(int(mails)).values()),
        "outcomes": Counter(Arrived.Outcome(one).name for one in _outcomes()),
        **_agrees(),
    }


# Out.


def send_until_death(at: int, port: int, point: str, times: int, seconds: float) -> None:
    """Send what is due at that moment, as the worker does."""
    _stand_at(at)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    death = Death(point, times)
    replace: Any = setattr
    replace(sending, "_claim", death.after("claim", sending._claim))
    replace(sending, "compose", death.after("compose", sending.compose))
    replace(sending, "_send", death.after("sent", sending._send))
    replace(sending, "_settle", death.after("note", sending._settle))
    if point == ANY_MOMENT:
        death.any_moment(seconds)
    sending.send_due()
    # What is forked does not end what its parent began.
    os._exit(0)


def carry(seed: str, kills: str) -> dict[str, object]:
    """Letters are told of by mail while the sender is killed and the server refuses or goes silent (K9)."""
    chance = random.Random(int(seed))
    _karin_wants_all_at_once()
    stub = Stub(chance)
    at = wall_clock()
    died: Counter[str] = Counter()
    gone: set[str] = set()
    unsent = 0
    for number in range(int(kills)):
        at += HOUR + 2 * MINUTE
        share = _told_of_a_letter(number, at)
        point = chance.choice([*WAY_OUT, ANY_MOMENT])
        process = forked(send_until_death, at, stub.port, point, chance.randint(1, 2), chance.uniform(0, 0.1))
        process.join()
        died[point if process.exitcode == -signal.SIGKILL else "not"] += 1
        told = Outgoing.objects.get(line_id=share.line_id, person=_karin(), template="told").message_id
        if not stub.kept[told]:
            # Karin may not read every third from now on, the first among them: what she was not sent never is.
            if unsent % 3 == 0:
                take_back(address_of(share)[1], by=_person("Elin Forsgren"))
                gone.add(told)
            unsent += 1
    stub.obliging = True
    # What failed is tried again for two days.
    for _hour in range(60):
        at += HOUR
        _stand_at(at)
        react()
        process = forked(send_until_death, at, stub.port, "", 0, 0)
        process.join()
        assert process.exitcode == 0
    stub.close()
    told = set(Outgoing.objects.filter(person=_karin(), template="told").values_list("message_id", flat=True))
    return {
        "letters": int(kills),
        "told": len(told),
        "taken_back": len(gone),
        "sent_after_that": sorted(one for one in gone if stub.kept[one]),
        "lost": sorted(one for one in told - gone if not stub.kept[one]),
        "twice": sum(stub.kept[one] > 1 for one in told),
        "heard_in_vain": stub.silent + died["sent"],
        "other": sorted(one for one in stub.kept if one not in told),
        "died": died,
        **_agrees(),
    }


def send_and_die_of(at: int, port: int, killing: int) -> None:
    """Send what is due; putting that one mail together is death."""
    compose = sending.compose

    def deadly(waiting: Outgoing) -> Any:
        if waiting.id == killing:
            os.kill(os.getpid(), signal.SIGKILL)
        return compose(waiting)

    replace: Any = setattr
    replace(sending, "compose", deadly)
    send_until_death(at, port, "", 0, 0)


def poison(rounds: str) -> dict[str, object]:
    """One mail kills whatever sends it, for so many hours; in each a letter is written."""
    _karin_wants_all_at_once()
    stub = Stub(random.Random(0))
    stub.obliging = True
    at, deaths, killing, hours = wall_clock(), 0, 0, []
    for number in range(int(rounds)):
        at += HOUR + 2 * MINUTE
        share = _told_of_a_letter(number, at)
        killing = killing or Outgoing.objects.get(line_id=share.line_id).id
        # As the worker begins anew after its death.
        for _start in range(2):
            process = forked(send_and_die_of, at, stub.port, killing)
            process.join()
            deaths += process.exitcode == -signal.SIGKILL
        hours.append(Outgoing.objects.filter(template="told", state=Outgoing.State.WAITING).count())
    named = [asdict(one) for one in reconciling.differences()]
    waits = Outgoing.objects.get(id=killing)
    at += 7 * HOUR
    process = forked(send_until_death, at, stub.port, "", 0, 0)
    process.join()
    stub.close()
    return {
        "killing": killing,
        "deaths": deaths,
        "noted": waits.deaths,
        "tries": waits.tries,
        "waiting": hours,
        "named": named,
        "kept": sorted(stub.kept.values()),
        **_agrees(),
    }


def _karin_wants_all_at_once() -> None:
    choose_mail(words=True, at_once=50, digests=0, by=_karin())
    # Above her number what has waited for the server would be left to a digest, which is no loss, and not this.
    MailChoice.objects.filter(person=_karin()).update(at_once=10_000)


def _told_of_a_letter(number: int, at: int) -> Share:
    """Elin writes one two minutes before, and at that moment the mail that tells of it is due."""
    _stand_at(at - 2 * MINUTE)
    share = letter(f"Brev nummer {number}.", _person("Elin Forsgren"), _karin())
    _stand_at(at)
    react()
    return share


def _stand_at(at: int) -> None:
    use_clock(lambda: at)


# Both.


def _agrees() -> dict[str, object]:
    found = [*differences(), *reconciling.differences()]
    return {"integrity": integrity(), "differences": [asdict(one) for one in found]}


def said(mails: str) -> dict[str, object]:
    """How often each of so many mails is read in the letter."""
    became = Arrived.objects.values_list("outcome", "reason")
    outcomes = Counter(f"{Arrived.Outcome(one).name} {Arrived.Reason(why).name}" for one, why in became)
    return {"times": _times(int(mails)), "outcomes": outcomes, **_agrees()}


def _times(mails: int) -> dict[int, int]:
    elin = viewer_for(_person("Elin Forsgren").id)
    answered = Share.everything.filter(line_id=ReplyAddress.objects.earliest("id").line_id).earliest("id")
    read = Counter(seen.html for seen in seen_in([answered.conversation_id], elin))
    return {one: read[f"<p>Svar nummer {one}.</p>\n"] for one in range(1, mails + 1)}


def _outcomes() -> list[int]:
    return list(Arrived.objects.values_list("outcome", flat=True))


def _person(name: str) -> Person:
    return Person.everything.get(name=name)


def _karin() -> Person:
    return _person("Karin Sundvall")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_until_it_listens(port: int, process: Any) -> None:
    give_up_at = time.monotonic() + 30
    while process.exitcode is None and time.monotonic() < give_up_at:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.005)


if __name__ == "__main__":
    words: list[Callable[..., object]] = [bring, repeat, carry, poison, said, answered_at]
    print(json.dumps({act.__name__: act for act in words}[sys.argv[1]](*sys.argv[2:])))
