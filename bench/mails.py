"""Mail that comes in: ``python -m bench.mails 60``; so many seconds of twenty a second, then a burst.

A real listener and a real worker, each a process of its own, and answers to letters by persons whose organisation is
proved. Beside each mail the same bytes are written, flushed and moved by this process: what the disk alone takes.
"""

import contextlib
import json
import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from bench.machine import proportional_memory  # noqa: E402
from bench.place import ROOT, free_port  # noqa: E402
from communis.channels.email.models import Arrived  # noqa: E402
from communis.channels.email.reply_addresses import reply_address  # noqa: E402
from communis.conversations.contributing import start  # noqa: E402
from communis.conversations.kinds import Kind  # noqa: E402
from communis.conversations.models import Revision  # noqa: E402
from communis.openness.choosing import Choice  # noqa: E402
from communis.openness.rungs import Rung  # noqa: E402
from communis.people.actions import welcome  # noqa: E402

A_SECOND = 20
BURST = 500
# More of one person within the hour would wait for her.
OF_ONE_PERSON = 19
WORDS = "Det gör vi gärna en förmiddag i veckan, om fler vill. " * 8
SERVER = {
    "COMMUNIS_MAIL_DOMAIN": "svar.avinge.example",
    "COMMUNIS_MAIL_AUTHENTICATED_BY": "mx.avinge.example",
}


def main(seconds: int) -> dict[str, float]:
    call_command("migrate", verbosity=0)
    settings.MAIL_DOMAIN = SERVER["COMMUNIS_MAIL_DOMAIN"]
    answers = addresses(seconds * A_SECOND + BURST)
    port = free_port()
    with programs(port) as (listener, worker):
        steady = answers[: seconds * A_SECOND]
        acknowledged, written, seen = twenty_a_second(port, steady)
        before = processor(listener) + processor(worker)
        burst = answers[len(steady) :]
        began = time.perf_counter()
        with smtplib.LMTP("127.0.0.1", port) as server:
            for number, (address, sender) in enumerate(burst, len(steady)):
                server.sendmail(sender, [address], mail(number, sender))
        taken = time.perf_counter() - began
        until(lambda: Arrived.objects.count() == len(answers))
        used = processor(listener) + processor(worker) - before
        memory = proportional_memory(listener) + proportional_memory(worker)
    outcomes = set(Arrived.objects.values_list("outcome", flat=True))
    assert outcomes == {Arrived.Outcome.PUBLISHED}, outcomes
    return {
        "mails": len(steady),
        "250 p50": statistics.median(acknowledged),
        "250 p95": percentile(acknowledged),
        "disk alone p50": statistics.median(written),
        "disk alone p95": percentile(written),
        "visible p50": statistics.median(seen),
        "visible p95": percentile(seen),
        "burst": BURST,
        "taken a second": BURST / taken,
        "a second of the processor": BURST / used,
        "memory": memory,
    }


def addresses(number: int) -> list[tuple[str, str]]:
    """Where each mail goes, and whom it is from: letters of one to many, each answered a few times."""
    made: list[tuple[str, str]] = []
    with transaction.atomic():
        host = welcome("Elin Forsgren", "elin@avinge.example", by=None, steward=True)
        for one in range(number // OF_ONE_PERSON + 1):
            sender = f"person{one}@avinge.example"
            person = welcome(f"Person {one}", sender, by=host)
            share = start(
                Kind.IDEA, "Tänk om.", by=host, choice=Choice(Rung.DIRECT, persons=(person.public_id,))
            )
            address = reply_address(person.id, share.line_id, mail=f"<{one}@avinge.example>")
            made += [(address, sender)] * OF_ONE_PERSON
    # Those of one person do not come one after the other.
    return [
        made[place * OF_ONE_PERSON % len(made) + place * OF_ONE_PERSON // len(made)]
        for place in range(number)
    ]


def mail(number: int, sender: str) -> bytes:
    return (
        "Authentication-Results: mx.avinge.example; dmarc=pass header.from=avinge.example\r\n"
        f"From: Person <{sender}>\r\nSubject: Sv\r\nMessage-ID: <{number}@avinge.example>\r\n"
        f"\r\n{WORDS}Svar {number}.\r\n\r\nDen 30 nov. 2026 kl. 14:02 skrev Elin:\r\n> Tänk om.\r\n"
    ).encode()


@contextlib.contextmanager
def programs(port: int) -> Iterator[tuple[int, int]]:
    """The listener and the worker; their process ids."""
    environment = os.environ | SERVER | {"COMMUNIS_LMTP": f"127.0.0.1:{port}", "COMMUNIS_LEAST_FREE_MIB": "1"}
    started = [
        subprocess.Popen([sys.executable, "-m", "communis", *words], cwd=ROOT, env=environment)
        for words in (["mail", "listen"], ["worker"])
    ]
    try:
        until(lambda: _listens(port))
        yield started[0].pid, started[1].pid
    finally:
        for process in started:
            process.terminate()
            process.wait(30)


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), smtplib.LMTP("127.0.0.1", port):
        return True
    return False


def twenty_a_second(
    port: int, answers: list[tuple[str, str]]
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds until each was acknowledged, and until the disk alone had as much; seconds until it was read."""
    acknowledged, written, sent_at = [], [], {}
    with smtplib.LMTP("127.0.0.1", port) as server, tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        server.ehlo()
        began = time.perf_counter()
        for number, (address, sender) in enumerate(answers):
            time.sleep(max(0.0, began + number / A_SECOND - time.perf_counter()))
            raw = mail(number, sender)
            server.mail(sender)
            server.rcpt(address)
            at = time.perf_counter()
            code, _said = server.data(raw)
            acknowledged.append((time.perf_counter() - at) * 1000)
            assert code == 250
            sent_at[number] = time.time()
            at = time.perf_counter()
            write_alone(Path(folder), number, raw)
            written.append((time.perf_counter() - at) * 1000)
    until(lambda: Arrived.objects.count() == len(answers))
    # It can be read from the moment of the transaction in which it was said; the clock is the same.
    said_at = said_in_order()
    return acknowledged, written, [said_at[number] - sent_at[number] for number in sent_at]


def said_in_order() -> list[float]:
    """Seconds since 1970 at which each mail was said, in the order in which they came."""
    rows = list(Arrived.objects.order_by("arrived_at").values_list("contribution_id", flat=True))
    at = dict(
        Revision.everything.filter(contribution_id__in=rows).values_list("contribution_id", "written_at")
    )
    return [at[row] / 1_000_000 for row in rows if row is not None]


def write_alone(folder: Path, number: int, raw: bytes) -> None:
    """The same bytes, flushed, moved, and the folder flushed."""
    with (folder / f"{number}.tmp").open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    (folder / f"{number}.tmp").rename(folder / str(number))
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(descriptor)
    os.close(descriptor)


def processor(process: int) -> float:
    """Seconds of the processor that the process and all below it have used, those that are over too."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    # utime, stime, cutime, cstime: fields 14 to 17 of proc(5).
    used = sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return used + sum(processor(int(child)) for child in children)


def percentile(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def until(true: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 600
    while not true():
        if time.monotonic() > give_up_at:
            raise RuntimeError("it takes too long")
        time.sleep(0.1)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
