"""Bringing in a blog with so many comments: ``python -m bench.importing 10000``; seconds, and MiB at the most."""

import json
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.made_export import write_export  # noqa: E402
from communis.channels.importers.wxr.importing import import_wxr  # noqa: E402
from communis.conversations.reconciling import differences  # noqa: E402
from communis.people.actions import welcome  # noqa: E402


def peak() -> float:
    """MiB this process has taken at the most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(comments: int) -> dict[str, float]:
    call_command("migrate", verbosity=0)
    steward = welcome("Leyla Demir", "leyla@avinge.example", by=None, steward=True)
    with TemporaryDirectory() as folder:
        export = Path(folder) / "export.xml"
        write_export(export, posts=comments // 50, comments=comments)
        began = time.monotonic()
        import_wxr(export, by=steward)
        took = time.monotonic() - began
    assert differences() == []
    return {"seconds": took, "peak": peak()}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
