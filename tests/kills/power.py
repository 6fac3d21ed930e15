"""Writes until the power is cut: ``python -m tests.kills.power cut SEED CUTS FOLDER SYNCHRONOUS``.

The data folder lies on a file system of its own, which is stopped without flushing anything, as when the plug is pulled
(``EXT4_IOC_SHUTDOWN`` with *nologflush*), and mounted again. One line of JSON at the end.
"""

import array
import contextlib
import fcntl
import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from communis.channels.email.intake import receiving  # noqa: E402
from communis.channels.email.intake import spool as spooling  # noqa: E402
from communis.channels.email.intake.receiving import receive, spool  # noqa: E402
from communis.channels.email.intake.spool import Broken, Envelope  # noqa: E402
from communis.channels.email.models import Arrived  # noqa: E402
from communis.channels.email.reply_addresses import reply_address  # noqa: E402
from communis.conversations.contributing import contribute  # noqa: E402
from communis.conversations.lines import address_of  # noqa: E402
from communis.conversations.models import Revision  # noqa: E402
from communis.journal.moments import now  # noqa: E402
from communis.people.models import Person  # noqa: E402
from tests.cast import letter  # noqa: E402
from tests.kills.inside import integrity  # noqa: E402
from tests.kills.made_mail import answer  # noqa: E402

# _IOR('X', 125, __u32) in the kernel's fs/ext4/ext4.h, and EXT4_GOING_FLAGS_NOLOGFLUSH.
SHUTDOWN, WITHOUT_FLUSHING = 0x8004587D, 2

_fork = multiprocessing.get_context("fork")


def write_until_the_cut(its: Any, cut: int, address: str, line: str, synchronous: str) -> None:
    """Take mails, decide them and write on the page; each is told to the other side when it is acknowledged."""
    receiving.MOST_IN_AN_HOUR = 10**9
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA synchronous={synchronous}")
    karin = Person.everything.get(name="Karin Sundvall")
    with contextlib.suppress(Exception):
        for number in range(cut * 100_000, (cut + 1) * 100_000):
            envelope = Envelope(address, "karin@avinge.example", "127.0.0.1", True, now())
            its.send(("kept", spool().keep(envelope, answer(number))))
            contribute(line, f"Skrivet {number}.", by=karin)
            its.send(("written", f"Skrivet {number}."))
            for waiting in list(spool().waiting()):
                receive(limit=1)
                if Arrived.objects.filter(file=waiting).exists():
                    its.send(("decided", waiting))


def cut(seed: str, cuts: str, folder: str, synchronous: str) -> dict[str, object]:
    chance = random.Random(int(seed))
    elin, karin = (Person.everything.get(name=name) for name in ("Elin Forsgren", "Karin Sundvall"))
    share = letter("Tänk om vi satt hos någon annan en förmiddag.", elin, karin)
    line = address_of(share)[1]
    address = reply_address(karin.id, share.line_id, mail="<first@avinge.example>")
    acknowledged: dict[str, set[str]] = {"kept": set(), "written": set(), "decided": set()}
    whole = True
    for number in range(int(cuts)):
        connections.close_all()
        mine, its = _fork.Pipe(duplex=False)
        process = _fork.Process(target=write_until_the_cut, args=(its, number, address, line, synchronous))
        process.start()
        its.close()
        # However long it takes to begin.
        mine.poll(30)
        time.sleep(chance.uniform(0, 0.5))
        # Only until now: a machine without power tells nobody anything, while here what runs goes on, and a flush
        # that the cut meets may still be answered as if it had been done.
        with contextlib.suppress(EOFError):
            while mine.poll():
                kind, what = mine.recv()
                acknowledged[kind].add(what)
        pull_the_plug(folder)
        process.join(0.2)
        process.kill()
        process.join()
        mine.close()
        plug_in(folder)
        whole &= integrity() == "ok"
    return {
        "acknowledged": {kind: len(all_of_a_kind) for kind, all_of_a_kind in acknowledged.items()},
        "lost": {
            "kept": len(acknowledged["kept"] - there()),
            "written": len(
                acknowledged["written"] - set(Revision.everything.values_list("source", flat=True))
            ),
            "decided": len(acknowledged["decided"] - set(Arrived.objects.values_list("file", flat=True))),
        },
        "whole": whole,
    }


def there() -> set[str]:
    """The mails that lie whole in the spool, wherever in it."""
    kept = spool()
    found = set()
    for folder in ("in", "held", "done"):
        for name in os.listdir(kept.folder / folder):
            with contextlib.suppress(Broken):
                spooling._unpacked((kept.folder / folder / name).read_bytes())
                found.add(name)
    return found


def pull_the_plug(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, SHUTDOWN, array.array("I", [WITHOUT_FLUSHING]))
    finally:
        os.close(descriptor)


def plug_in(folder: str) -> None:
    device = subprocess.run(
        ["findmnt", "--noheadings", "--output", "SOURCE", folder], capture_output=True, text=True, check=True
    ).stdout.strip()
    subprocess.run(["umount", folder], check=True)
    subprocess.run(["mount", device, folder], check=True)


if __name__ == "__main__":
    print(json.dumps(cut(*sys.argv[2:])))
