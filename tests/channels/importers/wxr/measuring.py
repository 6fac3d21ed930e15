"""Reads one export and prints what it cost, as JSON; run as a process of its own, so that nothing else is measured."""

import json
import sys
import time
from pathlib import Path

import django


def main(path: Path) -> None:
    django.setup()
    from communis.channels.importers.wxr.reading import inspect, read

    before = peak()
    started = time.perf_counter()
    counts = inspect(path).counts.as_dict()
    seconds = time.perf_counter() - started
    records = sum(1 for _ in read(path))
    print(
        json.dumps(
            {"counts": counts, "records": records, "seconds": seconds, "before": before, "peak": peak()}
        )
    )


def peak() -> int:
    """The most memory this process has held, in KiB. Not getrusage: that begins with what the parent held."""
    told = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
