"""A mailing list brought in by its command: ``python -m bench.archive 3000``; mails a second of the processor."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.made_mailbox import write_list  # noqa: E402
from communis.channels.importers.models import Imported  # noqa: E402
from communis.conversations.reconciling import differences  # noqa: E402
from communis.people.actions import welcome  # noqa: E402


def main(mails: int) -> dict[str, float]:
    """With all that the command takes: to start, to read, and to part what was written from what was quoted."""
    call_command("migrate", verbosity=0)
    steward = "leyla@avinge.example"
    welcome("Leyla Demir", steward, by=None, steward=True)
    with TemporaryDirectory() as folder:
        mailbox = write_list(Path(folder) / "list.mbox", mails)
        words = ["import", "--as", steward, "--public", "mbox", str(mailbox)]
        before = _used()
        subprocess.run(
            [sys.executable, "-m", "communis", *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        used = _used() - before
    brought = Imported.objects.exclude(contribution=None).values("contribution").distinct().count()
    assert brought == mails and differences() == [], (brought, differences()[:3])
    return {"mails": mails, "a second of the processor": mails / used}


def _used() -> float:
    """Seconds of the processor that the children of this process, and theirs, have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
